"""Network namespaces, as many as are asked for, in each of which a process listens on a port: for programs that look at all of them."""
import ctypes, os, socket, sys

CLONE_NEWNET, PR_SET_PDEATHSIG, SIGKILL = 0x40000000, 1, 9
libc = ctypes.CDLL(None, use_errno=True)
count, port = int(sys.argv[1]), int(sys.argv[2])
for _ in range(count):
    tells, told = os.pipe()
    if os.fork() == 0:
        libc.prctl(PR_SET_PDEATHSIG, SIGKILL)
        if libc.unshare(CLONE_NEWNET) != 0:
            os._exit(1)
        listener = socket.create_server(("", port))
        os.write(told, b"r")
        os.close(told)
        sys.stdin.read()
        os._exit(0)
    os.close(told)
    assert os.read(tells, 1) == b"r"
    os.close(tells)
print("ready", flush=True)
sys.stdin.read()
