/**
 * Open and listening TCP sockets of both address families with the process that holds each: `npm run netstat`.
 * A dash stands where the owner cannot be known: no process holds the socket, or its descriptors may not be read.
 */
import { allProcesses, escapeText, isProcfsError, net, type TcpNetEntry } from "procnet";

/** Failures that cost one process or one file, not the whole list. */
function isExpected(error: unknown): boolean {
  return isProcfsError(error) && (error.code === "EACCES" || error.code === "ESRCH" || error.code === "ENOENT");
}

function tcpSockets(): TcpNetEntry[] {
  const sockets = net.tcp();
  try {
    return sockets.concat(net.tcp6());
  } catch (error) {
    if (!isExpected(error)) throw error;
    return sockets; // a kernel without IPv6
  }
}

/** `pid/program` by the inode of the socket, and how many processes kept their descriptors to themselves. */
function ownersByInode(wanted: ReadonlySet<number>): { owners: Map<number, string>; hidden: number } {
  const owners = new Map<number, string>();
  let hidden = 0;
  for (const process of allProcesses()) {
    try {
      let name: string | undefined;
      for (const { target } of process.fds()) {
        if (target.kind !== "socket" || !wanted.has(target.inode)) continue;
        name ??= `${process.pid}/${escapeText(process.comm())}`;
        owners.set(target.inode, name);
      }
    } catch (error) {
      if (!isExpected(error)) throw error;
      if (isProcfsError(error) && error.code === "EACCES") hidden++;
    }
  }
  return { owners, hidden };
}

function endpoint(address: string, port: number): string {
  const host = address.includes(":") ? `[${address}]` : address;
  return `${host}:${port === 0 ? "*" : port}`;
}

function line(local: string, remote: string, state: string, inode: string | number, owner: string): string {
  return `${local.padEnd(26)} ${remote.padEnd(26)} ${state.padEnd(12)} ${String(inode).padStart(10)} ${owner}\n`;
}

const sockets = tcpSockets();
const { owners, hidden } = ownersByInode(new Set(sockets.map((socket) => socket.inode).filter((inode) => inode !== 0)));

let text = line("Local address", "Remote address", "State", "Inode", "PID/Program");
for (const socket of sockets) {
  const local = endpoint(socket.localAddress, socket.localPort);
  const remote = endpoint(socket.remoteAddress, socket.remotePort);
  text += line(local, remote, socket.state, socket.inode, owners.get(socket.inode) ?? "-");
}
// A reader that has seen enough (`| head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
process.stdout.write(text);
if (hidden > 0) {
  process.stderr.write(
    `Not looked into for lack of rights: the descriptors of ${hidden} processes. Root sees all owners.\n`,
  );
}
