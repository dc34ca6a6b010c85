"""
Sockets of which the kernel tells more by netlink than procfs does: marks, interfaces, congestion control, control groups, MPTCP, unix
pairs and listeners, netlink and packet sockets. In a network namespace of its own.

Usage: scene.py DIRECTORY, an empty one for unix sockets. Prints its process id, waits for a line, by which it may have been put into another
control group, makes the sockets that are to be in it, prints inodes by name as one line of JSON, and waits until its input ends.
"""

import json
import os
import socket
import struct
import sys

SO_MARK, SO_PRIORITY, TCP_CONGESTION, TCP_ULP = 36, 12, 13, 31
IPPROTO_MPTCP = 262
SOL_TLS, TLS_TX, TLS_RX, TLS_RX_EXPECT_NO_PAD, TLS_1_2, TLS_1_3 = 282, 1, 2, 4, 0x0303, 0x0304
NETLINK_ADD_MEMBERSHIP, SOL_NETLINK = 1, 270

kept, inodes, missed = [], {}, {}


def keep(name, sock):
    kept.append(sock)
    inodes[name] = os.fstat(sock.fileno()).st_ino
    return sock


def pair(name, family=socket.AF_INET, address="127.0.0.1", protocol=0, before=None):
    """A listener and both ends of a connection; `before` sets options of the end that connects."""
    listener = keep(name + "-listen", socket.socket(family, socket.SOCK_STREAM, protocol))
    listener.bind((address, 0))
    listener.listen(7)
    client = keep(name, socket.socket(family, socket.SOCK_STREAM, protocol))
    if before is not None:
        before(client)
    client.connect(listener.getsockname()[:2])
    accepted = keep(name + "-accepted", listener.accept()[0])
    client.send(b"some bytes to and fro")
    accepted.recv(9)
    accepted.send(b"back")
    client.recv(4)
    return client, accepted


def tcp():
    for name in ("reno", "cubic", "bbr"):
        try:
            pair(name, before=lambda one: one.setsockopt(6, TCP_CONGESTION, name.encode()))
        except OSError as error:
            missed[name] = str(error)

    def marked(one):
        one.setsockopt(socket.SOL_SOCKET, SO_MARK, struct.pack("I", 0xDEADBEEF))
        one.setsockopt(socket.SOL_SOCKET, SO_PRIORITY, 5)
        one.setsockopt(socket.IPPROTO_IP, socket.IP_TOS, 0x10)

    pair("marked", before=marked)
    pair("bound", before=lambda one: one.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"lo"))
    six, _ = pair("six", socket.AF_INET6, "::1")
    six.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_TCLASS, 0x20)
    for only in (0, 1):
        one = keep("v6only-%d" % only, socket.socket(socket.AF_INET6, socket.SOCK_STREAM))
        one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, only)
        one.bind(("::", 0))
        one.listen(3 + only)
    mapped = keep("mapped-listen", socket.socket(socket.AF_INET6, socket.SOCK_STREAM))
    mapped.bind(("::", 0))
    mapped.listen(1)
    keep("mapped", socket.create_connection(("127.0.0.1", mapped.getsockname()[1])))
    keep("mapped-accepted", mapped.accept()[0])
    options = keep("options", socket.socket(socket.AF_INET, socket.SOCK_STREAM))
    for level, option in ((0, 11), (0, 15), (0, 24)):  # IP_RECVERR, IP_FREEBIND, IP_BIND_ADDRESS_NO_PORT
        options.setsockopt(level, option, 1)
    options.bind(("127.0.0.1", 0))
    options.listen(2)
    half, _ = pair("shut")
    half.shutdown(socket.SHUT_WR)
    try:
        pair("mptcp", protocol=IPPROTO_MPTCP)
    except OSError as error:
        missed["mptcp"] = str(error)
    try:
        tls()
    except OSError as error:
        missed["tls"] = str(error)


def tls():
    """TLS in the kernel: without keys, with those of one direction and of both."""
    pair("tls")[0].setsockopt(6, TCP_ULP, b"tls")
    gcm_128, gcm_256, chacha = (51, 8 + 16 + 4 + 8), (52, 8 + 32 + 4 + 8), (54, 12 + 32 + 8)
    for name, version, (cipher, length), directions in (
        ("tls-both", TLS_1_2, gcm_128, (TLS_TX, TLS_RX)),
        ("tls-sends", TLS_1_3, gcm_256, (TLS_TX,)),
        ("tls-receives", TLS_1_3, chacha, (TLS_RX,)),
    ):
        one, _ = pair(name)
        one.setsockopt(6, TCP_ULP, b"tls")
        # struct tls_crypto_info, behind it vector, key, salt and number of the record.
        for direction in directions:
            one.setsockopt(SOL_TLS, direction, struct.pack("HH", version, cipher) + bytes(length))
        if name == "tls-receives":
            try:
                one.setsockopt(SOL_TLS, TLS_RX_EXPECT_NO_PAD, struct.pack("I", 1))
            except OSError as error:  # before Linux 6.0
                missed["tls-no-pad"] = str(error)


def datagrams():
    one = keep("udp", socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2304)
    one.bind(("127.0.0.1", 0))
    sender = keep("udp-connected", socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
    sender.connect(one.getsockname())
    for _ in range(50):  # more than there is room for
        sender.send(b"x" * 500)
    keep("udp6", socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)).bind(("::1", 0))
    try:
        keep("udplite", socket.socket(socket.AF_INET, socket.SOCK_DGRAM, 136)).bind(("127.0.0.1", 0))
    except OSError as error:
        missed["udplite"] = str(error)


def unix(directory):
    left, right = socket.socketpair()
    keep("pair", left)
    keep("pair-peer", right)
    left.send(b"eleven byte")
    listener = keep("unix-listen", socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
    listener.bind(directory + "/listen")
    listener.listen(5)
    for number in range(2):
        keep("unix-waiting-%d" % number, socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)).connect(directory + "/listen")
    taken = keep("unix-client", socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET))
    packets = keep("unix-packets", socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET))
    packets.bind(b"\0abstract\0with\0NULs")
    packets.listen(1)
    taken.connect(b"\0abstract\0with\0NULs")
    keep("unix-accepted", packets.accept()[0])
    odd = keep("unix-odd", socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
    odd.bind(directory.encode() + b"/no \xff utf-8\nnew line")
    keep("unix-at", socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)).bind(directory + "/@x")
    keep("unix-auto", socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)).bind("")
    keep("unix-bare", socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
    os.seteuid(65534)
    keep("unix-nobody", socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
    os.seteuid(0)


def others():
    route = keep("netlink-route", socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0))
    route.bind((0, 0x5))
    generic = keep("netlink-generic", socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 16))
    generic.bind((4000000000, 0))
    route.setsockopt(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, 33)
    try:
        keep("packet-all", socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3)))
        keep("packet-bound", socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, 0)).bind(("lo", 0x0800))
        keep("packet-idle", socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0))
    except OSError as error:
        missed["packet"] = str(error)


def main():
    (directory,) = sys.argv[1:]
    tcp()
    datagrams()
    unix(directory)
    others()
    print(os.getpid(), flush=True)
    sys.stdin.readline()
    pair("grouped")
    print(json.dumps({"pid": os.getpid(), "inodes": inodes, "missed": missed}), flush=True)
    sys.stdin.read()


main()
