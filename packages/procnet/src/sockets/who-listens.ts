import { escapeHidden } from "../bytes/escape-hidden.ts";
import { invalidArgument } from "../errors.ts";
import { seesAllProcesses } from "../host/visibility.ts";
import { checkSignal } from "../option-values.ts";
import { runAsync, runSync, type Steps } from "./drive.ts";
import type { Known } from "./known.ts";
import { searchFew } from "./owners/few.ts";
import type { OwnersFound } from "./owners/found.ts";
import { ownerlessReason, type Visibility, visibilityOf } from "./owners/ownerless.ts";
import { isInTimeWait, type PortQuestion, type PortRows, portRows } from "./port-sockets.ts";
import { PortSource } from "./port-source.ts";
import type { Listener, PortBlocker, PortSocket, WhoListens, WhoListensOptions } from "./port-types.ts";
import { sourceOf } from "./tables/plan.ts";
import type { DatagramSocket, OwnerlessReason, TcpSocket } from "./types.ts";

/** How often it is asked anew when a socket was closed, or seems to have no owner, while one looked. */
const ROUNDS = 3;

/** Sockets described between two pauses. */
const STEP = 1024;

export function whoListensOf(known: Known, port: number, options: WhoListensOptions): Promise<WhoListens> {
  check(port, options);
  const given = sourceOf(options.source, "whoListens", known.procfs);
  return runAsync(asked(known, port, options, given && new PortSource(given)), options.signal);
}

export function whoListensSyncOf(known: Known, port: number, options: WhoListensOptions): WhoListens {
  check(port, options);
  sourceOf(options.source, "whoListensSync", known.procfs);
  return runSync(steps(known, port, options, { ahead: false }));
}

/** How an answer is made. */
interface Way {
  /** Whether this is an asynchronous call. */
  readonly ahead: boolean;
  readonly source?: PortSource | undefined;
}

/** With a source to ask first. */
function* asked(
  known: Known,
  port: number,
  options: WhoListensOptions,
  source: PortSource | undefined,
): Steps<WhoListens> {
  try {
    yield* source?.begin(known.procfs, options.pid, options.signal) ?? [];
    const answer = yield* steps(known, port, options, { ahead: true, source });
    return { ...answer, ...source?.answered() };
  } finally {
    source?.close();
  }
}

function* steps(known: Known, port: number, options: WhoListensOptions, way: Way): Steps<WhoListens> {
  const { protocol = "tcp", pid, owners } = options;
  const question: PortQuestion = { port, protocol, pid, ...way };
  for (let round = 1; ; round++) {
    let rows = yield* portRows(known.procfs, question, owners !== "all");
    if (owners !== "all" && rows.listeners.length === 0) rows = yield* portRows(known.procfs, question, false);
    const seen = yield* search(known, rows, options, way);
    const answer = yield* answerOf(rows, seen, options, port);
    const missing = missingOf(answer);
    if (missing.length === 0) return answer;
    // Before a right is blamed, or the kernel: was it closed meanwhile?
    const again = yield* portRows(known.procfs, question, missing.every(isListener));
    const left = new Set([...again.listeners, ...again.others].map(({ inode }) => inode));
    const gone = new Set(missing.map(({ inode }) => inode).filter((inode) => !left.has(inode)));
    if (gone.size > 0 && round < ROUNDS) continue;
    if (gone.size > 0) return yield* answerOf(rows, { ...seen, gone }, options, port);
    // It was perhaps passed on while one looked, from a process not yet looked at to one that was.
    if (round > 1 || !missing.some(({ ownerless }) => ownerless === "exited" || owners === "all")) return answer;
  }
}

function check(port: number, { protocol = "tcp", owners, ignoreTimeWait, signal }: WhoListensOptions): void {
  if (!Number.isInteger(port) || port < 1 || port > 0xffff) {
    const isText = typeof port === "string" && Number.isInteger(Number(port)) && port !== "";
    const help = isText ? `: Number(${JSON.stringify(port)}) makes a number of the text` : "";
    throw invalidArgument(`whoListens: port must be a whole number from 1 to 65535, not ${shown(port)}${help}`);
  }
  if (protocol !== "tcp" && protocol !== "udp")
    throw invalidArgument(`whoListens: protocol must be "tcp" or "udp", not ${shown(protocol)}`);
  if (owners !== undefined && owners !== "first" && owners !== "all") {
    throw invalidArgument(`whoListens: owners must be "first" or "all", not ${shown(owners)}`);
  }
  checkSignal("whoListens: signal", signal);
  if (ignoreTimeWait !== undefined && typeof ignoreTimeWait !== "boolean") {
    throw invalidArgument(`whoListens: ignoreTimeWait must be true or false, not ${shown(ignoreTimeWait)}`);
  }
}

/** What a search for owners found, and what is known of how much of the host it could see. */
interface Seen extends OwnersFound {
  readonly visibility: Visibility;
  /** Whether processes refused that others, with more rights, may look at. */
  readonly refused: boolean;
  /** Inodes of sockets that are not in the tables any more. */
  readonly gone?: ReadonlySet<number>;
}

function* search(
  known: Known,
  { listeners, others }: PortRows,
  { owners, signal }: WhoListensOptions,
  { ahead, source }: Way,
): Steps<Seen> {
  const { procfs, holders, looks, told } = known;
  const sockets = [...listeners, ...others].filter(({ inode }) => inode !== 0);
  let found = source !== undefined && sockets.length > 0 ? yield* source.owners(told) : undefined;
  if (found === undefined && owners === "all" && sockets.length > 0) found = yield* looks.lookFromNow(ahead, signal);
  if (found !== undefined) {
    // As they are now: another call may look again while this answer is made.
    const { owners: ownersOf } = found;
    const known = new Map(sockets.map(({ inode }) => [inode, ownersOf(inode)]));
    found = { ...found, owners: (inode) => known.get(inode) };
  } else {
    const wanted = new Map(sockets.map(({ inode, uid }) => [inode, uid]));
    found = yield* searchFew(procfs, holders, wanted, owners === "first" ? "one" : "cheap");
  }
  const refused = found.unseen.denied && !seesAllProcesses(procfs.context);
  return { ...found, visibility: visibilityOf(procfs.context), refused };
}

function* answerOf(rows: PortRows, seen: Seen, options: WhoListensOptions, port: number): Steps<WhoListens> {
  const suspects = suspectsOf(rows);
  const base = (socket: TcpSocket | DatagramSocket): PortSocket => {
    const { protocol, localAddress, localPort, inode, uid } = socket;
    const owners = (inode === 0 ? undefined : seen.owners(inode)) ?? [];
    const ownerless = owners.length > 0 ? undefined : reasonOf(socket, seen);
    const mark = suspects.has(inode) ? { suspect: true as const } : undefined;
    return {
      protocol: protocol as PortSocket["protocol"],
      localAddress,
      localPort,
      inode,
      uid,
      owners,
      ownerless,
      ...mark,
    };
  };
  const listeners = rows.listeners.map((socket): Listener => {
    const waiting = socket.protocol.startsWith("tcp") ? socket.rxQueue : 0;
    return { ...base(socket), waiting, answersIpv4: answersIpv4(socket) };
  });
  const blockedBy: PortBlocker[] = [];
  for (const socket of [...rows.listeners, ...rows.others]) {
    if (options.ignoreTimeWait && isInTimeWait(socket)) continue;
    const { remoteAddress, remotePort, state } = socket;
    if (blockedBy.push({ ...base(socket), remoteAddress, remotePort, state }) % STEP === 0) yield;
  }
  const common = { port, bindable: blockedBy.length === 0, blockedBy };
  if (listeners.length === 0) return { kind: "free", ...common, complete: true, reasons: [], listeners: [] };

  const missing = listeners.flatMap(({ ownerless }) => ownerless ?? []);
  const unseen = unseenOf(seen);
  const isCut = seen.refused || unseen.includes("budget") || unseen.includes("hidepid");
  const complete = !isCut && missing.every((reason) => reason === "kernel");
  const reasons = [...new Set([...missing, ...unseen])];
  return { kind: missing.length === 0 ? "owned" : "unknown", ...common, complete, reasons, listeners };
}

/** Inodes that stand in rows of different sockets. */
function suspectsOf({ listeners, others }: PortRows): Set<number> {
  const places = new Map<number, string>();
  const suspects = new Set<number>();
  for (const { inode, localAddress, remoteAddress, remotePort } of [...listeners, ...others]) {
    if (inode === 0) continue;
    const place = `${localAddress} ${remoteAddress} ${remotePort}`;
    if ((places.get(inode) ?? place) !== place) suspects.add(inode);
    places.set(inode, place);
  }
  return suspects;
}

function reasonOf(socket: TcpSocket | DatagramSocket, seen: Seen): OwnerlessReason {
  return seen.gone?.has(socket.inode) ? "gone" : ownerlessReason(socket, seen.unseen, seen.visibility);
}

/** Why a further process may hold a socket, though one that does is known. */
function unseenOf({ whole, unseen, visibility }: Seen): OwnerlessReason[] {
  const reasons: OwnerlessReason[] = [];
  if (!whole || unseen.overBudget) reasons.push("budget");
  if (unseen.denied) reasons.push("no-permission");
  if (visibility.hidden) reasons.push("hidepid");
  if (visibility.nested) reasons.push("other-namespace");
  return reasons;
}

/** Sockets that may have an owner, and of which none is known. */
function missingOf({ listeners, blockedBy }: WhoListens): PortSocket[] {
  const isMissing = ({ inode, owners }: PortSocket): boolean => inode !== 0 && owners.length === 0;
  const missing = listeners.filter(isMissing);
  const known = new Set(listeners.map(({ inode }) => inode));
  return [...missing, ...blockedBy.filter((blocker) => isMissing(blocker) && !known.has(blocker.inode))];
}

function isListener(socket: PortSocket): boolean {
  return "waiting" in socket;
}

/** What stands beside a socket on `::` settles nothing: devices (SO_BINDTODEVICE) and SO_REUSEADDR can set both apart. */
function answersIpv4({ protocol, localAddress, v6only }: TcpSocket | DatagramSocket): boolean | "unknown" {
  if (!protocol.endsWith("6")) return true;
  if (/^::ffff:[0-9.]+$/.test(localAddress)) return true;
  if (localAddress !== "::") return false;
  return v6only === undefined ? "unknown" : !v6only;
}

/** A value as people write it, not longer than a line can show. */
function shown(value: unknown): string {
  const text = typeof value === "string" ? JSON.stringify(value.slice(0, 40)) : String(value).slice(0, 40);
  return typeof value === "string" ? `the text ${escapeHidden(text)}` : escapeHidden(text);
}
