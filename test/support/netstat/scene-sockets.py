"""
What netstat shows besides the sockets of the common scene: programs of every name with a socket each, shared sockets,
long and mapped addresses, UDP-Lite, and unix sockets in rarer states.

Usage: scene-sockets.py DIRECTORY, an empty one for unix sockets. Prints a line of JSON when everything stands, then waits
until its input ends, and its children with it. Run by scene-sockets.ts.
"""

import ctypes
import json
import os
import signal
import socket
import sys

UDPLITE = 136
LONG6 = "2001:db8:1111:2222:3333:4444:5555:6666"
kept, children = [], {}
libc = ctypes.CDLL(None)

# First arguments, as bytes. `odd` ones hold what must not reach a terminal, or what is cut within a character.
NAMES = {
    "path": b"/usr/local/sbin/program",
    "long-path": b"/" + b"d" * 300 + b"/a-program-with-a-long-name",
    "cut-path": b"/" + b"d/" * 300 + b"beyond-what-is-read",
    "title": b"server: master process /etc/server.conf",
    "relative": b"./bin/program",
    "login": b"-bash",
    "blanks": b"/opt/two words/a b c",
    "slash": b"/",
    "directory": b"/opt/directory/",
    "empty": b"",
    "long": b"n" * 600,
    "backslash": b"C:\\program.exe",
    "utf8": "gr\u00fc\u00dfe".encode(),
    "wide": "\u65e5\u672c".encode(),
}
ODD = {
    "escape": b"\x1b[31mred\x1b[0m",
    "newline": b"one\ntwo",
    "bidi": "a\u202eb".encode(),
    "binary": b"\xff\xfebin",
    "cut": ("\u65e5" * 30).encode(),
}


def keep(sock):
    kept.append(sock)
    return sock


def die_with_parent():
    libc.prctl(1, signal.SIGKILL)


def program(argument, sock):
    """A process that is called so and holds the socket."""
    pid = os.fork()
    if pid == 0:
        die_with_parent()
        os.set_inheritable(sock.fileno(), True)
        os.close(0)
        # os.execv takes no empty first argument, the kernel does.
        libc.execv(b"/bin/sleep", (ctypes.c_char_p * 3)(argument, b"1000000", None))
        os._exit(1)
    return pid


def shared(sock, count):
    """Processes that hold the same socket."""
    return [program(b"sharer-%d" % index, sock) for index in range(count)]


def listener(family, address, kind=socket.SOCK_STREAM):
    sock = keep(socket.socket(family, kind))
    if family == socket.AF_INET6:
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
    sock.bind((address, 0))
    if kind == socket.SOCK_STREAM:
        sock.listen(3)
    return sock


def programs():
    for name, argument in {**NAMES, **ODD}.items():
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        sock.bind(("127.0.0.1", 0))
        sock.listen(1)
        children[name] = {"pid": program(argument, sock), "port": sock.getsockname()[1]}
        sock.close()
    common = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    common.bind(("127.0.0.1", 0))
    children["shared"] = {"pid": min(shared(common, 3)), "port": common.getsockname()[1]}
    common.close()


def internet():
    long = listener(socket.AF_INET6, LONG6)
    keep(socket.create_connection((LONG6, long.getsockname()[1]), source_address=(LONG6, 0)))
    dual = listener(socket.AF_INET6, "::")
    keep(socket.create_connection(("192.0.2.1", dual.getsockname()[1])))
    keep(socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)).connect((LONG6, 65535))
    keep(socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)).connect(("2001:db8::192.0.2.1", 9))
    alive = listener(socket.AF_INET, "127.0.0.1")
    client = keep(socket.create_connection(alive.getsockname()))
    client.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            server = keep(socket.socket(family, socket.SOCK_DGRAM, UDPLITE))
        except OSError:
            break  # kernels from 7.1 on have no UDP-Lite
        server.bind((address, 0))
        keep(socket.socket(family, socket.SOCK_DGRAM, UDPLITE)).connect(server.getsockname())


def unix(directory):
    server = keep(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
    server.bind(directory + "/full")
    server.listen(0)
    for _ in range(2):
        waiting = keep(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
        waiting.setblocking(False)
        try:
            waiting.connect(directory + "/full")
        except BlockingIOError:
            pass
    for end in socket.socketpair():
        keep(end).send(b"x" * 100)
    dead, peer = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    keep(dead)
    peer.close()
    keep(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)).bind("\0bound only")


def main():
    die_with_parent()
    programs()
    internet()
    unix(sys.argv[1])
    print(json.dumps(children), flush=True)
    sys.stdin.read()


main()
