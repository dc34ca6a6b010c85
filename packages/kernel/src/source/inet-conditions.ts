import type { DatagramSocket, SourceQuestion, TcpSocket } from "procnet";
import type { TcpState } from "procnet/parse";
import { AS_PROCFS, stateMask } from "../diag/states.ts";

/** The states that are asked for, as bits. */
export function maskOf(inet: SourceQuestion["inet"]): number {
  const { state } = inet ?? {};
  if (state === undefined) return AS_PROCFS;
  return stateMask(typeof state === "string" ? [state] : state) & AS_PROCFS;
}

/** What else a row must be; `undefined` where there is nothing to test. */
export function testOf(inet: SourceQuestion["inet"]): ((row: TcpSocket | DatagramSocket) => boolean) | undefined {
  if (inet === undefined) return undefined;
  const states = setOf<TcpState>(inet.state);
  const [localPort, remotePort, uid, inode] = [inet.localPort, inet.remotePort, inet.uid, inet.inode].map(
    setOf<number>,
  );
  return (row) =>
    (states === undefined || states.has(row.state)) &&
    (localPort === undefined || localPort.has(row.localPort)) &&
    (remotePort === undefined || remotePort.has(row.remotePort)) &&
    (uid === undefined || uid.has(row.uid)) &&
    (inode === undefined || inode.has(row.inode));
}

function setOf<Value extends string | number>(
  value: Value | readonly Value[] | ReadonlySet<Value> | undefined,
): ReadonlySet<Value> | undefined {
  if (value === undefined) return undefined;
  if (value instanceof Set) return value;
  const values = value as Value | readonly Value[];
  return new Set(Array.isArray(values) ? values : [values as Value]);
}
