import { TcpTimer } from "../../codes/tcp-state.ts";
import type { Socket } from "../../sockets/types.ts";
import {
  type ChangedSocket,
  HELD_BY_NOBODY,
  type SocketChanges,
  type WatchedSocket,
  type WatchField,
} from "./batch.ts";
import { addTo, endsOf, isContinued, type Key, type Look } from "./identity.ts";

/** What {@link difference} is asked; all optional. */
export interface DifferenceOptions {
  /** Whether changes of queues, retransmissions and losses are told too: false by default, as busy connections always change. */
  readonly queues?: boolean;
  /** Says of a socket seen before whether its table could not be read this time: it stays as it was. */
  readonly isUnread?: (socket: Socket) => boolean;
}

/** What is different, and all sockets as they are known now. */
export interface Difference extends SocketChanges {
  /** To compare the next look with: those after, with the owners known last. */
  readonly sockets: readonly WatchedSocket[];
}

/**
 * What is different between two looks at sockets. A socket is known by its inode, one without an inode by its namespace, table and
 * both ends. A connection whose process has closed it, and its row in `TIME_WAIT`, keep the owners known last.
 *
 * @example
 * ```ts
 * import { sockets } from "procnet";
 * import { difference } from "procnet/live";
 * const before = await sockets({ protocol: "tcp" });
 * const after = await sockets({ protocol: "tcp" });
 * const { opened, closed } = difference(before.sockets, after.sockets);
 * console.log(opened.length, closed.length);
 * ```
 */
export function difference(
  before: readonly WatchedSocket[],
  after: readonly Socket[],
  options: DifferenceOptions = {},
): Difference {
  const steps = differenceInSteps(atOnce(lookInSteps(before)), atOnce(lookInSteps(after)), options);
  const { look, ...changes } = atOnce(steps);
  return { ...changes, sockets: [...look.values()] };
}

function atOnce<Result>(steps: Generator<undefined, Result, undefined>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Sockets between two pauses. */
const STEP = 2048;

/** Sockets by what makes them one. */
export function* lookInSteps(sockets: readonly WatchedSocket[]): Generator<undefined, Look, undefined> {
  const look: Look = new Map();
  for (let at = 0; at < sockets.length; at++) {
    if (at % STEP === STEP - 1) yield;
    addTo(look, sockets[at]!);
  }
  return look;
}

/** A difference under way. */
interface Found {
  readonly opened: WatchedSocket[];
  readonly closed: WatchedSocket[];
  readonly changed: ChangedSocket[];
  readonly traces: WatchedSocket[];
}

/** The same in steps. `after` becomes the look to compare with next time, and is given back as `look`. */
export function* differenceInSteps(
  before: Look,
  after: Look,
  options: DifferenceOptions,
): Generator<undefined, SocketChanges & { readonly look: Look }, undefined> {
  const found: Found = { opened: [], closed: [], changed: [], traces: [] };
  const fresh: Key[] = [];
  const replaced: WatchedSocket[] = [];
  let met = 0;
  let count = 0;
  for (const [key, socket] of after) {
    if (++count % STEP === 0) yield;
    const known = before.get(key);
    if (known === undefined) {
      fresh.push(key);
      continue;
    }
    met++;
    if (isContinued(known, socket)) tellChange(found, after, key, known, socket, options.queues === true);
    else {
      fresh.push(key);
      replaced.push(known);
    }
  }
  const vanished = met === before.size ? replaced : yield* vanishedFrom(before, after, replaced, options.isUnread);
  yield* pairUp(found, after, fresh, vanished, options.queues === true);
  return { ...found, look: after };
}

/** Sockets that have no row under their key any more. Those of tables that were not read are put into the look again. */
function* vanishedFrom(
  before: Look,
  after: Look,
  replaced: readonly WatchedSocket[],
  isUnread: DifferenceOptions["isUnread"],
): Generator<undefined, WatchedSocket[], undefined> {
  const vanished = [...replaced];
  let count = 0;
  for (const [key, socket] of before) {
    if (++count % STEP === 0) yield;
    if (after.has(key)) continue;
    if (isUnread?.(socket)) after.set(key, socket);
    else vanished.push(socket);
  }
  return vanished;
}

/** A connection may get an inode when it is accepted, and lose it when its process closes it: its ends stay. */
function* pairUp(
  found: Found,
  look: Look,
  fresh: readonly Key[],
  vanished: readonly WatchedSocket[],
  queues: boolean,
): Generator<undefined, void, undefined> {
  const byEnds = new Map<string, WatchedSocket>();
  let count = 0;
  if (fresh.length > 0) {
    for (const socket of vanished) {
      if (++count % STEP === 0) yield;
      if (isConnection(socket)) byEnds.set(endsOf(socket), socket);
    }
  }
  const continued = new Set<WatchedSocket>();
  for (const key of fresh) {
    if (++count % STEP === 0) yield;
    const socket = look.get(key)!;
    const ends = byEnds.size > 0 && isConnection(socket) ? endsOf(socket) : undefined;
    const known = ends === undefined ? undefined : byEnds.get(ends);
    if (ends !== undefined && known !== undefined && isContinued(known, socket)) {
      byEnds.delete(ends);
      continued.add(known);
      tellChange(found, look, key, known, socket, queues);
    } else if (isTrace(socket)) found.traces.push(socket);
    else found.opened.push(socket);
  }
  for (const socket of vanished) if (!continued.has(socket)) found.closed.push(socket);
}

function isConnection(socket: Socket): socket is Extract<Socket, { readonly protocol: "tcp" | "tcp6" }> {
  return socket.protocol === "tcp" || socket.protocol === "tcp6";
}

/** Whether only what the kernel keeps for late segments is left: in `TIME_WAIT`, or in `FIN_WAIT2` with the same timer. */
function isTrace(socket: Socket): boolean {
  return isConnection(socket) && socket.inode === 0 && socket.timer === TcpTimer.TIME_WAIT;
}

function tellChange(
  { changed }: Found,
  look: Look,
  key: Key,
  before: WatchedSocket,
  row: WatchedSocket,
  queues: boolean,
): void {
  const after = withOwnersKnown(before, row);
  if (after !== row) look.set(key, after); // a key that is there already: who goes through the look sees it once
  const fields = fieldsChanged(before, after, queues);
  if (fields !== undefined) changed.push({ before, after, fields });
}

/** A socket that nobody is seen to hold keeps the owners known last. */
function withOwnersKnown(before: WatchedSocket, after: WatchedSocket): WatchedSocket {
  if (after.owners?.length !== 0 || before.owners === undefined || before.owners.length === 0) return after;
  return { ...after, owners: before.owners, ownersWere: true };
}

/** Columns that say what a socket is and does, of any table. */
const USUAL = ["state", "listening", "inode", "localAddress", "remoteAddress", "remotePort", "path"] as const;
const QUEUES = ["rxQueue", "txQueue", "rmem", "wmem", "retransmits", "drops"] as const;

type Columns = Readonly<Partial<Record<WatchField, unknown>>>;

function fieldsChanged(before: WatchedSocket, after: WatchedSocket, queues: boolean): WatchField[] | undefined {
  const isHeldAsBefore = isSameHolders(before, after);
  if (isConnection(before) && isConnection(after) && !queues && isHeldAsBefore) {
    // The ends of a connection are what it is known by.
    if (before.state === after.state && before.inode === after.inode) return undefined;
  }
  const fields: WatchField[] = [];
  const one: Columns = before;
  const other: Columns = after;
  for (const name of USUAL) if (one[name] !== other[name]) fields.push(name);
  if (queues) for (const name of QUEUES) if (one[name] !== other[name]) fields.push(name);
  if (!isHeldAsBefore) fields.push("owners");
  return fields.length === 0 ? undefined : fields;
}

const NOBODY: readonly [] = [];

/** Who holds it now; where that could not be seen, who held it last. */
function holdersOf({ owners, ownersWere, ownerless }: WatchedSocket): WatchedSocket["owners"] {
  return ownersWere && HELD_BY_NOBODY.has(ownerless) ? NOBODY : owners;
}

function isSameHolders(before: WatchedSocket, after: WatchedSocket): boolean {
  const one = holdersOf(before);
  const other = holdersOf(after);
  if (one === other) return true;
  if (one === undefined || other === undefined || one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) {
    const owner = one[at]!;
    const now = other[at]!;
    if (owner.pid !== now.pid || owner.startTime !== now.startTime || owner.program !== now.program) return false;
  }
  return true;
}
