"""Listens at the address that is given, holds five connections to itself, and three of which the other side has closed with four bytes unread.

Prints its port. A line on standard input opens one more connection, and prints its local port; the next line resets it.
"""
import socket
import struct
import sys

server = socket.create_server((sys.argv[1], 0), backlog=64)
address = server.getsockname()
held = []


def connect():
    client = socket.create_connection(address, source_address=("127.0.0.1", 0))
    accepted, _ = server.accept()
    held.append(accepted)
    return client, accepted


for _ in range(5):
    held.append(connect()[0])
for _ in range(3):
    client, _ = connect()
    client.sendall(b"data")
    client.close()
print(address[1], flush=True)
for line in sys.stdin:
    client, accepted = connect()
    print(client.getsockname()[1], flush=True)
    if not sys.stdin.readline():
        break
    held.remove(accepted)
    for end in (client, accepted):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        end.close()
    print("closed", flush=True)
