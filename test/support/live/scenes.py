"""Scenes of a network in trouble, and of their harmless twins. Each act ends with a line; a line of input begins the next one.

All traffic stays on the loopback device of the namespace this runs in. 10.9.0.0/16 leads to it and is nobody's: what is sent to there
comes back in and is dropped, so nobody answers.
"""

import resource
import select
import socket
import struct
import subprocess
import sys
import threading


def ip(command):
    subprocess.run(["ip", *command.split()], check=True)


def listener(port, backlog, address="127.0.0.1"):
    s = socket.socket()
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((address, port))
    s.listen(backlog)
    return s


def connecting(port, address="127.0.0.1"):
    c = socket.socket()
    c.setblocking(False)
    c.connect_ex((address, port))
    return c


def joined(s, port, address="127.0.0.1"):
    c = socket.create_connection((address, port), source_address=("127.0.0.1", 0))
    return c, s.accept()[0]


def fill(c):
    """Writes until no more is taken."""
    c.setblocking(False)
    try:
        while True:
            c.send(b"x" * 65536)
    except BlockingIOError:
        pass


def checksum(data):
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total >> 16) + (total & 0xFFFF)
    return ~total & 0xFFFF


def packet(source, sport, target, dport, flags, seq=1, ack=0):
    tcp = struct.pack("!HHIIBBHHH", sport, dport, seq, ack, 80, flags, 1024, 0, 0)
    ends = socket.inet_aton(source) + socket.inet_aton(target)
    tcp = tcp[:16] + struct.pack("!H", checksum(ends + struct.pack("!BBH", 0, 6, len(tcp)) + tcp)) + tcp[18:]
    return struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(tcp), 0, 0, 64, 6, 0) + ends + tcp


SYN, ACK = 2, 16


def strangers(port, count, flags, first=0):
    raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
    for i in range(first, first + count):
        data = packet("10.9.%d.%d" % (i // 250, i % 250 + 1), 1024 + i, "127.0.0.1", port, flags, 7, 99)
        raw.sendto(data, ("127.0.0.1", 0))


def unaccepted(backlog, clients):
    """A listener that accepts nobody, then clients."""
    s = listener(8081, backlog)
    yield s
    held = [connecting(8081) for _ in range(clients)]
    yield held
    for c in held:
        c.close()
    yield s


def accepted(clients):
    s = listener(8081, clients)
    yield s
    yield [joined(s, 8081) for _ in range(clients)]


def half_open(backlog, count):
    """Strangers that begin a handshake and never finish it; then packets that belong to no handshake."""
    ip("route add 10.9.0.0/16 dev lo")
    s = listener(8081, backlog)
    yield s
    strangers(8081, count, SYN)
    yield s
    strangers(8081, count, ACK, 5000)
    yield s


def unix(backlog, clients, accepts):
    s = socket.socket(socket.AF_UNIX)
    s.bind("\0procnet-queue")
    s.listen(backlog)
    yield s
    held = []
    for _ in range(clients):
        c = socket.socket(socket.AF_UNIX)
        c.setblocking(False)
        held.append((c, c.connect_ex("\0procnet-queue"), s.accept() if accepts else None))
    yield held


def descriptors(limit, count):
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    s = listener(8081, 5)
    held = [s]
    while held[-1].fileno() < count - 1:
        held.append(socket.socket())
    yield held


def transfer(megabytes):
    s = listener(8082, 5)
    c, d = joined(s, 8082)
    yield s
    data = b"x" * (1 << 20)
    for _ in range(megabytes):
        sent, got = 0, 0
        c.setblocking(False)
        d.setblocking(False)
        while got < len(data):
            try:
                sent += c.send(data[sent:]) if sent < len(data) else 0
            except BlockingIOError:
                pass
            try:
                got += len(d.recv(1 << 16))
            except BlockingIOError:
                pass
    yield s


def unanswered(count, milliseconds):
    """Connects to where nobody is; with milliseconds it gives up after them."""
    ip("route add 10.9.0.0/16 dev lo")
    yield None
    held = []
    for _ in range(count):
        c = socket.socket()
        if milliseconds:
            c.setsockopt(socket.IPPROTO_TCP, 18, milliseconds)  # TCP_USER_TIMEOUT
        c.setblocking(False)
        c.connect_ex(("10.9.9.9", 80))
        held.append(c)
    yield held


def refused(count):
    yield None
    while True:
        for _ in range(count):
            c = socket.socket()
            c.connect_ex(("127.0.0.1", 9))
            c.close()
        yield None


def ports(destinations, count):
    held = []
    yield None
    for d in range(destinations):
        s = listener(8084 + d, 512)
        held += [s, *(connecting(8084 + d) for _ in range(count))]
    yield held


def far_reader():
    """Accepts and reads all that comes."""
    s = listener(8091, 64, "10.7.0.2")
    s.setblocking(False)
    held = select.epoll()
    held.register(s, select.EPOLLIN)
    threading.Thread(target=read_all, args=(s, held), daemon=True).start()
    yield held


def read_all(s, ready):
    kept = {}
    while True:
        for fd, _ in ready.poll():
            if fd != s.fileno():
                kept[fd].recv(1 << 16)
                continue
            c = s.accept()[0]
            kept[c.fileno()] = c
            ready.register(c, select.EPOLLIN)


def far_writer(count):
    """Writes a little at first, so that the time of a round trip is known, then once more."""
    held = [socket.create_connection(("10.7.0.2", 8091)) for _ in range(count)]
    yield held
    for c in held:
        c.send(b"x" * 1000)
    yield held


def short_connections(count):
    s = listener(8085, count)
    yield s
    for _ in range(count):
        c, d = joined(s, 8085)
        c.close()
        d.recv(1)
        d.close()
    yield s


def left_open(count):
    """Peers close; the program reads the end of the first half, of the rest not, and closes none. Each later act adds as many."""
    s = listener(8086, count)
    held = []
    while True:
        for i in range(count):
            c, d = joined(s, 8086)
            c.close()
            if i < count // 2:
                d.recv(1)
            held.append(d)
        yield held


def not_reading(count):
    s = listener(8087, count)
    pairs = [joined(s, 8087) for _ in range(count)]
    for c, _ in pairs:
        fill(c)
    yield pairs
    for _, d in pairs:
        d.setblocking(False)
    while True:
        for _, d in pairs:
            try:
                while d.recv(1 << 20):
                    pass
            except BlockingIOError:
                pass
        yield pairs


def unread(count):
    """A few bytes wait; in each later act all are read and others come."""
    s = listener(8088, count)
    pairs = [joined(s, 8088) for _ in range(count)]
    size = 1000
    while True:
        for c, d in pairs:
            c.send(b"x" * size)
        yield pairs
        for c, d in pairs:
            d.recv(1 << 16)
        size -= 100


def cut_off(count):
    """Connections to an address that is taken away, then data to there."""
    ip("address add 10.8.0.1/32 dev lo")
    s = listener(8089, count, "10.8.0.1")
    pairs = [joined(s, 8089, "10.8.0.1") for _ in range(count)]
    yield pairs
    ip("route add 10.8.0.0/24 dev lo")
    ip("address delete 10.8.0.1/32 dev lo")
    for c, _ in pairs:
        c.send(b"hello")
    yield pairs


def orphans(count):
    s = listener(8090, count)
    pairs = [joined(s, 8090) for _ in range(count)]
    yield pairs
    for c, _ in pairs:
        fill(c)
        c.close()
    yield pairs


for held in globals()[sys.argv[1]](*map(int, sys.argv[2:])):
    print("done", flush=True)
    if not sys.stdin.readline():
        break
sys.stdin.read()
