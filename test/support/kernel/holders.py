"""
Processes that hold sockets in every way that there is. Each tells its process id in a line; all end when the input does.
"""

import ctypes
import os
import socket
import sys
import threading

CLONE_FILES = 0x400
CLONE_NEWPID = 0x20000000
O_PATH = 0o10000000
libc = ctypes.CDLL(None, use_errno=True)


def call_me(comm):
    with open("/proc/self/comm", "wb") as file:
        file.write(comm)


def say(name):
    os.write(1, f"{name} {os.getpid()}\n".encode())


kept = []
# Names are chosen by who bears them.
call_me(b"\x1b[31m) S\n\xff")
listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
kept.append(listener)
high = os.dup2(listener.fileno(), 1500)
# None of these is a socket.
kept.append(os.open("/", os.O_RDONLY))
kept.append(os.open("/proc/self/exe", O_PATH))
kept.append(os.pipe())
kept.append(os.eventfd(0))
pair = socket.socketpair()

# A thread that shares all with the others, and one that has descriptors of its own.
ready = threading.Barrier(3)
over = threading.Event()


def sharing():
    ready.wait()
    over.wait()


def apart():
    if libc.unshare(CLONE_FILES) != 0:
        os._exit(3)
    os.close(pair[0].fileno())
    own = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    own.bind(b"\0procnet-apart-%d" % os.getpid())
    ready.wait()
    over.wait()


if os.fork() == 0:
    # It holds what it was left, and nothing else of its own.
    say("child")
    sys.stdin.read()
    os._exit(0)

if os.fork() == 0:
    # Its child is in another pid namespace, where it is process 1.
    if libc.unshare(CLONE_NEWPID) != 0:
        os._exit(4)
    if os.fork() == 0:
        os.write(1, b"inner 0\n")
        sys.stdin.read()
        os._exit(0)
    os.wait()
    os._exit(0)

for thread in (threading.Thread(target=sharing, daemon=True), threading.Thread(target=apart, daemon=True)):
    thread.start()
ready.wait()
say("first")
sys.stdin.read()
os._exit(0)
