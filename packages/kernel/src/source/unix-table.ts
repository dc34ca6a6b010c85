import { baseProcFs, read, type SourceQuestion, type UnixSocket } from "procnet";
import { TcpState } from "procnet/parse";
import { unix } from "procnet/tables";
import { unixSockets } from "../diag/unix.ts";
import { type Asking, allOf } from "./asking.ts";

/*
 * Netlink lists unix sockets that have a number. Procfs lists two kinds besides: connections that nobody has accepted yet, which are as
 * their listener's `icons` tell, and those of programs that wait in connect(2) for a place at a listener that is full, of which nothing but
 * procfs tells. With both the table is that of procfs.
 */

const LISTEN = 1 << TcpState.LISTEN;

/** Unix sockets that are asked for. */
export async function unixTable(asking: Asking, question: SourceQuestion, root: string): Promise<UnixSocket[]> {
  const { namespace, pid, unix: where } = question;
  const { memory = false, cookie = false } = asking.wanted;
  const states = where?.listening === true ? { states: LISTEN } : {};
  const rows = await allOf(asking, unixSockets({ ...states, namespace, memory, cookie }));
  if (where?.listening !== true) {
    const listeners = rows.filter(({ listening }) => listening);
    for (const row of listeners) for (const peer of row.icons ?? []) rows.push(waitingAt(row, peer));
    if (listeners.some(isFull)) rows.push(...withoutPlace(root, pid, namespace));
  }
  return where === undefined ? rows : rows.filter(testOf(where));
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

/** A name can hold such a row, but no number or name by which it would be taken for anybody's. */
function withoutPlace(root: string, pid: number | undefined, namespace: number | undefined): UnixSocket[] {
  const procfs = baseProcFs({ root });
  const of = pid === undefined ? procfs : procfs.process(pid);
  const found = read(unix, { of, where: { inode: 0, state: "DISCONNECTING" }, onIssue: () => {} });
  return found
    .filter(({ path }) => path === undefined)
    .map(({ protocol: _always0, ...row }) => ({
      ...row,
      protocol: "unix",
      namespace,
      owners: undefined,
      ownerless: undefined,
    }));
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
