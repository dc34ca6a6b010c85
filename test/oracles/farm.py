"""
Processes with very many descriptors: so many sockets each, every one of which is held so many times.

Prints a line when all is there. All processes end with the input of the first one.
"""

import os
import resource
import socket
import sys

processes, sockets, times = map(int, sys.argv[1:])
resource.setrlimit(resource.RLIMIT_NOFILE, (sockets * times + 64,) * 2)
life, lifeline = os.pipe()
for _ in range(processes):
    ready, tell = os.pipe()
    if os.fork() == 0:
        os.close(lifeline)
        kept = []
        for _ in range(sockets):
            sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            sock.bind(("127.0.0.1", 0))
            kept.append(sock)
            for _ in range(times - 1):
                os.dup(sock.fileno())
        os.write(tell, b"x")
        os.read(life, 1)
        os._exit(0)
    os.close(tell)
    if os.read(ready, 1) != b"x":
        sys.exit("a process could not be filled")
    os.close(ready)
print("ready", flush=True)
sys.stdin.read()
