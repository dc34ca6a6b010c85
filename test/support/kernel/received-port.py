"""
A listener of a user, which a process of root has received from it unasked, and a child of its maker has as well; names and numbers, one pair a
line.
"""

import array
import os
import socket
import time

ours, theirs = socket.socketpair()
daemon = os.fork()
if daemon == 0:
    rights = theirs.recvmsg(1, socket.CMSG_SPACE(4))[1]
    theirs.send(b"x")
    time.sleep(600)
os.setuid(65534)
s = socket.create_server(("127.0.0.1", 0))
ours.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [s.fileno()]))])
ours.recv(1)
child = os.fork()
if child == 0:
    time.sleep(600)
print("port", s.getsockname()[1])
print("daemon", daemon)
print("child", child)
print("up", os.getpid(), flush=True)
os.wait()
