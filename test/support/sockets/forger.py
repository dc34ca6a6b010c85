"""
Two parts of a process that forges rows of /proc/net/unix, each until its input ends:

    forger.py hold             holds sockets of many kinds, and prints their inodes by kind
    forger.py abstract INODES  binds an abstract name for each inode that holds a whole row with it; prints "ready"
    forger.py path INODES      the same with names of files
"""

import json
import os
import socket
import sys
import tempfile

ROW = "0000000000000000: 00000002 00000000 00010000 0001 01 %s "


def hold():
    held = {
        "listener": socket.create_server(("127.0.0.1", 0)),
        "closed": socket.socket(socket.AF_INET),  # neither bound nor connected: in no table
        "datagram": socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
        "netlink": socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0),
        "unix": socket.socket(socket.AF_UNIX),
    }
    held["unix"].bind("\0held-%d" % os.getpid())
    held["unix"].listen()
    print(json.dumps({kind: os.fstat(one.fileno()).st_ino for kind, one in held.items()}), flush=True)
    sys.stdin.read()


def forge(style, inodes):
    held = []
    with tempfile.TemporaryDirectory(prefix="f", dir="/tmp") as directory:
        os.chdir(directory)
        for inode in inodes:
            held.append(socket.socket(socket.AF_UNIX))
            if style == "path":  # no slash is needed
                held[-1].bind("x\n" + ROW % inode + "@forged\n" + inode)
            else:
                held[-1].bind(("\0%s\n" % inode) + ROW % inode + "/run/docker.sock")
        print('"ready"', flush=True)
        sys.stdin.read()


hold() if sys.argv[1] == "hold" else forge(sys.argv[1], sys.argv[2:])
