import type { BaseProcFs } from "../host/procfs.ts";
import { type SocketFds, socketFds } from "../host/socket-fds.ts";
import { otherKinds } from "../host/unix-fd.ts";
import { runSync } from "./drive.ts";
import { fdsByInode } from "./owners/owner-index.ts";
import { planOf } from "./tables/plan.ts";
import { readTables } from "./tables/read-tables.ts";
import { markSuspect } from "./tables/socket.ts";
import { currentSource } from "./tables/sources.ts";
import { markSuspects } from "./tables/suspects.ts";
import type { Socket } from "./types.ts";

/** The sockets of this process. */
export interface OwnSockets {
  /** Among them rows of `unix` that may be forged, which are `suspect`: of rows with one inode one is counted. */
  readonly sockets: Socket[];
  /** How many there are in each state; `UNCONNECTED` and so on for unix sockets. */
  readonly byState: ReadonlyMap<string, number>;
  /** How many there are to each peer, `address` and port; listeners and unconnected sockets have none. */
  readonly byPeer: ReadonlyMap<string, number>;
}

/** Sockets of this process in its own namespace, by the inodes of its descriptors. */
export function ownSocketsOf(procfs: BaseProcFs): OwnSockets {
  const self = procfs.self();
  const directory = `${procfs.root}/${self.pid}`;
  const pairs = runSync(socketFds(directory, {}));
  const own = new Set(pairs.filter((_value, at) => at % 2 === 1));
  const sockets: Socket[] = [];
  const plan = {
    ...planOf({ protocol: "all", owners: false }, "ownSockets", procfs),
    inet: { inode: own },
    unix: { inode: own },
  };
  const take = (socket: Socket): void => {
    if (socket.inode !== undefined && own.has(socket.inode)) sockets.push(socket);
  };
  runSync(readTables(currentSource(procfs), plan, false, [], take));
  runSync(markSuspects(sockets, undefined));
  const forged = markForged(sockets, pairs, directory);
  const counting = sockets.filter(isCountedOnce(sockets, forged));
  return { sockets, byState: counted(counting.map(stateOf)), byPeer: counted(counting.map(peerOf)) };
}

/** Marks rows of unix sockets whose inode is another kind of socket here; gives those inodes. */
function markForged(sockets: readonly Socket[], pairs: SocketFds, directory: string): Set<number> {
  const fds = fdsByInode(pairs);
  const unix = sockets.filter(({ protocol, suspect }) => protocol === "unix" && !suspect);
  const held = unix.map(({ inode }) => ({ inode: inode!, directory, fd: fds.get(inode!)![0]!, mayBeName: true }));
  const others = otherKinds(held);
  for (const socket of unix) if (others.has(socket.inode!)) markSuspect(socket);
  return others;
}

/** Of rows with the same inode, of which some may be forged, one counts; and none of a unix socket where there is another. */
function isCountedOnce(sockets: readonly Socket[], forged: ReadonlySet<number>): (socket: Socket) => boolean {
  const seen = new Set(forged);
  for (const { protocol, inode } of sockets) if (protocol !== "unix") seen.add(inode!);
  return ({ protocol, suspect, inode }) => {
    if (protocol !== "unix" || !suspect) return true;
    const isFirst = !seen.has(inode!);
    seen.add(inode!);
    return isFirst;
  };
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
