"""Holds connections, runs a full-screen program on a terminal of its own beside them, presses keys, and measures. It is to be alone in a
pid namespace and a network namespace. Usage: terminal.py PAIRS COLUMNS ROWS SECONDS COMMAND...

Prints one JSON object: milliseconds until rows are shown, from each key to the frame that answers it, the share of a core and the bytes of
a frame while nothing is pressed, and memory.
"""

import fcntl
import json
import os
import pty
import re
import select
import signal
import socket
import struct
import subprocess
import sys
import termios
import time

PER_PROCESS = 9000
pairs, columns, rows, seconds = (int(arg) for arg in sys.argv[1:5])
command = sys.argv[5:]
END_OF_FRAME = b"\x1b[?2026l"
ROWS_SHOWN = re.compile(rb"\d+-[\d,]+ of [\d,]+")


def hold(number, count, ready):
    """Both ends of so many connections."""
    listener = socket.socket()
    listener.bind((f"127.0.{number}.1", 5432))
    listener.listen(4096)
    held = [listener]
    for _ in range(count):
        held.append(socket.create_connection(listener.getsockname()))
        held.append(listener.accept()[0])
    os.write(ready, b"x")
    signal.pause()


subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
readable, writable = os.pipe()
shares = [min(PER_PROCESS, pairs - begin) for begin in range(0, pairs, PER_PROCESS)]
for number, share in enumerate(shares, 1):
    if os.fork() == 0:
        hold(number, share, writable)
for _ in shares:
    os.read(readable, 1)

before_all = time.monotonic()
subprocess.run([command[0], "-e", "0"], check=True)
bare = (time.monotonic() - before_all) * 1000

began = time.monotonic()
pid, terminal = pty.fork()
if pid == 0:
    os.environ.update(TERM="xterm-256color", LANG="C.UTF-8", COLUMNS="", LINES="")
    os.execvp(command[0], command)
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
os.kill(pid, signal.SIGWINCH)


def read_until(is_done, longest=60):
    """What came until it is as wanted."""
    text = b""
    end = time.monotonic() + longest
    while not is_done(text):
        left = end - time.monotonic()
        if left <= 0 or not select.select([terminal], [], [], left)[0]:
            raise SystemExit(f"never came: {text[-2000:]!r}")
        text += os.read(terminal, 1 << 16)
    return text


def drain(duration):
    """What comes in so many seconds."""
    text = b""
    end = time.monotonic() + duration
    while (left := end - time.monotonic()) > 0:
        if select.select([terminal], [], [], left)[0]:
            text += os.read(terminal, 1 << 16)
    return text


def ticks():
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def memory():
    with open(f"/proc/{pid}/status") as file:
        return int(re.search(r"VmRSS:\s+(\d+)", file.read())[1]) / 1024


def press(key, answer):
    """Milliseconds until the frame that shows the answer is complete."""
    while select.select([terminal], [], [], 0)[0]:
        os.read(terminal, 1 << 16)
    at = time.monotonic()
    os.write(terminal, key)
    read_until(lambda text: answer in text and END_OF_FRAME in text[text.index(answer) :])
    return (time.monotonic() - at) * 1000


read_until(lambda text: ROWS_SHOWN.search(text) and text.rstrip().endswith(END_OF_FRAME))
first = (time.monotonic() - began) * 1000
drain(4)

MARK = "\u25b8".encode()
moves = []
for number in range(60):
    # At any time of a look, also while it is under way.
    drain(0.05 + (number * 37 % 60) / 1000)
    moves.append(press(b"\x1b[B" if number % 3 else b"\x1b[6~", MARK))
jumps = []
for _ in range(4):
    jumps.append(press(b"\x1b[F", MARK))
    jumps.append(press(b"\x1b[H", MARK))
views = []
for key, tab in (b"2", b"[2 "), (b"3", b"[3 "), (b"4", b"[4 "), (b"5", b"[5 "), (b"6", b"[6 "), (b"1", b"[1 "):
    drain(0.3)
    views.append(press(key, tab))
drain(1)
letters = [press(b"/", b"filter: ")]
for at, letter in enumerate(b"dport = :5432"):
    letters.append(press(bytes([letter]), bytes([letter]) if letter != 32 else b"\x1b[?25h"))
press(b"\x1b", b"of ")
drain(3)

before = ticks()
quiet = drain(seconds)
used = (ticks() - before) / os.sysconf("SC_CLK_TCK") / seconds
frames = quiet.count(END_OF_FRAME)
rss = memory()
os.write(terminal, b"q")
try:
    while os.read(terminal, 1 << 16):
        pass
except OSError:
    pass
_, status = os.waitpid(pid, 0)
# The first process of the namespace takes all others along.
print(
    json.dumps(
        {
            "bare": bare,
            "first": first,
            "moves": moves + jumps,
            "views": views,
            "letters": letters,
            "cpu": used,
            "bytes": len(quiet) / max(1, frames),
            "frames": frames,
            "rss": rss,
            "code": os.waitstatus_to_exitcode(status),
        }
    )
)
