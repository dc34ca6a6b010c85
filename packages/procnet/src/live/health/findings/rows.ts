import type { TcpSocket } from "../../../sockets/types.ts";
import type { SocketDigest } from "../../digest.ts";
import type { Evidence, Severity } from "../finding.ts";
import type { Draft } from "../spec.ts";
import type { ListenerSubject } from "../subject.ts";
import { isUnjudged, type Unjudged, unjudged } from "../unjudged.ts";
import type { SocketTable, Window } from "../window.ts";
import { endpointOf } from "../words.ts";

/** A sample in which sockets were looked at. */
export interface Look {
  readonly at: number;
  readonly sockets: SocketDigest;
}

/**
 * The looks at sockets of a window, ascending in time; or why there is none, where the last sample has none, as nothing of now is known
 * then. Of another namespace or boot they tell nothing.
 */
export function looksOf(window: Window, table: SocketTable): readonly Look[] | Unjudged {
  const now = window.sockets(table);
  if (isUnjudged(now)) return now;
  return window.comparable.flatMap(({ at, sockets }) => (sockets === undefined ? [] : [{ at, sockets }]));
}

/** A socket that is so now, and since when in every look before. */
export interface Stay {
  /** As it is now. */
  readonly socket: TcpSocket;
  /** As it was in each look of that time, the last one first. */
  readonly rows: readonly TcpSocket[];
  /** For how long it was seen to be so, milliseconds. */
  readonly milliseconds: number;
}

/**
 * Sockets of the last look that are so, with how long they have been: without a gap in the looks. Of earlier looks `isSo` is also given
 * the row of the one after.
 */
export function staysOf(
  looks: readonly Look[],
  rowsOf: (sockets: SocketDigest) => readonly TcpSocket[],
  isSo: (socket: TcpSocket, later?: TcpSocket) => boolean,
): Stay[] {
  const last = looks.at(-1);
  if (last === undefined) return [];
  return rowsOf(last.sockets)
    .filter((socket) => isSo(socket))
    .map((socket) => {
      const rows = [socket];
      let { at } = last;
      for (let i = looks.length - 2; i >= 0; i--) {
        const look = looks[i]!;
        const before = indexOf(rowsOf(look.sockets)).get(nameOf(socket));
        if (before === undefined || !isSo(before, rows.at(-1))) break;
        rows.push(before);
        at = look.at;
      }
      return { socket, rows, milliseconds: last.at - at };
    });
}

/** For how long all of them have been, milliseconds. */
export function shortest(stays: readonly Stay[]): number {
  return stays.reduce((least, { milliseconds }) => Math.min(least, milliseconds), Number.POSITIVE_INFINITY);
}

/** For how long one of them has been at the least, milliseconds. */
export function longest(stays: readonly Stay[]): number {
  return stays.reduce((most, { milliseconds }) => Math.max(most, milliseconds), 0);
}

/** Rows by what names a socket, made once for each look: a window of a minute is judged every second. */
const indexes = /* @__PURE__ */ new WeakMap<readonly TcpSocket[], ReadonlyMap<number | string, TcpSocket>>();

function indexOf(rows: readonly TcpSocket[]): ReadonlyMap<number | string, TcpSocket> {
  const known = indexes.get(rows);
  if (known !== undefined) return known;
  const made = new Map(rows.map((row) => [nameOf(row), row]));
  indexes.set(rows, made);
  return made;
}

/** The inode; where there is none (not accepted, or held by nobody) the two ends. */
function nameOf({ inode, localAddress, localPort, remoteAddress, remotePort }: TcpSocket): number | string {
  return inode === 0 ? `${localAddress} ${localPort} ${remoteAddress} ${remotePort}` : inode;
}

export const listenersIn = ({ listeners }: SocketDigest): readonly TcpSocket[] => listeners;
export const connectionsIn = ({ notable }: SocketDigest): readonly TcpSocket[] => notable;

/** Members by a key, in the order in which keys come up. */
export function groupsBy<Member, Key>(members: Iterable<Member>, keyOf: (member: Member) => Key): Map<Key, Member[]> {
  const groups = new Map<Key, Member[]>();
  for (const member of members) {
    const key = keyOf(member);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [member]);
    else group.push(member);
  }
  return groups;
}

export const localOf = ({ localAddress, localPort }: TcpSocket): string => endpointOf(localAddress, localPort);

export function listenerOf({ protocol, localAddress, localPort }: TcpSocket): ListenerSubject {
  return { kind: "listener", protocol, address: localAddress, port: localPort };
}

export function queueOf(listener: TcpSocket): Evidence {
  return { name: `rxQueue of ${localOf(listener)}`, file: `net/${listener.protocol}`, value: listener.rxQueue };
}

/** A number of sockets as evidence: they are in the tables of both families. */
export function socketCount(name: string, value: number): Evidence {
  return { name, file: "net/tcp, net/tcp6", value };
}

/** Seconds as words: `4.0 s`. */
export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

/**
 * What must hold for longer than the window has lasted, and has held all through it: not more than info, and where it would be no more
 * than that, not judged. Never as if it had held.
 */
export function ofShortWindow(draft: Draft, needs: string): Draft | Unjudged {
  const { severity, summary, subject } = draft;
  if (severity === "info") return unjudged("window-too-short", `${summary}; ${needs} are needed to tell`, subject);
  return { ...draft, severity: "info", summary: `${summary}; ${needs} are needed to tell whether it lasts` };
}

/** The lesser by one. */
export function milder(severity: Severity): Severity {
  return severity === "crit" ? "warn" : "info";
}
