"""Sockets in states that an explanation has a sentence for; says "ready" when all are made, and holds them until it is killed."""
import socket
import sys
import time

held = []


def listener(port, backlog, family=socket.AF_INET, address="127.0.0.1"):
    sock = socket.socket(family)
    sock.bind((address, port))
    sock.listen(backlog)
    held.append(sock)
    return sock


def pair(port):
    server = listener(port, 8)
    client = socket.create_connection(("127.0.0.1", port))
    accepted, _ = server.accept()
    held.extend([client, accepted])
    return client, accepted


def fill(sock):
    sock.setblocking(False)
    try:
        while True:
            sock.send(b"x" * 65536)
    except BlockingIOError:
        pass


# 8001: a listener that does not accept, and more clients than fit.
listener(8001, 3)
for _ in range(8):
    client = socket.socket()
    client.setblocking(False)
    client.connect_ex(("127.0.0.1", 8001))
    held.append(client)

# 8002: a peer that does not read. 8003: the same, closed here. 8004: closed on both sides. 8005: unread data and its end.
fill(pair(8002)[0])
sender, reader = pair(8003)
fill(sender)
held.remove(sender)
sender.close()
first, second = pair(8004)
held.remove(first)
held.remove(second)
first.close()
second.close()
client, accepted = pair(8005)
client.send(b"hello")
client.shutdown(socket.SHUT_WR)

# 8006: IPv4 over a socket of IPv6.
listener(8006, 8, socket.AF_INET6, "::")
held.append(socket.create_connection(("127.0.0.1", 8006)))

# 8007: datagrams for a small buffer that nobody reads.
receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
receiver.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
receiver.bind(("127.0.0.1", 8007))
held.append(receiver)
sending = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for _ in range(100):
    sending.sendto(b"x" * 500, ("127.0.0.1", 8007))
held.append(sending)

# A unix listener that does not accept.
named = socket.socket(socket.AF_UNIX)
named.bind("\0procnet-explained")
named.listen(4)
waiting = socket.socket(socket.AF_UNIX)
waiting.connect("\0procnet-explained")
held.extend([named, waiting])

held.append(socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3)))
held.append(socket.socket(socket.AF_INET, socket.SOCK_RAW, 1))

print("ready", flush=True)
time.sleep(600)
sys.exit(0)
