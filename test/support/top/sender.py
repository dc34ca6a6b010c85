"""Sends to a port of this machine at a steady pace, and writes what it has sent: bytes and seconds, a line for each time it is asked."""
import socket, sys, threading, time

port, size, pause = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
listener = socket.create_server(("127.0.0.1", port))
sender = socket.create_connection(("127.0.0.1", port))
receiver, _ = listener.accept()


def receive():
    while receiver.recv(1 << 20):
        pass


threading.Thread(target=receive, daemon=True).start()
sent = 0


def send():
    global sent
    begin = time.monotonic()
    for times in range(1 << 30):
        sender.sendall(bytes(size))
        sent += size
        time.sleep(max(0, begin + (times + 1) * pause - time.monotonic()))


threading.Thread(target=send, daemon=True).start()
print("sends", flush=True)
for _ in sys.stdin:
    print(sent, time.monotonic(), flush=True)
