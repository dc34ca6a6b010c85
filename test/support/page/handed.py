"""Opens a port of loopback, and becomes another program that has it as its third descriptor.

Usage: handed.py PORT PROGRAM WORDS...
"""

import os
import socket
import sys

listener = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
if listener.fileno() != 3:
    os.dup2(listener.fileno(), 3)
os.set_inheritable(3, True)
os.execvp(sys.argv[2], sys.argv[2:])
