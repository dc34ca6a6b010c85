import { baseProcFs, each, isProcfsError, type SourceQuestion, type UnixSocket } from "procnet";
import { TcpState } from "procnet/parse";
import { unix } from "procnet/tables";
import { unixSockets } from "../diag/unix.ts";
import { type Asking, allOf } from "./asking.ts";

/*
 * Netlink lists unix sockets that have a number. Procfs lists two kinds besides: connections that nobody has accepted yet, which are as
 * their listener's `icons` tell, and those of programs that wait in connect(2) for a place at a listener that is full, of which nothing but
 * procfs tells. With both the table is that of procfs.
 *
 * Who waits is asked of listeners apart: the kernel ends its answer, as if nothing followed, at a listener at which more wait than a datagram
 * has room for.
 */

/** So many `icons`, of four bytes each, have room in a datagram of 32 KiB beside all else. */
const MOST_WAITING = 7900;

/** How long the event loop is held at a time, milliseconds. */
const SLICE = 4;

const LISTEN = 1 << TcpState.LISTEN;

/** Unix sockets that are asked for; `undefined` where the process through which procfs is read has ended. */
export async function unixTable(
  asking: Asking,
  question: SourceQuestion,
  root: string,
): Promise<UnixSocket[] | undefined> {
  const { namespace, pid, unix: where } = question;
  const { memory = false, cookie = false } = asking.wanted;
  const states = where?.listening === true ? { states: LISTEN } : {};
  const rows = await allOf(asking, unixSockets({ ...states, namespace, memory, cookie, icons: false }));
  const listeners = rows.filter(({ listening, rxQueue = 0 }) => listening && rxQueue > 0);
  const isTold = await iconsAt(asking, listeners);
  if (where?.listening !== true) {
    for (const row of listeners) for (const peer of row.icons ?? []) rows.push(waitingAt(row, peer));
    if (!isTold || listeners.some(isFull)) {
      const outside = await withoutNumber(root, pid, namespace);
      if (outside === undefined) return undefined;
      for (const row of outside) if (!isTold || isWithoutPlace(row)) rows.push(row);
    }
  }
  return where === undefined ? rows : rows.filter(testOf(where));
}

function isWithoutPlace({ state, path }: UnixSocket): boolean {
  return state === "DISCONNECTING" && path === undefined;
}

type Mutable<Value> = { -readonly [Name in keyof Value]: Value[Name] };

/** Fills in `icons` of listeners at which somebody waits; whether that could be told. */
async function iconsAt(asking: Asking, listeners: readonly UnixSocket[]): Promise<boolean> {
  if (listeners.length === 0) return true;
  let isTold = listeners.every(({ rxQueue = 0 }) => rxQueue <= MOST_WAITING);
  if (isTold) {
    const only = { vfs: false, queues: false, uid: false, peer: false };
    const told = await allOf(asking, unixSockets({ ...only, states: LISTEN }));
    const byInode = new Map(told.map(({ inode, icons }) => [inode, icons]));
    // One of them may have closed meanwhile, or the answer ended before it.
    isTold = listeners.every(({ inode }) => byInode.has(inode));
    if (isTold) for (const row of listeners) (row as Mutable<UnixSocket>).icons = byInode.get(row.inode);
  }
  if (!isTold)
    asking.note(
      "who waits at unix listeners is read from procfs, without peers: more wait at one than the kernel tells",
    );
  return isTold;
}

/** unix_recvq_full of net/unix/af_unix.c. */
function isFull({ listening, rxQueue = 0, txQueue = 0 }: UnixSocket): boolean {
  return listening && rxQueue > txQueue;
}

/** It has the name and the type of its listener: unix_stream_connect. What netlink does not tell of it is absent. */
function waitingAt(listener: UnixSocket, peer: number): UnixSocket {
  const { protocol, namespace, refCount, type, path, pathBytes, owners, ownerless } = listener;
  const name = pathBytes === undefined ? { path } : { path, pathBytes };
  const row = {
    protocol,
    namespace,
    refCount,
    flags: 0,
    listening: false,
    type,
    state: "CONNECTING",
    inode: 0,
  } as const;
  return { ...row, ...name, owners, ownerless, peer };
}

/** Those that netlink does not list, as procfs tells them. A name can hold such a row, but no number or name by which it would be taken for anybody's. */
async function withoutNumber(
  root: string,
  pid: number | undefined,
  namespace: number | undefined,
): Promise<UnixSocket[] | undefined> {
  const procfs = baseProcFs({ root });
  const found: UnixSocket[] = [];
  try {
    const of = pid === undefined ? procfs : procfs.process(pid);
    let began = performance.now();
    for (const { protocol: _always0, ...row } of each(unix, { of, where: { inode: 0 }, onIssue: () => {} })) {
      found.push({ ...row, protocol: "unix", namespace, owners: undefined, ownerless: undefined });
      if (performance.now() - began < SLICE) continue;
      await new Promise<void>((resolve) => setImmediate(resolve));
      began = performance.now();
    }
  } catch (error) {
    if (isProcfsError(error)) return undefined;
    throw error;
  }
  return found;
}

function testOf(where: NonNullable<SourceQuestion["unix"]>): (row: UnixSocket) => boolean {
  const { listening } = where;
  const [states, types] = [setOf<string>(where.state), setOf<string>(where.type)];
  const inodes = setOf(where.inode);
  return (row) =>
    (listening === undefined || listening === row.listening) &&
    (states === undefined || states.has(row.state)) &&
    (types === undefined || types.has(row.type)) &&
    (inodes === undefined || inodes.has(row.inode));
}

function setOf<Value extends string | number>(
  value: Value | readonly Value[] | ReadonlySet<Value> | undefined,
): ReadonlySet<Value> | undefined {
  if (value === undefined) return undefined;
  return new Set(typeof value === "object" ? value : [value]);
}
