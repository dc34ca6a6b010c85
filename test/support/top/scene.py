"""A small host in trouble, with ports and process ids that are known: a listener whose queue is full, a destination that uses up the local
ports, a program that does not close its connections. It is the first process of a pid namespace and alone in a network namespace.

Each part is a process of its own name, and holds what it has until its input ends. Prints a line when all stands.
"""

import resource
import socket
import subprocess
import sys

POOL = 180


def listener(port, backlog):
    s = socket.socket()
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(("127.0.0.1", port))
    s.listen(backlog)
    return s


def begun(port, source=0):
    c = socket.socket()
    c.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    c.setblocking(False)
    if source:
        c.bind(("127.0.0.1", source))
    c.connect_ex(("127.0.0.1", port))
    return c


def database():
    s = listener(5432, 4096)
    stands()
    return [s, *(s.accept() for _ in range(POOL))]


def pool():
    return [begun(5432) for _ in range(POOL)]


def web():
    """Accepts nothing: with five its queue of four is full."""
    return [listener(8080, 4)]


def browser():
    return [begun(8080, 40001 + number) for number in range(5)]


def leaky():
    """The other side has said its last word and closed; this one neither reads it nor closes."""
    s = listener(9000, 64)
    held = [s]
    for number in range(12):
        client = begun(9000, 41001 + number)
        held.append(s.accept())
        client.send(b"x" * 1000)
        client.close()
    return held


def names():
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.bind(("127.0.0.1", 5353))
    return [s]


def stands():
    print("stands", flush=True)


def setting(name, value):
    with open("/proc/sys/" + name, "w") as file:
        file.write(value)


PARTS = [database, pool, web, browser, leaky, names]

if len(sys.argv) > 1:
    held = next(part for part in PARTS if part.__name__ == sys.argv[1])()
    stands()
    sys.stdin.read()
else:
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    setting("net/ipv4/ip_local_port_range", "20000 20199")
    # What the other side of `leaky` has left stays as it is.
    setting("net/ipv4/tcp_fin_timeout", "3600")
    resource.setrlimit(resource.RLIMIT_NOFILE, (1024, 1024))
    started = []
    for number, part in enumerate(PARTS):
        # The next process gets the next number.
        setting("kernel/ns_last_pid", str(1000 * (number + 1)))
        name = part.__name__
        started.append(
            subprocess.Popen(
                [name, __file__, name], executable=sys.executable, stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        )
        started[-1].stdout.readline()
    stands()
    sys.stdin.read()
