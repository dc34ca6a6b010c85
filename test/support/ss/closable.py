"""Sockets with ports of their own choice, which are the same in every namespace: for programs that close them."""
import socket, sys

kept = []


def client(family, address, port, to):
    one = socket.socket(family)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    one.bind((address, port))
    one.connect(to)
    kept.append(one)
    return one


four = socket.create_server(("127.0.0.1", 7001))
both = socket.create_server(("::", 7003), family=socket.AF_INET6, dualstack_ipv6=True)
kept.append(socket.create_server(("127.0.0.1", 7005)))
for port in (5001, 5002, 5003):
    client(socket.AF_INET, "127.0.0.1", port, ("127.0.0.1", 7001))
    kept.append(four.accept()[0])
client(socket.AF_INET, "127.0.0.1", 5004, ("127.0.0.1", 7003))
client(socket.AF_INET6, "::1", 5006, ("::1", 7003))
kept += [both.accept()[0], both.accept()[0]]
over = client(socket.AF_INET, "127.0.0.1", 5005, ("127.0.0.1", 7001))
far = four.accept()[0]
kept.remove(over)
over.close()
far.recv(1)
far.close()
for port, to in ((7002, None), (6001, 7002)):
    one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    one.bind(("127.0.0.1", port))
    if to:
        one.connect(("127.0.0.1", to))
    kept.append(one)
try:
    none = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_MPTCP)
    none.bind(("127.0.0.1", 7009))
    none.listen()
except OSError:
    pass  # no MPTCP
unix = socket.socket(socket.AF_UNIX)
unix.bind("\0closable")
unix.listen()
print("ready", flush=True)
sys.stdin.read()
