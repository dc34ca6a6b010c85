"""
Sockets of every kind, in every state that one process can bring about in a network namespace of its own.

Usage: scene.py DIRECTORY, an empty one for unix sockets. Prints what it made as one line of JSON, then waits until its
input ends. Run by scene.ts, which lays the network out.
"""

import errno
import json
import os
import socket
import struct
import sys
import time

HERE, HERE6 = "192.0.2.1", "2001:db8::1"
SILENT, SILENT6 = "192.0.2.77", "2001:db8::77"  # neighbours whose packets nobody takes

kept = []  # sockets stay open as long as something refers to them
inodes, names, ports, missed = {}, {}, {}, {}


def keep(name, sock):
    kept.append(sock)
    inodes[name] = os.fstat(sock.fileno()).st_ino
    return sock


def listener(name, family, address, backlog=5, receive=None):
    sock = keep(name, socket.socket(family, socket.SOCK_STREAM))
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if receive is not None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
    if family == socket.AF_INET6:
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0 if address == "::" else 1)
    sock.bind((address, 0))
    sock.listen(backlog)
    ports[name] = sock.getsockname()[1]
    return sock


def pair(name, server, family, address):
    """A connection: its two ends, the connecting one first."""
    client = keep(name, socket.socket(family, socket.SOCK_STREAM))
    client.connect((address, server.getsockname()[1]))
    accepted, _ = server.accept()
    return client, keep(name + "-accepted", accepted)


def fill(sock):
    """Writes until the kernel takes no more: the peer's window is shut, and bytes wait on both sides."""
    sock.setblocking(False)
    quiet = 0
    while quiet < 5:
        try:
            sock.send(b"x" * 4096)
            quiet = 0
        except BlockingIOError:
            quiet += 1
            time.sleep(0.02)


def state_of(sock):
    return sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0]


def await_state(name, sock, code):
    for _ in range(250):
        if state_of(sock) == code:
            return
        time.sleep(0.02)
    missed[name] = "still in state %d" % state_of(sock)


def tcp_states(prefix, family, address, silent):
    """Every state of TCP but SYN_RECV. A peer that does not read holds back a FIN behind the bytes before it."""
    server = listener(prefix + "listen", family, address)
    narrow = listener(prefix + "narrow", family, address, receive=2048)
    waiting = listener(prefix + "waiting", family, address)

    client, accepted = pair(prefix + "established", server, family, address)
    client.send(b"ten bytes.")

    full, _ = pair(prefix + "full", narrow, family, address)
    fill(full)

    for number in (1, 2):  # connections that nobody accepts
        knocking = keep("%sunaccepted%d" % (prefix, number), socket.socket(family, socket.SOCK_STREAM))
        knocking.connect((address, waiting.getsockname()[1]))

    calling = keep(prefix + "syn-sent", socket.socket(family, socket.SOCK_STREAM))
    calling.setblocking(False)
    assert calling.connect_ex((silent, 81)) == errno.EINPROGRESS

    closer, _ = pair(prefix + "fin-wait-1", narrow, family, address)
    fill(closer)
    closer.shutdown(socket.SHUT_WR)
    await_state("FIN_WAIT1", closer, 4)

    orphan, _ = pair(prefix + "orphan", narrow, family, address)
    fill(orphan)
    orphan.close()
    del inodes[prefix + "orphan"]

    half, other = pair(prefix + "fin-wait-2", server, family, address)
    half.shutdown(socket.SHUT_WR)
    await_state("FIN_WAIT2", half, 5)
    await_state("CLOSE_WAIT", other, 8)

    mini, _ = pair(prefix + "fin-wait-2-mini", server, family, address)
    mini.close()
    del inodes[prefix + "fin-wait-2-mini"]

    first, second = pair(prefix + "time-wait", server, family, address)
    first.close()
    await_state("CLOSE_WAIT", second, 8)
    second.close()
    del inodes[prefix + "time-wait"], inodes[prefix + "time-wait-accepted"]

    last, early = pair(prefix + "last-ack", narrow, family, address)
    fill(last)
    early.shutdown(socket.SHUT_WR)
    await_state("CLOSE_WAIT", last, 8)
    last.shutdown(socket.SHUT_WR)
    await_state("LAST_ACK", last, 9)

    both, peer = pair(prefix + "closing", narrow, family, address)
    fill(both)
    both.shutdown(socket.SHUT_WR)
    peer.shutdown(socket.SHUT_WR)
    await_state("CLOSING", both, 11)

    bound = keep(prefix + "bound", socket.socket(family, socket.SOCK_STREAM))
    bound.bind((address, 0))


def mapped():
    """Both families through one socket of IPv6."""
    dual = listener("dual", socket.AF_INET6, "::")
    pair("mapped", dual, socket.AF_INET, "127.0.0.1")
    pair("dual6", dual, socket.AF_INET6, "::1")


def half_open(name, port):
    """A request for a connection from a neighbour that never hears the answer."""
    header = struct.pack("!HHLLBBHHH", 4242, port, 1, 0, 5 << 4, 2, 1024, 0, 0)
    pseudo = socket.inet_aton(SILENT) + socket.inet_aton(HERE) + struct.pack("!BBH", 0, 6, len(header))
    total = sum(struct.unpack("!%dH" % (len(pseudo + header) // 2), pseudo + header))
    total = (total & 0xFFFF) + (total >> 16)
    check = ~((total & 0xFFFF) + (total >> 16)) & 0xFFFF
    segment = header[:16] + struct.pack("!H", check) + header[18:]
    ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 40, 1, 0, 64, 6, 0, socket.inet_aton(SILENT), socket.inet_aton(HERE))
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW) as raw:
        raw.sendto(ip + segment, (HERE, 0))
    for _ in range(250):
        with open("/proc/net/tcp") as table:
            if any(row.split()[3] == "03" for row in table):
                return
        time.sleep(0.02)
    missed[name] = "the listener made no request of the segment"


def udp():
    for prefix, family, address, silent in (("", socket.AF_INET, "127.0.0.1", SILENT), ("6-", socket.AF_INET6, "::1", SILENT6)):
        free = keep(prefix + "udp", socket.socket(family, socket.SOCK_DGRAM))
        free.bind((address, 0))
        os.fchown(free.fileno(), 4294967293, 0)  # the largest uids fit in no signed number
        connected = keep(prefix + "udp-connected", socket.socket(family, socket.SOCK_DGRAM))
        connected.connect((silent, 9))
        small = keep(prefix + "udp-drops", socket.socket(family, socket.SOCK_DGRAM))
        small.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        small.bind((address, 0))
        ports[prefix + "udp-drops"] = small.getsockname()[1]
        sender = keep(prefix + "udp-sender", socket.socket(family, socket.SOCK_DGRAM))
        for _ in range(20):
            sender.sendto(b"x" * 500, small.getsockname())
    keep("6-udp-mapped", socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)).connect(("::ffff:127.0.0.1", 9))


def raw():
    keep("raw", socket.socket(socket.AF_INET, socket.SOCK_RAW, 89))
    keep("raw-connected", socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)).connect(("127.0.0.1", 0))
    keep("6-raw", socket.socket(socket.AF_INET6, socket.SOCK_RAW, 58))


def unix(directory):
    row = "0000000000000000: 00000002 00000000 00010000 0001 01 %d @forged"
    victim = keep("victim", socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
    victim.bind(directory + "/victim")
    victim.listen()
    named = {
        "blanks": directory + "/a b  c ",
        "utf8": directory + "/f\u00fc\u00df-\u65e5\u672c-\U0001f600",
        "newline": directory + "/first\nsecond",
        "forged": directory + "/f\n" + row % inodes["victim"],
        "abstract": "\0abstract\0with nul",
        "padded": "\0padded".ljust(108, "\0"),
        "escape": directory + "/\x1b[2J",
        "binary": os.fsencode(directory) + b"/\xff\xfe",
    }
    for name, path in named.items():
        sock = keep(name, socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
        sock.bind(path)
        sock.listen()
        names[name] = os.fsencode(path).decode("latin1")
    for name, kind in (("stream", socket.SOCK_STREAM), ("seqpacket", socket.SOCK_SEQPACKET)):
        server = keep(name, socket.socket(socket.AF_UNIX, kind))
        server.bind("%s/%s" % (directory, name))
        server.listen()
        names[name] = "%s/%s" % (directory, name)
        keep(name + "-client", socket.socket(socket.AF_UNIX, kind)).connect(names[name])
        keep(name + "-accepted", server.accept()[0])
        keep(name + "-unaccepted", socket.socket(socket.AF_UNIX, kind)).connect(names[name])
    datagrams = keep("datagrams", socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
    datagrams.bind(directory + "/datagrams")
    keep("datagrams-connected", socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)).connect(directory + "/datagrams")
    keep("datagrams-free", socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
    keep("automatic", socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)).bind("")


def neighbours():
    """One that answers, and one that does not."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.sendto(b"x", ("192.0.2.2", 9))
        sock.sendto(b"x", ("192.0.2.99", 9))
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as sock:
        sock.sendto(b"x", ("2001:db8::2", 9))


def main():
    with open("/proc/self/comm", "w") as comm:
        comm.write("b\x1b[2J\nad) S 1")
    neighbours()
    tcp_states("", socket.AF_INET, "127.0.0.1", SILENT)
    tcp_states("6-", socket.AF_INET6, "::1", SILENT6)
    mapped()
    half_open("SYN_RECV", listener("half-open", socket.AF_INET, HERE).getsockname()[1])
    udp()
    raw()
    unix(sys.argv[1])
    facts = {"pid": os.getpid(), "inodes": inodes, "names": names, "ports": ports, "missed": missed}
    print(json.dumps(facts), flush=True)
    sys.stdin.read()


main()
