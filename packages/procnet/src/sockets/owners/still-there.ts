import { isInet } from "../../codes/socket-protocols.ts";
import type { Steps } from "../drive.ts";
import { type NamespaceSource, readTables, type TablePlan } from "../tables/read-tables.ts";
import type { Skipped, Socket, SocketProtocol } from "../types.ts";

/**
 * Which sockets are no longer in their tables: closed since they were read, so that no process could be found to hold them.
 * Reads those tables again that have one of them, whole; one that cannot be read proves nothing.
 */
export function* goneOnes(
  sources: readonly NamespaceSource[],
  sockets: readonly Socket[],
  ahead: boolean,
): Steps<ReadonlySet<number>> {
  const gone = new Set<number>();
  for (const source of sources) {
    const tables = new Map<SocketProtocol, Set<number>>();
    const listening = new Set<SocketProtocol>();
    for (const [at, socket] of sockets.entries()) {
      if (at % STEP === 0) yield;
      if (socket.namespace !== source.inode || !socket.inode) continue;
      const inodes = tables.get(socket.protocol);
      if (inodes === undefined) tables.set(socket.protocol, new Set([socket.inode]));
      else inodes.add(socket.inode);
      if (inodes === undefined && isListener(socket)) listening.add(socket.protocol);
      else if (!isListener(socket)) listening.delete(socket.protocol);
    }
    for (const [protocol, inodes] of tables) {
      const missing = yield* missingFrom(source, protocol, inodes, listening.has(protocol), ahead);
      for (const inode of missing) gone.add(inode);
    }
  }
  return gone;
}

/** Sockets looked at between two pauses. */
const STEP = 2048;

function isListener(socket: Socket): boolean {
  return "state" in socket && socket.state === "LISTEN";
}

/** With listeners alone, the head of a table of TCP is enough, where Linux itself prints it. */
function* missingFrom(
  source: NamespaceSource,
  protocol: SocketProtocol,
  inodes: Set<number>,
  areListeners: boolean,
  ahead: boolean,
): Steps<ReadonlySet<number>> {
  const skipped: Skipped[] = [];
  const plan: TablePlan = {
    protocols: [protocol],
    inet: isInet(protocol) ? { inode: inodes, ...(areListeners && { state: "LISTEN" }) } : undefined,
    unix: protocol === "unix" ? { inode: inodes } : undefined,
    keep: undefined,
    onIssue: () => {},
  };
  const missing = new Set(inodes);
  yield* readTables(source, plan, ahead, skipped, ({ inode }) => missing.delete(inode ?? 0));
  return skipped.length > 0 ? new Set() : missing;
}
