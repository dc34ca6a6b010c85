"""
Records what the kernel that runs says by netlink, byte for byte, with what it prints in procfs and what ss(8) and ip(8) say of the same
sockets, interfaces, addresses, routes, neighbours and rules.

Usage: record.py FILE, as root: writes gzipped JSON, of the scenes that tests know (scene.py, ../scene.py, routed.batch). Needs nothing but
Python and iproute2, so that it runs on kernels on which no door of procnet does. `record.py ask` is what it runs in each namespace.
"""

import base64
import gzip
import json
import os
import platform
import re
import socket
import struct
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
NETLINK_ROUTE, NETLINK_SOCK_DIAG, SOL_NETLINK = 0, 4, 270
NLM_F_REQUEST, NLM_F_DUMP, NLMSG_ERROR, NLMSG_DONE = 1, 0x300, 2, 3
NO_COOKIE = struct.pack("=II", 0xFFFFFFFF, 0xFFFFFFFF)
EVERY_STATE = 0xFFFFFFFF & ~(1 << 13)  # but bound ones, as procfs
EVERYTHING = 0x7E  # idiag_ext: INFO, VEGASINFO, CONG, TOS, TCLASS, SKMEMINFO


def inet(family, protocol, *attributes):
    return struct.pack("=BBBBI48x", family, protocol, EVERYTHING, 0, EVERY_STATE) + b"".join(attributes)


def attribute(kind, value):
    return struct.pack("=HHI", 8, kind, value)


INET = {
    name + six: inet(family, protocol)
    for name, protocol in (("tcp", 6), ("udp", 17), ("udplite", 136), ("raw", 255))
    for six, family in (("", socket.AF_INET), ("6", socket.AF_INET6))
}
DIAG = {
    **INET,
    "mptcp": inet(socket.AF_INET, 6, attribute(3, 262)),
    "unix": struct.pack("=BBHIII", socket.AF_UNIX, 0, 0, 0xFFFFFFFF, 0, 0x7F) + NO_COOKIE,
    "netlink": struct.pack("=BBHII", socket.AF_NETLINK, 255, 0, 0, 1 | 2 | 8) + NO_COOKIE,
    "packet": struct.pack("=BBHII", socket.AF_PACKET, 0, 0, 0, 0x3F) + NO_COOKIE,
    "vsock": struct.pack("=BBHIII", socket.AF_VSOCK, 0, 0, 0xFFFFFFFF, 0, 0) + NO_COOKIE,
}
ROUTE = {
    "links": (18, struct.pack("=BBHIII", 0, 0, 0, 0, 0, 0)),
    "addresses": (22, struct.pack("=BBBBI", 0, 0, 0, 0, 0)),
    "routes": (26, struct.pack("=BBBBBBBBI", 0, 0, 0, 0, 0, 0, 0, 0, 0)),
    "neighbours": (30, struct.pack("=BBHIHBB", 0, 0, 0, 0, 0, 0, 0)),
    "rules": (34, struct.pack("=BBBBBBBBI", 0, 0, 0, 0, 0, 0, 0, 0, 0)),
}
IP = {
    "links": [["-s", "-s", "link"]],
    "addresses": [["address"]],
    "routes": [["-4", "route", "show", "table", "all"], ["-6", "route", "show", "table", "all"]],
    "neighbours": [["-s", "neighbour", "show", "nud", "all"]],
    "rules": [["-4", "rule"], ["-6", "rule"]],
}
TEXTS = ["dev", "route", "ipv6_route", "arp", "if_inet6"]


def opened(protocol):
    """As NetlinkSocket opens it: words for errors, and that a request is understood or refused."""
    one = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, protocol)
    for option in (11, 12):
        try:
            one.setsockopt(SOL_NETLINK, option, 1)
        except OSError:
            pass
    return one


def answer(one, kind, payload):
    head = struct.pack("=IHHII", 16 + len(payload), kind, NLM_F_REQUEST | NLM_F_DUMP, 1, 0)
    one.sendto(head + payload, (0, 0))
    datagrams = []
    while True:
        datagrams.append(one.recv(1 << 20))
        at = 0
        while at + 16 <= len(datagrams[-1]):
            length, kind = struct.unpack_from("=IH", datagrams[-1], at)
            if kind in (NLMSG_ERROR, NLMSG_DONE):
                return b"".join(datagrams)
            at += (length + 3) & ~3


def text_of(name):
    try:
        with open("/proc/net/" + name, "rb") as file:
            return file.read().decode("latin1")
    except FileNotFoundError:
        return None


def still(text):
    """A table of internet sockets without timers, which run."""
    return text and [line.split()[:5] for line in text.splitlines()]


def told(one, name):
    """What the kernel says by netlink, and in procfs before and after, where nothing changed in between."""
    for _ in range(50):
        before = text_of(name)
        said = answer(one, 20, DIAG[name])
        after = text_of(name)
        if name not in INET or still(before) == still(after):
            break
    return said, before


def ip_says(name):
    return [row for args in IP[name] for row in json.loads(output("ip", "-j", "-d", *args))]


def told_with_ip(one, name, kind, payload):
    """What the kernel says by netlink, and ip(8) before and after, between two seconds."""
    for _ in range(20):
        before = ip_says(name)
        said = answer(one, kind, payload)
        # Ages of neighbours run by hundredths.
        if name == "neighbours" or before == ip_says(name):
            break
    return said, before


def vsock():
    """A listener and both ends of a connection within this machine, which are of the process that asks: its inodes, or why there are none."""
    try:
        listener = socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM)
        listener.bind((socket.VMADDR_CID_ANY, 5000))
        listener.listen(1)
        client = socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM)
        client.connect((1, 5000))
        ends = [listener, client, listener.accept()[0]]
    except OSError as error:
        return [], str(error)
    return ends, [os.fstat(end.fileno()).st_ino for end in ends]


def ask():
    """Everything, of the network namespace that this process is in."""
    netlink, procfs = {}, {}
    kept, ends = vsock()
    diag, route = opened(NETLINK_SOCK_DIAG), opened(NETLINK_ROUTE)
    for name in DIAG:
        said, text = told(diag, name)
        netlink[name] = base64.b64encode(said).decode()
        if text is not None:
            procfs[name] = text
    ip = {}
    for name, (kind, payload) in ROUTE.items():
        said, ip[name] = told_with_ip(route, name, kind, payload)
        netlink[name] = base64.b64encode(said).decode()
    for name in TEXTS:
        procfs[name] = text_of(name)
    ss = output("ss", "-tuanieomOH", "--tos", "--inet-sockopt")
    print(json.dumps({"netlink": netlink, "procfs": procfs, "vsock": ends, "ss": re.sub(" +\n", "\n", ss), "ip": ip}))
    del kept


def output(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    return done.stdout.decode(errors="replace")


class Namespace:
    made = 0

    def __init__(self):
        self.name = "procnet-record-%d" % Namespace.made
        Namespace.made += 1
        output("ip", "netns", "add", self.name)
        self.children = []
        self.missed = []
        self.ip("link set lo up\n")

    def ip(self, commands, family=()):
        """What this kernel cannot do is left out, and kept with the reason."""
        args = ["ip", *family, "-n", self.name, "-force", "-batch", "-"]
        done = subprocess.run(args, input=commands.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        wrong = done.stderr.decode().splitlines()
        numbers = [int(found.group(1)) for line in wrong if (found := re.match(r"Command failed -:(\d+)", line))]
        self.missed += [commands.splitlines()[number - 1] for number in numbers]

    def spawn(self, *command):
        args = ["ip", "netns", "exec", self.name, "python3", "-IS", *command]
        child = subprocess.Popen(args, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.children.append(child)
        return child

    def ask(self):
        return json.loads(output("ip", "netns", "exec", self.name, sys.executable, __file__, "ask"))

    def remove(self):
        for child in self.children:
            child.kill()
            child.wait()
        output("ip", "netns", "del", self.name)


def cable(one, device, other, other_device):
    one.ip("link add %s type veth peer name %s netns %s\n" % (device, other_device, other.name))


def commands(name):
    with open(os.path.join(HERE, name)) as file:
        return file.read()


def sockets(one, _, directory):
    """What netlink tells more of than procfs."""
    child = one.spawn(os.path.join(HERE, "scene.py"), directory)
    child.stdout.readline()
    child.stdin.write(b"\n")
    child.stdin.flush()
    return json.loads(child.stdout.readline())


def states(one, other, directory):
    """Every state of TCP, datagram and raw sockets, names of unix sockets."""
    cable(one, "v0", other, "v1")
    other.ip("address add 192.0.2.2/24 dev v1\naddress add 2001:db8::2/64 dev v1 nodad\nlink set v1 up\n")
    settings = ["echo 12 > /proc/sys/net/ipv4/tcp_%s_retries" % name for name in ("synack", "syn", "orphan")]
    output("ip", "netns", "exec", one.name, "sh", "-c", ";".join(settings))
    one.ip(commands("../scene.batch"))
    return json.loads(one.spawn(os.path.join(HERE, "../scene.py"), directory).stdout.readline())


def routed(one, other, _):
    """Interfaces, addresses, routes, neighbours, rules."""
    cable(one, "v0", other, "v1")
    other.ip("address add 192.0.2.2/24 dev v1\naddress add 2001:db8::2/64 dev v1 nodad\nlink set v1 up\n")
    one.ip(commands("routed.batch"))
    one.ip(commands("routed6.batch"), ["-6"])
    return {}


def scene(make, seconds):
    one, other = Namespace(), Namespace()
    with tempfile.TemporaryDirectory(prefix="procnet-", dir="/tmp") as directory:
        try:
            facts = make(one, other, directory)
            time.sleep(seconds)
            return {"facts": facts, "missedCommands": one.missed, "directory": directory, **one.ask()}
        finally:
            one.remove()
            other.remove()


def kernel():
    """`5.10.262` where Debian says so; without what a builder adds to it."""
    found = re.search(r"Debian (\d+\.\d+\.\d+)", platform.version()) or re.match(r"(\d+\.\d+\.\d+)", platform.release())
    return found.group(1)


def main():
    head = {
        "kernel": kernel(),
        "machine": platform.machine(),
        "littleEndian": sys.byteorder == "little",
        # Acknowledgements that were put off have gone by then; so has a neighbour that is asked for.
        "scenes": {"sockets": scene(sockets, 2), "states": scene(states, 0), "routed": scene(routed, 3)},
    }
    with gzip.GzipFile(sys.argv[1], "wb", mtime=0) as file:
        file.write(json.dumps(head, indent=1).encode())


ask() if sys.argv[1:] == ["ask"] else main()
