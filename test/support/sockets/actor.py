"""
A process that does with its sockets what it is told, one line of JSON at a time, and answers with a line: see actor.ts.
All its processes end with its input.
"""

import array
import json
import os
import resource
import signal
import socket
import sys

socks = {}
ours, theirs = socket.socketpair()
FAMILIES = {"tcp": socket.AF_INET, "tcp6": socket.AF_INET6, "udp": socket.AF_INET, "udp6": socket.AF_INET6}
KINDS = {"tcp": socket.SOCK_STREAM, "tcp6": socket.SOCK_STREAM, "udp": socket.SOCK_DGRAM, "udp6": socket.SOCK_DGRAM}


def helper():
    """Takes a socket for every byte, or ends at the end."""
    ours.close()
    os.close(0)
    taken = []
    while True:
        data, rights, _flags, _address = theirs.recvmsg(1, socket.CMSG_SPACE(4))
        if not data:
            os._exit(0)
        taken.append(array.array("i", rights[0][2][:4])[0])
        theirs.send(b"x")


def new(kind="tcp", address="127.0.0.1", port=0, v6only=None, user=None, reuse=False, backlog=128):
    sock = socket.socket(FAMILIES[kind], KINDS[kind])
    if reuse:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if v6only is not None:
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, v6only)
    if user is not None:
        os.fchown(sock.fileno(), user, user)
    sock.bind((address, port))
    if KINDS[kind] == socket.SOCK_STREAM:
        sock.listen(backlog)
    return sock


def move(sock, fd):
    os.dup2(sock.fileno(), fd)
    sock.close()
    return socket.socket(fileno=fd)


def act(name, do, **options):
    sock = socks.get(name)
    if do == "open":
        socks[name] = new(**options)
    elif do == "connect":
        kind = options.get("kind", "tcp")
        sock = socket.socket(FAMILIES[kind], KINDS[kind])
        if "from" in options:
            sock.bind((options["address"], options["from"]))
        sock.connect((options["address"], options["port"]))
        socks[name] = sock
    elif do == "accept":
        socks[options["as"]] = sock.accept()[0]
        name = options["as"]
    elif do == "close":
        sock.close()
        return {}
    elif do == "file":  # in place of the socket
        fd = sock.detach()
        with open("/dev/null") as file:
            os.dup2(file.fileno(), fd)
        return {"fd": fd}
    elif do == "swap":
        socks[name] = move(new(), sock.detach())
    elif do == "dup":
        return {"fd": os.dup(sock.fileno())}
    elif do == "fill":
        resource.setrlimit(resource.RLIMIT_NOFILE, (options["count"] + 100,) * 2)
        for _ in range(options["count"]):
            os.dup(2)
        return {}
    elif do == "move":
        socks[name] = move(sock, options["fd"])
    elif do == "pass":
        ours.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [sock.fileno()]))])
        ours.recv(1)
        sock.close()
        return {"pid": child}
    elif do == "fork":
        ready, tell = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(lifeline)
            os.write(tell, b"x")
            os.read(life, 1)
            os._exit(0)
        os.read(ready, 1)
        os.close(ready)
        os.close(tell)
        return {"pid": pid}
    elif do == "kill":
        os.kill(options["pid"], signal.SIGKILL)
        os.waitpid(options["pid"], 0)
        return {}
    elif do == "churn":  # a process that opens a socket and ends, again and again
        pid = os.fork()
        while pid == 0:
            if os.getppid() != parent:
                os._exit(0)
            grandchild = os.fork()
            if grandchild == 0:
                os.close(lifeline)
                new()
                os._exit(0)
            os.waitpid(grandchild, 0)
        return {"pid": pid}
    elif do == "exec":
        os.set_inheritable(sock.fileno(), True)
        print("{}", flush=True)
        os.execvp("cat", ["cat"])
    sock = socks[name]
    return {"fd": sock.fileno(), "inode": os.fstat(sock.fileno()).st_ino, "port": sock.getsockname()[1]}


parent = os.getpid()
child = os.fork()
if child == 0:
    helper()
theirs.close()
life, lifeline = os.pipe()
os.set_inheritable(lifeline, False)
for line in sys.stdin:
    print(json.dumps(act(**json.loads(line))), flush=True)
