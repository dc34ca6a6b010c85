import type { Socket } from "../../sockets/types.ts";
import type { WatchedSocket } from "./batch.ts";
import { endsOf, isAlike, isConnection, isContinued, isRepeated, isSameRow, type Key, socketKey } from "./identity.ts";

/*
 * Finds the rows of two looks that are one socket. The kernel prints a table in the same order each time, but for what came and went:
 * so rows are compared where they stand, and only those that do not fit are looked for by what makes them one. Of 100,000 sockets
 * that stay this takes a third of what it takes to look all of them up.
 */

/** Work in steps, with pauses in which others can run. */
export type InSteps<Result> = Generator<undefined, Result, undefined>;

/** Takes a socket that was known, and the place of its row in the look after. */
export type OnPair = (known: WatchedSocket, at: number) => void;

/** Rows that have no other one. */
export interface Unmatched {
  /** Sockets before. */
  readonly gone: readonly WatchedSocket[];
  /** Places of rows in the look after. */
  readonly fresh: readonly number[];
  /** Those of `gone` in whose place is another one: with their inode, or with their ends. */
  readonly replaced: ReadonlySet<WatchedSocket>;
}

/** Sockets between two pauses. */
const STEP = 2048;

/** So many sockets that went, next to each other, are passed over. */
const AHEAD = 8;

/** Rows that stand in the same order in both looks. */
export function* matchInOrder(
  before: readonly WatchedSocket[],
  after: readonly WatchedSocket[],
  onPair: OnPair,
): InSteps<Unmatched> {
  const gone: WatchedSocket[] = [];
  const fresh: number[] = [];
  let next = 0;
  for (let at = 0; at < after.length; at++) {
    if (at % STEP === STEP - 1) yield;
    const place = placeOf(after[at]!, before, next);
    if (place === -1) {
      fresh.push(at);
      continue;
    }
    while (next < place) gone.push(before[next++]!);
    onPair(before[next++]!, at);
  }
  for (; next < before.length; next++) {
    if (next % STEP === 0) yield;
    gone.push(before[next]!);
  }
  return { gone, fresh, replaced: new Set() };
}

function placeOf(socket: Socket, before: readonly WatchedSocket[], next: number): number {
  const end = Math.min(next + AHEAD, before.length);
  for (let place = next; place < end; place++) if (isSameRow(before[place]!, socket)) return place;
  return -1;
}

/** Of the rest, rows with the same key, in whatever order. Rows that came twice are no sockets: their places are put into `repeated`. */
export function* matchByKey(
  { gone, fresh }: Unmatched,
  after: readonly WatchedSocket[],
  onPair: OnPair,
  repeated: Set<number>,
): InSteps<Unmatched> {
  const places = yield* byKey(fresh, (at) => after[at]!, repeated);
  for (const at of yield* comeTwice(after, fresh, places)) repeated.add(at);
  const known = yield* byKey(gone, (socket) => socket, undefined);
  const replaced = new Set<WatchedSocket>();
  const rest: number[] = [];
  let count = 0;
  for (const [key, at] of places) {
    if (++count % STEP === 0) yield;
    if (repeated.has(at)) continue;
    const socket = known.get(key);
    if (socket !== undefined && isContinued(socket, after[at]!)) {
      known.delete(key);
      onPair(socket, at);
    } else {
      if (socket !== undefined) replaced.add(socket);
      rest.push(at);
    }
  }
  return { gone: [...known.values()], fresh: rest, replaced };
}

/** Rows by key; those that look like another one have a number before it. `repeated` takes those that are another one. */
function* byKey<Row>(
  rows: readonly Row[],
  socketOf: (row: Row) => Socket,
  repeated: Set<Row> | undefined,
): InSteps<Map<Key, Row>> {
  const found = new Map<Key, Row>();
  const alike = new Map<Key, number>();
  for (let at = 0; at < rows.length; at++) {
    if (at % STEP === STEP - 1) yield;
    const row = rows[at]!;
    const socket = socketOf(row);
    if (isAlike(socket)) {
      // A queue of thousands: they are counted, not looked up one after the other.
      const key = socketKey(socket);
      const number = (alike.get(key) ?? 0) + 1;
      alike.set(key, number);
      found.set(nameOf(socket, number), row);
      continue;
    }
    const isSame = (other: Row): boolean => repeated !== undefined && isRepeated(socket, socketOf(other));
    const { key, other } = lookUp(socket, found, isSame);
    if (other === undefined) found.set(key, row);
    else repeated?.add(row);
  }
  return found;
}

/** Among rows that have the same key: the one that is the same, or the key that is free. */
function lookUp<Row>(
  socket: Socket,
  rows: ReadonlyMap<Key, Row>,
  isSame: (other: Row) => boolean,
): { readonly key: Key; readonly other: Row | undefined } {
  for (let number = 1; ; number++) {
    const key = nameOf(socket, number);
    const other = rows.get(key);
    if (other === undefined || isSame(other)) return { key, other };
  }
}

function nameOf(socket: Socket, number: number): Key {
  return number === 1 ? socketKey(socket) : `${number}# ${socketKey(socket)} ${endsOf(socket)}`;
}

/** Which of the fresh rows are those of sockets that another row stands for. */
function* comeTwice(
  after: readonly WatchedSocket[],
  fresh: readonly number[],
  places: ReadonlyMap<Key, number>,
): InSteps<number[]> {
  const twice: number[] = [];
  if (fresh.length === 0) return twice;
  // To make the key of a row without an inode takes a while.
  const ports = new Set(fresh.map((at) => (after[at]!.inode ? NONE : portsOf(after[at]!))));
  let next = 0;
  for (let at = 0; at < after.length; at++) {
    if (at % STEP === STEP - 1) yield;
    if (fresh[next] === at) {
      next++;
      continue;
    }
    const socket = after[at]!;
    if (!socket.inode && (isAlike(socket) || !ports.has(portsOf(socket)))) continue;
    const { other } = lookUp(socket, places, (place) => isRepeated(after[place]!, socket));
    if (other !== undefined) twice.push(other);
  }
  return twice;
}

const NONE = -1;

function portsOf(socket: Socket): number {
  return "remotePort" in socket ? socket.localPort * 0x1_0000 + socket.remotePort : 0;
}

/** Rows of one look, each socket once. */
export function* eachOnce(rows: readonly WatchedSocket[]): InSteps<WatchedSocket[]> {
  const repeated = new Set<WatchedSocket>();
  const found = yield* byKey(rows, (socket) => socket, repeated);
  return [...found.values()];
}

/** Of the rest, connections: one may get an inode when it is accepted, and lose it when its process closes it: its ends stay. */
export function* matchByEnds(
  { gone, fresh, ...before }: Unmatched,
  after: readonly WatchedSocket[],
  onPair: OnPair,
): InSteps<Unmatched> {
  const byEnds = new Map<string, WatchedSocket>();
  const continued = new Set<WatchedSocket>();
  const replaced = new Set(before.replaced);
  const rest: number[] = [];
  let count = 0;
  if (fresh.length > 0) {
    for (const socket of gone) {
      if (++count % STEP === 0) yield;
      if (isConnection(socket)) byEnds.set(endsOf(socket), socket);
    }
  }
  for (const at of fresh) {
    if (++count % STEP === 0) yield;
    const socket = after[at]!;
    const ends = byEnds.size > 0 && isConnection(socket) ? endsOf(socket) : undefined;
    const known = ends === undefined ? undefined : byEnds.get(ends);
    if (ends !== undefined && known !== undefined && isContinued(known, socket)) {
      byEnds.delete(ends);
      continued.add(known);
      onPair(known, at);
    } else {
      if (known !== undefined) replaced.add(known);
      rest.push(at);
    }
  }
  return { gone: gone.filter((socket) => !continued.has(socket)), fresh: rest, replaced };
}
