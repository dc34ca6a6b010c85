import type { SocketOwner } from "../../sockets/types.ts";
import type { SocketDigest } from "../digest.ts";
import type { Sample } from "../sample.ts";
import { isUnjudged, type Unjudged, unjudged } from "./unjudged.ts";
import type { Delta, SocketTable, Window } from "./window.ts";

/** A socket that can lose something. */
interface LosingSocket {
  readonly protocol: string;
  readonly inode?: number | undefined;
  readonly drops?: number | undefined;
  readonly owners: readonly SocketOwner[] | undefined;
}

/** What one socket lost in a window. */
export interface Lost<Socket> {
  readonly socket: Socket;
  readonly delta: Delta;
}

/** What sockets lost, the one that lost most first, and of which it is not known. */
export interface Losses<Socket> {
  /** The looks between which it was lost. */
  readonly between: readonly [first: Sample, last: Sample];
  readonly lost: readonly Lost<Socket>[];
  readonly untold: readonly Unjudged[];
}

type Look = Sample & { readonly sockets: SocketDigest };

/**
 * What sockets lost between the first and the last look at sockets, which not every sample has. The digest leaves sockets out that
 * have lost nothing: one that was not there at the first look lost all it has lost since.
 */
export function lossesOf<Socket extends LosingSocket>(
  window: Window,
  table: SocketTable,
  rowsOf: (digest: SocketDigest) => readonly Socket[],
  nameOf: (socket: Socket) => string,
): Losses<Socket> | Unjudged {
  if (!window.isOne) return unjudged("reset", "sockets of two namespaces or two boots cannot be compared");
  const all = window.samples.filter((sample): sample is Look => sample.sockets !== undefined);
  const known = window.sockets(table, all.at(-1));
  if (isUnjudged(known)) return known;
  const last = all.at(-1)!;
  // Of a look that could not read a table nothing is known: its sockets would seem to have lost all since.
  const [first] = all.filter((look) => unread(look, table) === unread(last, table));
  if (first === undefined || first === last)
    return unjudged("first-sample", "sockets were looked at once: that does not tell what they lost since");
  // By inode: its address changes when a socket is connected. The kernel's own sockets have none.
  const keyOf = (socket: Socket) => `${socket.protocol} ${socket.inode || nameOf(socket)}`;
  const before = new Map(rowsOf(first.sockets).map((socket) => [keyOf(socket), socket.drops ?? 0]));
  const seconds = (last.at - first.at) / 1000;
  const lost: Lost<Socket>[] = [];
  const untold: Unjudged[] = [];
  for (const socket of rowsOf(last.sockets)) {
    const value = socket.drops ?? 0;
    const was = before.get(keyOf(socket)) ?? 0;
    if (value === was) continue;
    if (value < was) {
      untold.push(unjudged("reset", `the drops of ${nameOf(socket)} began anew within the window`));
      continue;
    }
    const delta = value - was;
    const evidence = { name: `drops of ${nameOf(socket)}`, file: `net/${socket.protocol}`, value, before: was, delta };
    lost.push({ socket, delta: { ...evidence, perSecond: seconds > 0 ? delta / seconds : 0 } });
  }
  return {
    between: [first, last],
    lost: lost.sort((a, b) => b.delta.delta - a.delta.delta),
    untold: untold.slice(0, 1),
  };
}

/** Which of the tables of both families were not read. */
function unread({ missing }: Sample, table: string): string {
  return [table, `${table}6`].filter((name) => missing.some(({ what }) => what === name)).join();
}
