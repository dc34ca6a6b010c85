"""
Sockets in every relation to a port; names and numbers, one pair a line. `shared`: two listeners, of which a child has one too, a connection
that is open, one that is over, and one that nobody accepted. `both` and `alone`: listeners of IPv6, for both families and for one. `udp`: a
socket without a peer and one with.
"""

import os
import select
import socket
import sys
import time


def listener(port=0, only=None):
    s = socket.socket(socket.AF_INET if only is None else socket.AF_INET6)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    if only is not None:
        s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, only)
    s.bind(("127.0.0.1" if only is None else "::", port))
    s.listen(9)
    return s


def connection():
    client = socket.create_connection(("127.0.0.1", port))
    ready, _, _ = select.select([one, two], [], [])
    return client, ready[0].accept()[0]


def datagrams(address):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(address)
    return s


one = listener()
port = one.getsockname()[1]
child = os.fork()
if child == 0:
    time.sleep(600)
zombie = os.fork()
if zombie == 0:
    os._exit(0)
os.waitid(os.P_PID, zombie, os.WEXITED | os.WNOWAIT)
two = listener(port)
both = listener(0, 0)
alone = listener(0, 1)
kept = connection()
over, end = connection()
end.close()
over.recv(1)
over.close()
waiting = socket.create_connection(("127.0.0.1", port))
udp = datagrams(("127.0.0.1", 0))
peer = datagrams(udp.getsockname())
peer.connect(("127.0.0.1", 9))
print("child", child)
print("zombie", zombie)
for name, s in [("shared", one), ("both", both), ("alone", alone), ("udp", udp)]:
    print(name, s.getsockname()[1])
print("up", os.getpid(), flush=True)
sys.stdin.read()
os.kill(child, 9)
