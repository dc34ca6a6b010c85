"""
Holds sockets and memberships that only a living process has, and makes some traffic. Prints its number, then waits until its
input ends. Run by tables-scene.ts.
"""

import os
import socket
import struct
import sys

HERE, HERE6 = "192.0.2.1", "2001:db8::1"
kept = []


def keep(*arguments):
    sock = socket.socket(*arguments)
    kept.append(sock)
    return sock


def groups():
    index = struct.pack("I", socket.if_nametoindex("v0"))
    for group in ("239.1.2.3", "239.1.2.4"):
        keep(socket.AF_INET, socket.SOCK_DGRAM).setsockopt(
            0, socket.IP_ADD_MEMBERSHIP, socket.inet_aton(group) + socket.inet_aton(HERE)
        )
    for _ in range(2):
        keep(socket.AF_INET6, socket.SOCK_DGRAM).setsockopt(
            41, socket.IPV6_JOIN_GROUP, socket.inet_pton(socket.AF_INET6, "ff05::1234:5678") + index
        )
    # IP_ADD_SOURCE_MEMBERSHIP: a source in mcfilter.
    request = socket.inet_aton("232.1.1.1") + socket.inet_aton(HERE) + socket.inet_aton("198.51.100.7")
    keep(socket.AF_INET, socket.SOCK_DGRAM).setsockopt(0, 39, request)


def traffic():
    server = keep(socket.AF_INET, socket.SOCK_STREAM)
    server.bind((HERE, 0))
    server.listen()
    client = keep(socket.AF_INET, socket.SOCK_STREAM)
    client.connect(server.getsockname())
    kept.append(server.accept()[0])
    client.send(b"x" * 3000)
    for family, host in ((socket.AF_INET, HERE), (socket.AF_INET6, HERE6)):
        datagrams = keep(family, socket.SOCK_DGRAM)
        datagrams.bind((host, 0))
        for _ in range(3):
            keep(family, socket.SOCK_DGRAM).sendto(b"x", datagrams.getsockname()[:2])


def others():
    keep(socket.AF_INET, socket.SOCK_RAW, 89)
    keep(socket.AF_INET6, socket.SOCK_RAW, 89)
    for protocol, mask in ((0, 1), (0, 0x40000001), (16, 0)):
        keep(socket.AF_NETLINK, socket.SOCK_RAW, protocol).bind((0, mask))
    keep(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
    bound = keep(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(0x0800))
    bound.bind(("v0", 0x0800))


groups()
traffic()
others()
print(os.getpid(), flush=True)
sys.stdin.read()
