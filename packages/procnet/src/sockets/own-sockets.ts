import type { ProcFs } from "../proc/procfs.ts";
import { socketFds } from "../proc/socket-fds.ts";
import { runSync } from "./drive.ts";
import { planOf } from "./plan.ts";
import { readTables } from "./read-tables.ts";
import { currentSource } from "./sources.ts";
import type { Socket } from "./types.ts";

/** The sockets of this process. */
export interface OwnSockets {
  readonly sockets: Socket[];
  /** How many there are in each state; `UNCONNECTED` and so on for unix sockets. */
  readonly byState: ReadonlyMap<string, number>;
  /** How many there are to each peer, `address` and port; listeners and unconnected sockets have none. */
  readonly byPeer: ReadonlyMap<string, number>;
}

/** Sockets of this process in its own namespace, by the inodes of its descriptors. */
export function ownSocketsOf(procfs: ProcFs): OwnSockets {
  const self = procfs.self();
  const pairs = runSync(socketFds(`${procfs.root}/${self.pid}`, {}));
  const own = new Set(pairs.filter((_value, at) => at % 2 === 1));
  const sockets: Socket[] = [];
  const plan = {
    ...planOf({ protocols: "all", owners: false }, "ownSockets", procfs),
    inet: { inode: own },
    unix: { inode: own },
  };
  const take = (socket: Socket): void => {
    if (socket.inode !== undefined && own.has(socket.inode)) sockets.push(socket);
  };
  runSync(readTables(currentSource(procfs), plan, false, [], take));
  return { sockets, byState: counted(sockets.map(stateOf)), byPeer: counted(sockets.map(peerOf)) };
}

function stateOf(socket: Socket): string | undefined {
  return "state" in socket ? socket.state : undefined;
}

function peerOf(socket: Socket): string | undefined {
  if (!("remoteAddress" in socket) || socket.remotePort === 0) return undefined;
  const { remoteAddress: address, remotePort: port } = socket;
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

/** How often each word occurs, the most common first. */
function counted(words: readonly (string | undefined)[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) if (word !== undefined) counts.set(word, (counts.get(word) ?? 0) + 1);
  return new Map([...counts].sort((a, b) => b[1] - a[1]));
}
