"""
One side of a busy scene: sockets of every kind, shared and passed between processes in the ways that exist.

The side `server` waits on a unix socket for the side `client`, which lives in another network namespace, and hands it one
of its own sockets. Each prints what it made as one line of JSON when both are done. All processes end with the first one.
Run by mixed-scene.ts, which lays the network out.
"""

import array
import json
import os
import socket
import sys

role, directory, here, here6, there, there6 = sys.argv[1:]
MEETING = directory + "/meeting"
NAMES = ("shared", "waiting", "dual", "v6only")

kept, inodes, pids, ports = [], {}, {}, {}
life, lifeline = os.pipe()


def keep(name, sock):
    kept.append(sock)
    inodes[name] = os.fstat(sock.fileno()).st_ino
    return sock


def inet(name, kind=socket.SOCK_STREAM, family=socket.AF_INET, protocol=0):
    return keep(name, socket.socket(family, kind, protocol))


def listen(name, family=socket.AF_INET, address="", v6only=None):
    sock = inet(name, family=family)
    if v6only is not None:
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, v6only)
    sock.bind((address, 0))
    sock.listen()
    ports[name] = sock.getsockname()[1]
    return sock


def connect(name, address, port, family=socket.AF_INET):
    sock = inet(name, family=family)
    sock.connect((address, port))
    return sock


def child(name, work=None, only=None):
    """Forks a process that holds what its parent holds, or `only` some of it, until the first process ends."""
    ready, tell = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(lifeline)
        if only is not None:
            held = {0, 1, 2, life, tell, *(sock.fileno() for sock in only)}
            for fd in map(int, os.listdir("/proc/self/fd")):
                if fd not in held:
                    try:
                        os.close(fd)
                    except OSError:
                        pass  # that of the listing
        if work:
            work()
        os.write(tell, b"1")
        os.read(life, 1)
        os._exit(0)
    os.close(tell)
    os.read(ready, 1)
    os.close(ready)
    pids[name] = pid


def send(channel, sock):
    channel.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [sock.fileno()]))])


def take(channel):
    _data, [(_level, _type, data)], _flags, _address = channel.recvmsg(1, socket.CMSG_SPACE(4))
    return socket.socket(fileno=array.array("i", data[:4])[0])


def unix():
    stream = keep("stream", socket.socket(socket.AF_UNIX))
    stream.bind("%s/%s a name with blanks" % (directory, role))
    stream.listen()
    keep("stream-client", socket.socket(socket.AF_UNIX)).connect(stream.getsockname())
    keep("stream-accepted", stream.accept()[0])
    keep("stream-unaccepted", socket.socket(socket.AF_UNIX)).connect(stream.getsockname())
    keep("datagrams", socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)).bind("\0procnet-%s-%d" % (role, os.getpid()))
    sequence = keep("sequence", socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET))
    sequence.bind("%s/%s-sequence" % (directory, role))
    sequence.listen()
    for at, sock in enumerate(socket.socketpair()):
        keep("pair-%d" % at, sock)


def others():
    inet("raw", socket.SOCK_RAW, protocol=89)
    inet("raw6", socket.SOCK_RAW, socket.AF_INET6, 58)
    inet("ping", socket.SOCK_DGRAM, protocol=socket.IPPROTO_ICMP).bind((here, 0))
    inet("ping6", socket.SOCK_DGRAM, socket.AF_INET6, socket.IPPROTO_ICMPV6).bind(("::1", 0))
    keep("netlink", socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)).bind((0, 0))
    keep("packet", socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, 0))
    inet("udp", socket.SOCK_DGRAM).bind((here, 0))
    inet("udp6", socket.SOCK_DGRAM, socket.AF_INET6).bind(("::1", 0))
    inet("udp-connected", socket.SOCK_DGRAM).connect((there, 9))
    inet("udp6-connected", socket.SOCK_DGRAM, socket.AF_INET6).connect((there6, 9))
    inet("udplite", socket.SOCK_DGRAM, protocol=136).bind((here, 0))


def ended():
    """Connections that no process holds any more: in time-wait, and closed by this end only."""
    server = listen("ending", address="127.0.0.1")
    for name in ("time-wait", "fin-wait"):
        client = socket.create_connection(server.getsockname())
        accepted = server.accept()[0]
        ports[name] = client.getsockname()[1]
        client.close()
        if name == "time-wait":
            accepted.close()
        else:
            keep("close-wait", accepted)


def shared():
    """One descriptor more than once, and processes that share it."""
    listener = listen("shared", address=here)
    kept.extend([listener.dup(), listener.dup()])
    for at in range(3):
        child("worker-%d" % at, only=[listener])
    child("heir")
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    passed = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    passed.bind((here, 0))
    inodes["passed"] = os.fstat(passed.fileno()).st_ino
    send(ours, passed)
    passed.close()
    child("taker", only=[theirs], work=lambda: take(theirs).detach())
    ours.close()
    theirs.close()


def server():
    listen("dual", socket.AF_INET6, "::", 0)
    listen("v6only", socket.AF_INET6, "::", 1)
    listen("waiting", address=here)
    shared()
    meeting = socket.socket(socket.AF_UNIX)
    meeting.bind(MEETING)
    meeting.listen()
    with meeting.accept()[0] as channel:
        channel.sendall((json.dumps({name: ports[name] for name in NAMES}) + "\n").encode())
        send(channel, listen("abroad", address=here))
        for name in ("shared", "dual", "dual"):
            sock = next(sock for sock in kept if os.fstat(sock.fileno()).st_ino == inodes[name])
            keep("accepted-%d" % len(kept), sock.accept()[0])
        channel.recv(1)
    meeting.close()


def client():
    with socket.socket(socket.AF_UNIX) as channel:
        channel.connect(MEETING)
        line = b""
        while not line.endswith(b"\n"):
            line += channel.recv(1)
        theirs = json.loads(line)
        keep("from-abroad", take(channel))
        connect("to-shared", there, theirs["shared"])
        connect("to-dual", there, theirs["dual"])
        connect("to-dual6", there6, theirs["dual"], socket.AF_INET6)
        for at in range(3):
            connect("to-waiting-%d" % at, there, theirs["waiting"])
        channel.sendall(b"x")
    child("heir")


unix()
others()
ended()
(server if role == "server" else client)()
print(json.dumps({"pid": os.getpid(), "inodes": inodes, "pids": pids, "ports": ports}), flush=True)
sys.stdin.read()
