"""A server for both families with clients of each, and a name server on 127.0.0.1 when asked for one."""

import socket
import struct
import sys
import threading

NAMES = {
    "1.0.0.127.in-addr.arpa": "server-says-localhost",
    "1.2.0.192.in-addr.arpa": "server-says-one",
    "2.2.0.192.in-addr.arpa": "not a name",
    "3.2.0.192.in-addr.arpa": "server-says-three",
    "1.0.0.10.in-addr.arpa": "server-says-tunnelled",
    "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa": "server-says-six",
}
keep = []


def labels(name):
    return b"".join(bytes([len(part)]) + part.encode("latin1") for part in name.split(".")) + b"\0"


def serve(server):
    while True:
        packet, peer = server.recvfrom(512)
        at, parts = 12, []
        while packet[at]:
            parts.append(packet[at + 1 : at + 1 + packet[at]].decode("latin1"))
            at += packet[at] + 1
        known = NAMES.get(".".join(parts).lower())
        answer = packet[:2] + struct.pack(">HHHHH", 0x8180 if known else 0x8183, 1, 1 if known else 0, 0, 0)
        answer += packet[12 : at + 5]
        if known:
            data = labels(known)
            answer += b"\xc0\x0c" + struct.pack(">HHIH", 12, 1, 60, len(data)) + data
        server.sendto(answer, peer)


def listen(family, address, port, only=None):
    sock = socket.socket(family)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if only is not None:
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, only)
    sock.bind((address, port))
    sock.listen()
    keep.append(sock)
    return sock


if sys.argv[1] == "serve":
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 53))
    threading.Thread(target=serve, args=(server,), daemon=True).start()
else:
    dual = listen(socket.AF_INET6, "::", 8080, 0)
    for address in ("127.0.0.1", "192.0.2.1", "192.0.2.2", "192.0.2.3", "::1", "::10.0.0.1", "2001:db8::1"):
        client = socket.create_connection((address, 8080))
        keep.extend((client, dual.accept()[0]))
    listen(socket.AF_INET, "0.0.0.0", 22)
    listen(socket.AF_INET6, "::ffff:192.0.2.1", 23)
    listen(socket.AF_INET6, "::ffff:0.0.0.0", 25)
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::ffff:192.0.2.3")):
        sock = socket.socket(family, socket.SOCK_DGRAM)
        sock.connect((address, 123))
        keep.append(sock)
    keep.append(socket.socket(socket.AF_INET, socket.SOCK_RAW, 1))

print("ready", flush=True)
sys.stdin.read()
