"""Sockets whose ports, protocols and users have names, and name servers that know some addresses."""

import os
import socket
import struct
import sys
import threading

NAMES = {
    "9.2.0.192.in-addr.arpa": "nine.example",
    "10.2.0.192.in-addr.arpa": "esc\x1b[31m.example",
    "1.2.0.192.in-addr.arpa": "own.name.that.is.much.longer.than.the.column.of.it.example",
    "9.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa": "six.example",
}


def labels(name):
    return b"".join(bytes([len(part)]) + part.encode("latin1") for part in name.split(".")) + b"\0"


def question(packet):
    at, parts = 12, []
    while packet[at]:
        parts.append(packet[at + 1 : at + 1 + packet[at]].decode("latin1"))
        at += packet[at] + 1
    return ".".join(parts).lower(), packet[12 : at + 5]


def serve(server):
    while True:
        packet, peer = server.recvfrom(512)
        name, asked = question(packet)
        known = NAMES.get(name)
        flags = 0x8180 if known else 0x8183
        answer = packet[:2] + struct.pack(">HHHHH", flags, 1, 1 if known else 0, 0, 0) + asked
        if known:
            data = labels(known)
            answer += b"\xc0\x0c" + struct.pack(">HHIH", 12, 1, 60, len(data)) + data
        server.sendto(answer, peer)


keep = []


def bound(kind, port, protocol=0, family=socket.AF_INET, address="192.0.2.1"):
    sock = socket.socket(family, kind, protocol)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((address, port))
    keep.append(sock)
    return sock


if sys.argv[1] == "serve":
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 53))
    threading.Thread(target=serve, args=(server,), daemon=True).start()
else:
    for port in (22, 80, 81, 1234, 4321, 60000):
        bound(socket.SOCK_STREAM, port).listen()
        bound(socket.SOCK_DGRAM, port)
        bound(socket.SOCK_DGRAM, port, family=socket.AF_INET6, address="2001:db8::1")
        try:
            bound(socket.SOCK_DGRAM, port, 136)
        except OSError:
            pass  # no UDP-Lite in this kernel
    for protocol in (1, 17, 89, 200, 255):
        bound(socket.SOCK_RAW, 0, protocol)
    for peer in ("192.0.2.2", "192.0.2.3", "192.0.2.9", "192.0.2.11"):
        sock = bound(socket.SOCK_DGRAM, 0)
        sock.connect((peer, 80))
    mapped = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    mapped.connect(("::ffff:192.0.2.9", 80))
    keep.append(mapped)
    six = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    six.connect(("2001:db8::2", 81))
    keep.append(six)
    for port, user in enumerate((1000, 1001, 1002, 4000000000), 7000):
        os.seteuid(user)
        bound(socket.SOCK_STREAM, port).listen()
        os.seteuid(0)

print("ready", flush=True)
sys.stdin.read()
