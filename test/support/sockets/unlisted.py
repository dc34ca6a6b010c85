"""Becomes another program that holds a TCP socket without a port, which is in no table; says its inode first."""
import os
import socket
import sys

held = socket.socket()
held.set_inheritable(True)
print(os.fstat(held.fileno()).st_ino, flush=True)
os.execv(sys.argv[1], sys.argv[1:])
