"""
Sockets as a machine has them every day, with names that a terminal shows: services, long addresses, connections by the hundred, unix paths that do
not fit into their column.

Usage: everyday.py DIRECTORY, an empty one for unix sockets. Prints a line when everything stands, then waits until its input ends. Run by
drop-in.test.ts.
"""

import ctypes
import socket
import sys
import time

directory = sys.argv[1]
LONG6 = "2001:db8:1111:2222:3333:4444:5555:6666"
kept = []


def keep(sock):
    kept.append(sock)
    return sock


def named(name):
    ctypes.CDLL(None).prctl(15, name, 0, 0, 0)  # PR_SET_NAME


def listener(family, address, port, backlog, v6only=None, device=None):
    sock = keep(socket.socket(family, socket.SOCK_STREAM))
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if v6only is not None:
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, v6only)
    if device is not None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, device)
    sock.bind((address, port))
    sock.listen(backlog)
    return sock


def connected(server):
    client = keep(socket.socket(server.family, socket.SOCK_STREAM))
    client.connect(server.getsockname()[:2])
    return client, keep(server.accept()[0])


named(b"fifteen-letters")
ssh = listener(socket.AF_INET, "0.0.0.0", 22, 128)
listener(socket.AF_INET6, "::", 22, 128, v6only=1)
https = listener(socket.AF_INET6, "::", 443, 511, v6only=0)
listener(socket.AF_INET, "127.0.0.53", 53, 4096, device=b"lo\0")
web = listener(socket.AF_INET, "127.0.0.1", 80, 5)
long6 = listener(socket.AF_INET6, LONG6, 8443, 4096)

for server in (ssh, https, web, long6):
    for number in range(60):
        client, accepted = connected(server)
        if number % 3 == 0:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 7200)
        if number % 4 == 0:
            client.send(b"x" * (number + 1))
        if number % 7 == 0:
            accepted.send(b"answer")
# Nobody accepts these, of which one has sent something.
for _ in range(3):
    waiting = keep(socket.socket())
    waiting.connect(web.getsockname())
waiting.send(b"hello")
# Closed by one end, in both orders; a mapped address.
client, accepted = connected(ssh)
client.close()
client, accepted = connected(ssh)
client.shutdown(socket.SHUT_WR)
mapped = keep(socket.socket(socket.AF_INET6))
mapped.connect(("::ffff:127.0.0.1", 443))
keep(https.accept()[0])

for family, address, port in (
    (socket.AF_INET, "0.0.0.0", 68),
    (socket.AF_INET, "127.0.0.53", 53),
    (socket.AF_INET6, "::", 546),
    (socket.AF_INET6, LONG6, 123),
    (socket.AF_INET, "127.0.0.1", 323),
):
    sock = keep(socket.socket(family, socket.SOCK_DGRAM))
    if port == 53:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"lo\0")
    sock.bind((address, port))
query = keep(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
query.connect(("127.0.0.1", 323))
query.send(b"unread")
keep(socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP))
keep(socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6))

for name in (directory + "/" + "p" * 60 + ".sock", "\0/org/example/" + "abstract" * 9, directory + "/s"):
    server = keep(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
    server.bind(name)
    server.listen(16)
    for number in range(5):
        client = keep(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
        client.connect(name)
        if number < 4:
            keep(server.accept()[0]).send(b"y" * number)
for kind in (socket.SOCK_DGRAM, socket.SOCK_SEQPACKET, socket.SOCK_STREAM):
    kept.extend(socket.socketpair(socket.AF_UNIX, kind))
log = keep(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
log.bind(directory + "/log")
keep(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)).connect(directory + "/log")
keep(socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3)))

# These wait for an answer that does not come; their times go by in thousandths of a second.
for _ in range(6):
    asking = keep(socket.socket())
    asking.setblocking(False)
    asking.connect_ex(("192.0.2.77", 81))
    time.sleep(0.003)

print("ready", flush=True)
sys.stdin.read()
