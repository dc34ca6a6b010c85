import { spawnSync } from "node:child_process";
import type { Printed, Wrapper } from "../netstat/compare.ts";

/** Runs a program on a terminal of so many columns. What it prints comes without the carriage returns that a terminal adds. */
const SCRIPT = `
import fcntl, os, pty, struct, sys, termios
columns = int(sys.argv[1])
child, main = pty.fork()
if child == 0:
    sys.stdin.buffer.read(1)
    os.execvp(sys.argv[2], sys.argv[2:])
fcntl.ioctl(main, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
settings = termios.tcgetattr(main)
settings[3] &= ~termios.ECHO
termios.tcsetattr(main, termios.TCSANOW, settings)
os.write(main, b"x\\n")
text = b""
while True:
    try:
        part = os.read(main, 65536)
    except OSError:
        break
    if not part:
        break
    text += part
code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
sys.stdout.buffer.write(text.replace(b"\\r\\n", b"\\n"))
sys.exit(code)
`;

export function onTerminal(columns: number, [command, ...before]: Wrapper, program: readonly string[]): Printed {
  const words = ["-c", SCRIPT, String(columns), command, ...before, ...program];
  const { stdout, stderr, status } = spawnSync("python3", words, {
    encoding: "latin1",
    maxBuffer: 1 << 28,
    env: { ...process.env, LC_ALL: "C" },
  });
  return { out: stdout, err: stderr, code: status };
}
