"""Sockets of an ordinary machine in one namespace, none of which has a timer that runs. Ends with its standard input."""
import os
import socket
import sys
import tempfile

keep = []


def tcp(family, address, backlog=5):
    server = socket.socket(family, socket.SOCK_STREAM)
    server.bind((address, 0))
    server.listen(backlog)
    keep.append(server)
    return server


def connected(server, address):
    client = socket.create_connection((address, server.getsockname()[1]))
    keep.extend([client, server.accept()[0]])


four = tcp(socket.AF_INET, "0.0.0.0")
six = tcp(socket.AF_INET6, "::")
tcp(socket.AF_INET6, "2001:db8:1111:2222:3333:4444:5555:6666")
connected(four, "127.0.0.1")
connected(four, "192.0.2.1")
connected(six, "::1")
connected(six, "127.0.0.1")
connected(six, "2001:db8:1111:2222:3333:4444:5555:6666")
for family, address in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "::1")):
    bound = socket.socket(family, socket.SOCK_DGRAM)
    bound.bind((address, 0))
    client = socket.socket(family, socket.SOCK_DGRAM)
    client.connect(bound.getsockname())
    keep += [bound, client]
keep.append(socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP))
keep.append(socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6))
member = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
member.setsockopt(
    socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton("239.1.2.3") + socket.inet_aton("192.0.2.1")
)
keep.append(member)

folder = tempfile.mkdtemp(prefix="procnet-everyday-")
for kind, name in (
    (socket.SOCK_STREAM, folder + "/stream"),
    (socket.SOCK_SEQPACKET, folder + "/seqpacket"),
    (socket.SOCK_DGRAM, folder + "/dgram"),
    (socket.SOCK_STREAM, "\0abstract"),
):
    server = socket.socket(socket.AF_UNIX, kind)
    server.bind(name)
    keep.append(server)
    if kind != socket.SOCK_DGRAM:
        server.listen()
        client = socket.socket(socket.AF_UNIX, kind)
        client.connect(name)
        keep += [client, server.accept()[0]]
keep += socket.socketpair()

if os.fork() == 0:  # a second owner of everything
    os.execv(sys.executable, [sys.executable, "-c", "import sys; sys.stdin.read()"])
print("ready", flush=True)
sys.stdin.read()
for name in os.listdir(folder):
    os.unlink(folder + "/" + name)
os.rmdir(folder)
