"""A program of a machine: it opens and closes sockets as it is told.

Usage: program.py WORDS, a JSON list. It becomes a process whose command line those words are, one character for each byte. Then each
line of its input is one thing to do, as JSON, and each line that it prints the answer: what it did, or `error`.
"""

import errno
import json
import os
import resource
import socket
import sys
import threading
import time

held = {}  # sockets by the key they were opened under
refused = (errno.EINPROGRESS, errno.EAGAIN)


def family(address):
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def keep(key, *sockets):
    held.setdefault(key, []).extend(sockets)
    named = [s for s in sockets if s.family in (socket.AF_INET, socket.AF_INET6)]
    return {
        "inodes": [os.fstat(s.fileno()).st_ino for s in sockets],
        "ports": [s.getsockname()[1] for s in named],
    }


def listen(key, address, port, backlog=128):
    s = socket.socket(family(address))
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if s.family == socket.AF_INET6:
        s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    s.bind((address, port))
    s.listen(backlog)
    return keep(key, s)


def connect(key, address, port, count=1, source=None, sourcePort=0, answered=True):
    """With a port of its own each connection takes the next one; else the kernel chooses from its range."""
    opened = []
    for at in range(count):
        s = socket.socket(family(address))
        if sourcePort:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            s.bind((source or "", sourcePort + at))
        elif source:
            s.setsockopt(socket.IPPROTO_IP, 24, 1)  # IP_BIND_ADDRESS_NO_PORT: chosen when it connects, by destination
            s.bind((source, 0))
        if answered:
            s.connect((address, port))
        else:
            s.setblocking(False)
            code = s.connect_ex((address, port))
            if code not in (0, *refused):
                raise OSError(code, os.strerror(code))
        opened.append(s)
    return keep(key, *opened)


def accept(key, listener, count=1):
    return keep(key, *(held[listener][0].accept()[0] for _ in range(count)))


def pairs(key, address, first, ports, count):
    """Connections to itself, many on each of a few ports: the two ends of all of them."""
    for port in range(first, first + ports):
        s = socket.create_server((address, port), backlog=512)
        opened = [s]
        for at in range(count):
            c = socket.socket()
            c.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            c.bind((address, 1024 + at))
            c.connect((address, port))
            opened += [c, s.accept()[0]]
        keep(key, *opened)
    return {"sockets": len(held[key])}


def send(key, bytes):
    for s in held[key]:
        s.sendall(b"x" * bytes)
    return {}


def read(key):
    """All that has come so far, or the end."""
    for s in held[key]:
        s.recv(1 << 16)
    return {}


def fill(key):
    """Writes until no more is taken."""
    for s in held[key]:
        s.setblocking(False)
        try:
            while True:
                s.send(b"x" * 65536)
        except BlockingIOError:
            pass
    return {}


def close(key, count=None):
    sockets = held[key]
    for s in sockets[:count]:
        s.close()
    held[key] = sockets[count:] if count is not None else []
    return {}


def udp(key, address, port, receive=None):
    s = socket.socket(family(address), socket.SOCK_DGRAM)
    if receive is not None:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
    s.bind((address, port))
    return keep(key, s)


def unix(key, path, backlog=5, clients=0):
    """A listener under a name, one character for each byte, with clients that wait for it."""
    name = path.encode("latin-1")
    s = socket.socket(socket.AF_UNIX)
    if not name.startswith(b"\0"):
        os.makedirs(os.path.dirname(name), exist_ok=True)
    s.bind(name)
    s.listen(backlog)
    opened = [s]
    for _ in range(clients):
        c = socket.socket(socket.AF_UNIX)
        c.setblocking(False)
        c.connect(name)
        opened.append(c)
    return keep(key, *opened)


def again(work, every):
    def forever():
        while True:
            work()
            time.sleep(every)

    threading.Thread(target=forever, daemon=True).start()
    return {}


def knock(address, port, count, every):
    """Begins connections again and again, and gives them up at once."""

    def work():
        for _ in range(count):
            c = socket.socket(family(address))
            c.setblocking(False)
            c.connect_ex((address, port))
            c.close()

    return again(work, every)


def datagrams(address, port, count, size, every):
    s = socket.socket(family(address), socket.SOCK_DGRAM)
    keep("datagrams", s)

    def work():
        for _ in range(count):
            s.sendto(b"x" * size, (address, port))

    return again(work, every)


def visit(address, port, every):
    """A short connection, again and again."""

    def work():
        socket.create_connection((address, port)).close()

    return again(work, every)


def serve(listener):
    """Accepts all and reads all, until the other side ends."""

    def conversation(s):
        while s.recv(1 << 16):
            pass
        s.close()

    def forever():
        while True:
            threading.Thread(target=conversation, args=(held[listener][0].accept()[0],), daemon=True).start()

    threading.Thread(target=forever, daemon=True).start()
    return {}


def stream(key, bytes, every):
    """Sends again and again, whatever the other side does with it."""
    return again(lambda: send(key, bytes), every)


def drain(key):
    """Reads all datagrams that come."""

    def forever():
        while True:
            held[key][0].recv(1 << 16)

    threading.Thread(target=forever, daemon=True).start()
    return {}


def become(comm):
    """Its name, one character for each byte."""
    with open("/proc/self/comm", "wb") as file:
        file.write(comm.encode("latin-1"))
    return {}


def main():
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with open("/proc/self/cmdline", "rb") as file:
        become(os.path.basename(file.read().split(b"\0")[0]).decode("latin-1"))
    print(json.dumps({"pid": os.getpid()}), flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        try:
            answer = globals()[order.pop("do")](**order)
        except Exception as error:
            answer = {"error": repr(error)}
        print(json.dumps(answer), flush=True)


if os.environ.pop("PROCNET_BECOME", None) is None:
    words = [word.encode("latin-1") for word in json.loads(sys.argv[1])]
    # Where its modules are it would look for by its name.
    os.environ.update(PROCNET_BECOME="1", PYTHONHOME=sys.base_prefix)
    os.execve(os.readlink("/proc/self/exe"), [words[0], b"-S", __file__.encode(), *words[1:]], os.environb)
main()
