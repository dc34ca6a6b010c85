"""
Packet sockets with every option, ring, group, membership and filter that a socket can have.

Prints a line of JSON when everything stands: of each socket its inode, what was set and what getsockopt(2) says of it; then waits until its
input ends. Run by packet.ts, in a network namespace of its own.
"""

import ctypes
import json
import os
import platform
import socket
import struct
import sys

SOL_SOCKET, SO_ATTACH_FILTER, SO_ATTACH_BPF, SOL_PACKET = 1, 26, 50, 263
ADD_MEMBERSHIP, RX_RING, COPY_THRESH, AUXDATA, ORIGDEV, VERSION = 1, 5, 7, 8, 9, 10
RESERVE, TX_RING, LOSS, VNET_HDR, TIMESTAMP, FANOUT = 12, 13, 14, 15, 17, 18
SAID = {
    "copyThreshold": COPY_THRESH,
    "auxdata": AUXDATA,
    "origdev": ORIGDEV,
    "version": VERSION,
    "reserve": RESERVE,
    "loss": LOSS,
    "vnethdr": VNET_HDR,
    "timestamp": TIMESTAMP,
    "fanout": FANOUT,
}
LO = socket.if_nametoindex("lo")
BPF_CALL = {"x86_64": 321, "aarch64": 280}

kept, sockets, missed = {}, {}, {}


def packet(name, kind=socket.SOCK_RAW, protocol=3, bound=True):
    """A socket that gets packets of the loopback interface, or of all."""
    one = kept[name] = socket.socket(socket.AF_PACKET, kind, 0)
    if bound:
        one.bind(("lo", protocol))
    sockets[name] = {"inode": os.fstat(one.fileno()).st_ino}
    return one


def put(one, option, form, *values):
    one.setsockopt(SOL_PACKET, option, struct.pack(form, *values))


def options():
    packet("idle", bound=False)
    put(packet("idle-auxdata", bound=False), AUXDATA, "i", 1)
    every = packet("options", socket.SOCK_DGRAM)
    for option in (AUXDATA, ORIGDEV, LOSS):
        put(every, option, "i", 1)
    put(every, RESERVE, "I", 48)
    put(every, TIMESTAMP, "i", 0x50)  # SOF_TIMESTAMPING_RAW_HARDWARE, SOF_TIMESTAMPING_SOFTWARE
    put(every, COPY_THRESH, "i", 4711)
    put(packet("vnethdr"), VNET_HDR, "i", 1)
    put(packet("below", protocol=0x0806), COPY_THRESH, "i", -1)
    os.fchown(packet("nobody", socket.SOCK_DGRAM).fileno(), 65534, -1)


def rings():
    for version in (0, 1):
        one = packet("rings-%d" % version)
        put(one, VERSION, "i", version)
        for option in (LOSS, ORIGDEV):
            put(one, option, "i", 1)
        put(one, RX_RING, "IIII", 4096, 4, 2048, 8)
        put(one, TX_RING, "IIII", 16384, 2, 1024, 32)
        sockets["rings-%d" % version].update(rx=[4096, 4, 2048, 8, 0, 0, 0], tx=[16384, 2, 1024, 32, 0, 0, 0])
    third = packet("rings-2", socket.SOCK_DGRAM)
    put(third, VERSION, "i", 2)
    put(third, RESERVE, "I", 16)
    put(third, RX_RING, "IIIIIII", 65536, 2, 4096, 32, 123, 64, 1)
    sockets["rings-2"]["rx"] = [65536, 2, 4096, 32, 123, 64, 1]
    sending = packet("sending")
    put(sending, VERSION, "i", 2)
    put(sending, TX_RING, "IIIIIII", 4096, 1, 2048, 2, 0, 0, 0)
    sockets["sending"]["tx"] = [4096, 1, 2048, 2, 0, 0, 0]


def groups():
    for kind, flags in enumerate((0x80, 0, 0x10, 0, 0x40, 0x90, 0, 0)):
        for member in range(2):
            one = packet("fanout-%d-%d" % (kind, member))
            try:
                put(one, FANOUT, "I", 65000 + kind | kind << 16 | flags << 24)
            except OSError as error:
                missed["fanout-%d" % kind] = str(error)
    put(packet("fanout-unique"), FANOUT, "I", 0x20 << 24)


def memberships():
    one = packet("memberships")
    group, other = bytes.fromhex("01005e0000fb"), bytes.fromhex("02000000beef")
    asked = [(0, group), (0, group), (1, b""), (1, bytes.fromhex("abcdef")), (2, b""), (3, other), (0, bytes(6))]
    for kind, address in asked:
        put(one, ADD_MEMBERSHIP, "iHH8s", LO, kind, len(address), address)
    # The last that was asked for is the first.
    told = [(0, bytes(6), 1), (3, other, 1), (2, b"", 1), (1, bytes.fromhex("abcdef"), 1), (1, b"", 1), (0, group, 2)]
    sockets["memberships"]["memberships"] = [[LO, count, kind, address.hex(":")] for kind, address, count in told]


def filters():
    for name, program in (
        ("filter-all", [(6, 0, 0, 0xFFFFFFFF)]),
        ("filter", [(0x28, 0, 0, 12), (0x15, 0, 3, 0x800), (0x30, 0, 0, 23), (0x15, 255, 254, 17)] + [(6, 0, 0, 0)] * 400),
    ):
        attach(packet(name), program)
        sockets[name]["filter"] = program
    # mov r0, 0; exit: a program of eBPF that lets nothing through.
    code = ctypes.create_string_buffer(struct.pack("<BBhi", 0xB7, 0, 0, 0) + struct.pack("<BBhi", 0x95, 0, 0, 0), 16)
    text = ctypes.create_string_buffer(b"GPL")
    given = struct.pack("IIQQIIQI", 1, 2, ctypes.addressof(code), ctypes.addressof(text), 0, 0, 0, 0)
    libc = ctypes.CDLL(None, use_errno=True)
    fd = libc.syscall(BPF_CALL.get(platform.machine(), -1), 5, ctypes.create_string_buffer(given), len(given))
    if fd < 0:
        missed["ebpf"] = os.strerror(ctypes.get_errno())
    else:
        packet("filter-ebpf").setsockopt(SOL_SOCKET, SO_ATTACH_BPF, fd)


def attach(one, program):
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *line) for line in program))
    one.setsockopt(SOL_SOCKET, SO_ATTACH_FILTER, struct.pack("HL", len(program), ctypes.addressof(code)))


def too_long():
    """More than the kernel has room for in an answer: it ends there."""
    attach(packet("filter-longest"), [(6, 0, 0, 0)] * 4096)
    one = packet("memberships-most")
    for number in range(900):
        put(one, ADD_MEMBERSHIP, "iHH8s", LO, 0, 6, struct.pack(">HI", 0x0100, number))
    packet("behind")


options()
rings()
groups()
memberships()
filters()
if "too-long" in sys.argv:
    too_long()
for name, one in kept.items():
    said = sockets[name]["said"] = {}
    for word, option in SAID.items():
        try:
            said[word] = one.getsockopt(SOL_PACKET, option)
        except OSError:
            pass  # an older kernel, which sets it and does not say it
print(json.dumps({"pid": os.getpid(), "sockets": sockets, "missed": missed}), flush=True)
sys.stdin.read()
