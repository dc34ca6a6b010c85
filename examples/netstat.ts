/**
 * Open and listening TCP sockets of both address families with the process that holds each: `npm run netstat`.
 * A dash stands where the owner cannot be known: no process holds the socket, or its descriptors may not be read.
 */
import { escapeText, type Socket, sockets, type TcpSocket } from "procnet";

function isTcp(socket: Socket): socket is TcpSocket {
  return socket.protocol === "tcp" || socket.protocol === "tcp6";
}

function endpoint(address: string, port: number): string {
  const host = address.includes(":") ? `[${address}]` : address;
  return `${host}:${port === 0 ? "*" : port}`;
}

/** The program of the first owner, and how many more there are. What other processes chose to be called is escaped. */
function program({ owners = [] }: TcpSocket): string {
  const [first, ...others] = owners;
  if (first === undefined) return "-";
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  return `${first.pid}/${escapeText(first.program)}${more}`;
}

function line(local: string, remote: string, state: string, inode: string | number, owner: string): string {
  return `${local.padEnd(26)} ${remote.padEnd(26)} ${state.padEnd(12)} ${String(inode).padStart(10)} ${owner}\n`;
}

const result = await sockets({ protocol: ["tcp", "tcp6"] });

let text = line("Local address", "Remote address", "State", "Inode", "PID/Program");
for (const socket of result.sockets.filter(isTcp)) {
  const local = endpoint(socket.localAddress, socket.localPort);
  const remote = endpoint(socket.remoteAddress, socket.remotePort);
  text += line(local, remote, socket.state, socket.inode, program(socket));
}
// A reader that has seen enough (`| head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
process.stdout.write(text);

const hidden = result.sockets.filter((socket) => socket.ownerless === "no-permission").length;
if (hidden > 0) {
  const which = hidden === 1 ? "owner of 1 socket is" : `owners of ${hidden} sockets are`;
  const who = "processes that this user may not look into, or the kernel itself";
  process.stderr.write(`The ${which} not known: ${who}. Root with CAP_SYS_PTRACE may see more.\n`);
}
