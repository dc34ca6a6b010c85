import { TcpTimer } from "../../codes/tcp-state.ts";
import type { Socket, TcpSocket } from "../../sockets/types.ts";
import {
  type ChangedSocket,
  HELD_BY_NOBODY,
  QUEUE_FIELDS,
  type SocketChanges,
  type WatchedSocket,
  type WatchField,
} from "./batch.ts";
import { isConnection } from "./identity.ts";
import { eachOnce, type InSteps, matchByEnds, matchByKey, matchInOrder, type OnPair } from "./matching.ts";

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
  return atOnce(differenceInSteps(atOnce(eachOnce(before)), [...after], options));
}

function atOnce<Result>(steps: InSteps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** What a watch asks. */
export interface StepsOptions extends DifferenceOptions {
  /** Says of a socket that has no row any more whether it is likely there all the same: it stays as it was. */
  readonly isDoubtful?: (socket: WatchedSocket) => boolean;
}

/** A difference under way. */
interface Found {
  readonly opened: WatchedSocket[];
  readonly closed: WatchedSocket[];
  readonly changed: ChangedSocket[];
  readonly traces: WatchedSocket[];
}

/** The same in steps. `before` has each socket once; `after` is changed, and what is given back has it. */
export function* differenceInSteps(
  before: readonly WatchedSocket[],
  after: WatchedSocket[],
  options: StepsOptions,
): InSteps<Difference> {
  const found: Found = { opened: [], closed: [], changed: [], traces: [] };
  const queues = options.queues === true;
  const onPair: OnPair = (known, at) => {
    const row = after[at]!;
    const now = withOwnersKnown(known, row);
    if (now !== row) after[at] = now;
    const fields = fieldsChanged(known, now, queues);
    if (fields !== undefined) found.changed.push({ before: known, after: now, fields });
  };
  const out = yield* matchInOrder(before, after, onPair);
  if (out.gone.length + out.fresh.length === 0) return { ...found, sockets: after };
  const repeated = new Set<number>();
  const left = yield* matchByKey(out, after, onPair, repeated);
  const kept: WatchedSocket[] = [];
  const gone = yield* without(left.gone, kept, options.isUnread);
  const rest = yield* matchByEnds({ ...left, gone }, after, onPair);
  for (const at of rest.fresh) (isTrace(after[at]!) ? found.traces : found.opened).push(after[at]!);
  const { isDoubtful } = options;
  const isKept = isDoubtful && ((socket: WatchedSocket) => !rest.replaced.has(socket) && isDoubtful(socket));
  const closed = yield* without(rest.gone, kept, isKept);
  const rows = repeated.size === 0 ? after : after.filter((_, at) => !repeated.has(at));
  return { ...found, closed, sockets: kept.length === 0 ? rows : rows.concat(kept) };
}

/** Sockets between two pauses. */
const STEP = 2048;

/** The sockets of which this is not true; the others are put into `kept`. */
function* without(
  sockets: readonly WatchedSocket[],
  kept: WatchedSocket[],
  isKept: ((socket: WatchedSocket) => boolean) | undefined,
): InSteps<readonly WatchedSocket[]> {
  if (isKept === undefined) return sockets;
  const rest: WatchedSocket[] = [];
  for (let at = 0; at < sockets.length; at++) {
    if (at % STEP === STEP - 1) yield;
    const socket = sockets[at]!;
    (isKept(socket) ? kept : rest).push(socket);
  }
  return rest;
}

/** Whether only what the kernel keeps for late segments is left: in `TIME_WAIT`, or in `FIN_WAIT2` with the same timer. */
function isTrace(socket: Socket): boolean {
  return isConnection(socket) && socket.inode === 0 && socket.timer === TcpTimer.TIME_WAIT;
}

/** A socket that nobody is seen to hold keeps the owners known last. */
function withOwnersKnown(before: WatchedSocket, after: WatchedSocket): WatchedSocket {
  if (after.owners?.length !== 0 || before.owners === undefined || before.owners.length === 0) return after;
  return { ...after, owners: before.owners, ownersWere: true };
}

/** Columns that say what a socket is and does, of any table. */
const USUAL = ["state", "listening", "inode", "localAddress", "remoteAddress", "remotePort", "path"] as const;

type Columns = Readonly<Partial<Record<WatchField, unknown>>>;

function fieldsChanged(before: WatchedSocket, after: WatchedSocket, queues: boolean): WatchField[] | undefined {
  const isHeldAsBefore = isSameHolders(before, after);
  if (isConnection(before) && isConnection(after) && isHeldAsBefore) {
    // The ends of a connection are what it is known by.
    const isSame = before.state === after.state && before.inode === after.inode;
    if (isSame && (!queues || isSameQueues(before, after))) return undefined;
  }
  const fields: WatchField[] = [];
  const one: Columns = before;
  const other: Columns = after;
  for (const name of USUAL) if (one[name] !== other[name]) fields.push(name);
  if (queues) for (const name of QUEUE_FIELDS) if (one[name] !== other[name]) fields.push(name);
  if (!isHeldAsBefore) fields.push("owners");
  return fields.length === 0 ? undefined : fields;
}

function isSameQueues(before: TcpSocket, after: TcpSocket): boolean {
  const isAsLong = before.rxQueue === after.rxQueue && before.txQueue === after.txQueue;
  return isAsLong && before.retransmits === after.retransmits;
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
