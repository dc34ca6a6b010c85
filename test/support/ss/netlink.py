"""
Netlink sockets with peers, groups and options, of a program with a long name. Prints by the name of each what was set of it, as one line of
JSON, and waits until its input ends.
"""

import json
import os
import socket
import sys

ROUTE, USERSOCK, GENERIC, SOL_NETLINK = 0, 2, 16, 270
ADD_MEMBERSHIP, PKTINFO, BROADCAST_ERROR, NO_ENOBUFS, LISTEN_ALL_NSID, CAP_ACK = 1, 3, 4, 5, 8, 10
kept, facts = [], {}


def keep(name, protocol, port, mask=0, peer=None, groups=(), options=()):
    """`peer`: port id and bits of groups, of which the kernel keeps the lowest."""
    one = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, protocol)
    one.bind((port, mask))
    for group in groups:
        one.setsockopt(SOL_NETLINK, ADD_MEMBERSHIP, group)
    for option in options:
        one.setsockopt(SOL_NETLINK, option, 1)
    if peer is not None:
        one.connect(peer)
    kept.append(one)
    joined = [bit + 1 for bit in range(32) if mask & 1 << bit] + list(groups)
    facts[name] = {
        "inode": os.fstat(one.fileno()).st_ino,
        "portId": one.getsockname()[0],
        "peer": None if peer is None else one.getpeername(),
        "joined": joined,
    }


with open("/proc/self/comm", "w") as file:
    file.write("fifteen letters")
keep("own number", ROUTE, os.getpid())
keep("grouped", ROUTE, 4000000002, 0x80000005, groups=(33, 34))
keep("beyond 32", ROUTE, 4000000003, groups=(33,))
keep("of the kernel", ROUTE, 4000000004, peer=(0, 0))
keep("sends to a group", ROUTE, 4000000005, peer=(0, 4))
keep("one of two", USERSOCK, 4000000006, peer=(4000000007, 0))
keep("two of two", USERSOCK, 4000000007, 1, peer=(4000000006, 0x80000000))
keep("of nobody", GENERIC, 4000000008, peer=(77, 0))
for at, option in enumerate((PKTINFO, BROADCAST_ERROR, NO_ENOBUFS, LISTEN_ALL_NSID, CAP_ACK)):
    keep("option %d" % option, ROUTE, 4000000010 + at, options=(option,))
print(json.dumps({"pid": os.getpid(), "sockets": facts}), flush=True)
sys.stdin.read()
