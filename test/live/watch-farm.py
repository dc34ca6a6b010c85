"""
Opens, changes and closes sockets, and tells of each on a line of JSON: {"op", "inode", "pid", "at"}, seconds since 1970.

    watch-farm.py SECONDS CHURNERS RATE

One process keeps sockets for a while each; so many others open and close connections, so often a second. A time in a line
of an opening is after it, of a closing ("closing", then "closed") before and after. The last line is {"op": "done"}.
"""

import json
import os
import random
import socket
import struct
import sys
import time

seconds, churners, rate = float(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
RESET = struct.pack("ii", 1, 0)
lines: list[str] = []


def tell(op: str, *socks: socket.socket, inodes: "list[int] | None" = None, **more: object) -> None:
    now, pid = time.time(), os.getpid()
    for inode in inodes or [os.fstat(sock.fileno()).st_ino for sock in socks]:
        lines.append(json.dumps({"op": op, "inode": inode, "pid": pid, "at": now, **more}) + "\n")


def flush() -> None:
    # Lines of less than a page are written whole, whoever else writes.
    for line in lines:
        os.write(1, line.encode())
    lines.clear()


def inode(sock: socket.socket) -> int:
    return os.fstat(sock.fileno()).st_ino


def listening() -> socket.socket:
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    sock.listen(4096)
    return sock


def pair(listener: socket.socket) -> "tuple[socket.socket, socket.socket]":
    client = socket.socket()
    client.connect(listener.getsockname())
    return client, listener.accept()[0]


def close(*socks: socket.socket, reset: "socket.socket | None" = None) -> None:
    """Closes sockets that leave nothing behind; with `reset`, its connection is broken off, which ends both."""
    inodes = [inode(sock) for sock in socks]
    tell("closing", inodes=inodes)
    if reset is not None:
        reset.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        reset.close()
    for sock in socks:
        sock.close()
    tell("closed", inodes=inodes)


def churn(end: float, period: float) -> None:
    listener = listening()
    tell("open", listener)
    due = time.time()
    while time.time() < end:
        client, server = pair(listener)
        tell("open", client, server)
        close(client, server, reset=client)
        if len(lines) >= 60:
            flush()
        due += period
        time.sleep(max(0.0, due - time.time()))
    close(listener)
    flush()


def keep(end: float) -> None:
    """Sockets that live for some tenths of a second each."""
    kept = []
    listener = listening()
    tell("open", listener)
    halves = []
    while time.time() < end:
        now = time.time()
        kind = random.choice(["listener", "udp", "connection", "connection", "half", "graceful"])
        until = min(end, now + random.uniform(0.3, 1.5))
        if kind == "listener":
            socks = (listening(),)
        elif kind == "udp":
            one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            one.bind(("127.0.0.1", 0))
            socks = (one,)
        else:
            socks = pair(listener)
        tell("open", *socks)
        if kind == "half":
            halves.append((now + 0.5, socks))
        kept.append((until, kind, socks))
        for moment, (client, server) in [one for one in halves if one[0] <= now and one[1][0].fileno() >= 0]:
            client.shutdown(socket.SHUT_WR)
            tell("half", server)
        halves = [one for one in halves if one[0] > now]
        for entry in [one for one in kept if one[0] <= now]:
            kept.remove(entry)
            halves = [one for one in halves if one[1] is not entry[2]]
            finish(entry[1], entry[2])
        flush()
        time.sleep(0.01)
    for _, kind, socks in kept:
        finish(kind, socks)
    close(listener)
    flush()


def finish(kind: str, socks: "tuple[socket.socket, ...]") -> None:
    if kind != "graceful":
        close(*socks, reset=socks[0] if len(socks) == 2 else None)
        return
    client, server = socks
    inodes = [inode(client), inode(server)]
    tell("finishing", inodes=[inodes[0]])  # stays in time-wait
    tell("closing", inodes=[inodes[1]])
    client.close()
    server.close()
    tell("closed", inodes=[inodes[1]])


end = time.time() + seconds
children = []
for number in range(churners + 1):
    child = os.fork()
    if child == 0:
        if number == 0:
            keep(end)
        else:
            churn(end, churners / rate)
        os._exit(0)
    children.append(child)
for child in children:
    os.waitpid(child, 0)
tell("done", inodes=[0])
flush()
sys.stdin.read()
