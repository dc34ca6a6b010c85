"""
What ss shows besides the sockets of the common scene: packet and netlink sockets, raw ones of several protocols, listeners of one
family beside another one's, timers that stand still, threads.

Prints a line when everything stands, then waits until its input ends. Run by scene.ts.
"""

import os
import socket
import sys
import threading

kept = []


def keep(sock):
    kept.append(sock)
    return sock


def both_families(kind):
    """A port of IPv6 that leaves IPv4 to somebody else."""
    six = keep(socket.socket(socket.AF_INET6, kind))
    six.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    six.bind(("::", 0))
    four = keep(socket.socket(socket.AF_INET, kind))
    four.bind(("0.0.0.0", six.getsockname()[1]))
    if kind == socket.SOCK_STREAM:
        six.listen(7)
        four.listen(70)


def named():
    """Ports that services have names for, and a name that the protocol has."""
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        for port in (22, 53, 443):
            sock = keep(socket.socket(socket.AF_INET, kind))
            sock.bind(("127.0.0.1", port))
            if kind == socket.SOCK_STREAM:
                sock.listen(3)


def raw():
    for protocol in (0x11, 0x84, 255):
        keep(socket.socket(socket.AF_INET, socket.SOCK_RAW, protocol))
    bound = keep(socket.socket(socket.AF_INET6, socket.SOCK_RAW, 89))
    bound.bind(("::1", 0))


def packet():
    for kind in (socket.SOCK_RAW, socket.SOCK_DGRAM):
        # It gets every frame: with the smallest buffer it is full at once, and its queue stays as it is.
        every = keep(socket.socket(socket.AF_PACKET, kind, socket.htons(3)))
        every.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 0)
        keep(socket.socket(socket.AF_PACKET, kind, socket.htons(0x0806))).bind(("v0", 0x0806))
    keep(socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(0x4321))).bind(("lo", 0x4321))
    keep(socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0))


def netlink():
    for protocol, groups in ((0, 0x11), (0, 0), (15, 1), (16, 0)):
        keep(socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, protocol)).bind((0, groups))
    keep(socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0))


def alive():
    """A timer that says the same for a minute: it is asked after two hours."""
    server = keep(socket.create_server(("127.0.0.1", 0)))
    client = keep(socket.create_connection(server.getsockname()))
    client.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 32000)
    keep(server.accept()[0])


with open("/proc/self/comm", "w") as comm:
    comm.write("holder of more")
both_families(socket.SOCK_STREAM)
both_families(socket.SOCK_DGRAM)
named()
raw()
packet()
netlink()
alive()
threading.Thread(target=threading.Event().wait, daemon=True).start()
print("ready", flush=True)
sys.stdin.read()
os._exit(0)
