"""
Sockets of which procfs does not tell what ss shows: connections of MPTCP, and such as are bound to an interface, have a mark, or a port that they chose.

Prints a line when everything stands, then waits until its input ends. Run by scene.ts.
"""

import socket
import sys

MPTCP = 262
kept = []


def keep(sock):
    kept.append(sock)
    return sock


for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
    try:
        server = keep(socket.socket(family, socket.SOCK_STREAM, MPTCP))
    except OSError:
        break  # a kernel without it
    server.bind((address, 0))
    server.listen(3)
    client = keep(socket.socket(family, socket.SOCK_STREAM, MPTCP))
    client.connect(server.getsockname())
    accepted = keep(server.accept()[0])
    client.send(b"hello")
    accepted.recv(3)

for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
    for family, address in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        bound = keep(socket.socket(family, kind))
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"v0\0")
        bound.bind((address, 0))
        if kind == socket.SOCK_STREAM:
            bound.listen(2)
# A mark, which what is accepted has too, and ports that somebody chose.
marked = keep(socket.socket())
marked.setsockopt(socket.SOL_SOCKET, 36, 0xBEEF)  # SO_MARK
marked.bind(("127.0.0.1", 5007))
marked.listen(2)
keep(socket.create_connection(("127.0.0.1", 5007)))
keep(marked.accept()[0])
chosen = keep(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
chosen.bind(("127.0.0.1", 40007))
for name in ("", b"\0named"):
    keep(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)).bind(name)
keep(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
print("ready", flush=True)
sys.stdin.read()
