"""For each line of input: milliseconds and sockets of one psutil.net_connections("tcp")."""
import sys
import time

import psutil

for _ in sys.stdin:
    start = time.perf_counter()
    found = psutil.net_connections("tcp")
    elapsed = time.perf_counter() - start
    print(f"{elapsed * 1e3:.3f} {len(found)}", flush=True)
