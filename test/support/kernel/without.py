"""Runs a program without a part of the kernel: without.py netlink|sock_diag|send|bpf PROGRAM ARGUMENTS...

A filter of system calls (seccomp) says no, as a container's profile or a kernel without the option does.
"""

import ctypes, os, platform, struct, sys

LOAD, JUMP_EQUAL, RETURN = 0x20, 0x15, 0x06  # BPF_LD|BPF_W|BPF_ABS, BPF_JMP|BPF_JEQ|BPF_K, BPF_RET|BPF_K
ALLOW, ERRNO = 0x7FFF0000, 0x00050000
NUMBER, FIRST, THIRD = 0, 16, 32  # struct seccomp_data: nr, args[0], args[2]
SOCKET, SENDTO, BPF = {"x86_64": (41, 44, 321), "aarch64": (198, 206, 280)}[platform.machine()]
EPERM, EPROTONOSUPPORT, EAFNOSUPPORT = 1, 93, 97
AF_NETLINK, NETLINK_SOCK_DIAG = 16, 4

# What each of these words must be for the call to be refused, and with which error.
REFUSED = {
    "netlink": ([(NUMBER, SOCKET), (FIRST, AF_NETLINK)], EAFNOSUPPORT),
    "sock_diag": ([(NUMBER, SOCKET), (FIRST, AF_NETLINK), (THIRD, NETLINK_SOCK_DIAG)], EPROTONOSUPPORT),
    "send": ([(NUMBER, SENDTO)], EPERM),
    "bpf": ([(NUMBER, BPF)], EPERM),
}

words, error = REFUSED[sys.argv[1]]
program = b""
for at, (offset, value) in enumerate(words):
    program += struct.pack("HBBI", LOAD, 0, 0, offset)
    program += struct.pack("HBBI", JUMP_EQUAL, 0, 2 * (len(words) - at - 1) + 1, value)
program += struct.pack("HBBI", RETURN, 0, 0, ERRNO | error) + struct.pack("HBBI", RETURN, 0, 0, ALLOW)

libc = ctypes.CDLL(None, use_errno=True)
text = ctypes.create_string_buffer(program, len(program))


class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


filter = Program(len(program) // 8, ctypes.addressof(text))
if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, ctypes.byref(filter)):  # PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP
    raise OSError(ctypes.get_errno(), "seccomp")
os.execvp(sys.argv[2], sys.argv[2:])
