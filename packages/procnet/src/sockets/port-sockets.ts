import { TcpTimer } from "../codes/tcp-state.ts";
import { isProcfsError, ProcfsError } from "../errors.ts";
import type { InetWhere } from "../files/sockets/inet/inet-row.ts";
import type { BaseProcess } from "../host/process.ts";
import type { BaseProcFs } from "../host/procfs.ts";
import type { Place } from "../read/place.ts";
import type { Steps } from "./drive.ts";
import type { PortSource } from "./port-source.ts";
import type { PortSocket } from "./port-types.ts";
import { Repeats } from "./tables/repeats.ts";
import { inetRegions } from "./tables/socket-regions.ts";
import { isTcp6Empty, isWithoutTcp6 } from "./tables/tcp6.ts";
import type { DatagramSocket, TcpSocket } from "./types.ts";

type Row = TcpSocket | DatagramSocket;

/** Which sockets of a port are wanted. */
export interface PortQuestion {
  readonly port: number;
  readonly protocol: "tcp" | "udp";
  readonly pid: number | undefined;
  /** Whether calls of the kernel's that may take long are waited for. */
  readonly ahead: boolean;
  /** Who is asked before procfs. */
  readonly source?: PortSource | undefined;
}

/** The sockets whose local port it is. */
export interface PortRows {
  readonly listeners: readonly Row[];
  /** Connections, also those that are over; none when listeners alone were looked for. */
  readonly others: readonly Row[];
}

/** Reads the sockets of a port; with `listenersOnly` no more of the tables than that takes. */
export function* portRows(procfs: BaseProcFs, question: PortQuestion, listenersOnly: boolean): Steps<PortRows> {
  const { port, protocol, pid } = question;
  const process = pid === undefined ? undefined : procfs.process(pid);
  const { place } = process ?? procfs;
  // UDP has no listeners: unconnected sockets are in the state CLOSE; a connected one hears its peer only.
  const state = protocol === "tcp" ? "LISTEN" : "CLOSE";
  const where: InetWhere = listenersOnly ? { state, localPort: port } : { localPort: port };
  const rows: Row[] = [];
  // IPv6 first: a process that has become a zombie has no such table, and then none of IPv4 either, which is an error.
  const told6 = yield* fromSource(`${protocol}6`, where, question, rows);
  if (!told6 && (protocol === "udp" || !isEmpty6(place, listenersOnly))) {
    try {
      yield* read(place, `${protocol}6`, where, question, rows);
    } catch (error) {
      if (!isProcfsError(error) || error.code !== "ENOENT") throw error; // no IPv6 here
    }
  }
  const of6 = rows.splice(0);
  try {
    if (!(yield* fromSource(protocol, where, question, rows))) yield* read(place, protocol, where, question, rows);
  } catch (error) {
    if (process !== undefined && isProcfsError(error) && error.code === "ENOENT") refuseEnded(process);
    throw error;
  }
  for (const row of of6) rows.push(row); // more than a call takes as arguments
  return {
    listeners: rows.filter((row) => row.state === state),
    // Requests are no sockets yet: they belong to their listener.
    others: rows.filter((row) => row.state !== state && !(row.state === "SYN_RECV" && row.inode === 0)),
  };
}

function isEmpty6(place: Place, listenersOnly: boolean): boolean {
  return listenersOnly ? isWithoutTcp6(place) : isTcp6Empty(place);
}

/** Whether a source told of a table. */
function* fromSource(
  protocol: PortSocket["protocol"],
  where: InetWhere,
  { source, pid }: PortQuestion,
  rows: Row[],
): Steps<boolean> {
  const told = source && (yield* source.rows(protocol, pid, where));
  // The kernel finds its place in a table again by counting, whoever it tells.
  const repeats = new Repeats();
  for (const socket of told ?? []) if (!repeats.isRepeated(socket)) rows.push(socket);
  return told !== undefined;
}

function* read(
  place: Place,
  protocol: PortSocket["protocol"],
  where: InetWhere,
  { ahead }: PortQuestion,
  rows: Row[],
): Steps<void> {
  const repeats = new Repeats();
  for (const region of inetRegions({ protocol, place, namespace: undefined, inet: where, ahead }) ?? []) {
    if (region instanceof Promise) {
      yield region;
      continue;
    }
    for (const socket of region) if (!repeats.isRepeated(socket)) rows.push(socket);
    yield;
  }
}

/** A process that waits for its parent to ask how it ended is still there, but in no network namespace. */
function refuseEnded(process: BaseProcess): void {
  const { state } = process.stat();
  if (state !== "Z" && state !== "X") return;
  const message = `process ${process.pid} has ended (it is a zombie until its parent asks how): it is in no network namespace`;
  throw new ProcfsError({ code: "ESRCH", message });
}

/** Whether the kernel keeps no more than the small time-wait structure of it: TIME_WAIT, or FIN_WAIT2 with the timer 3. */
export function isInTimeWait({ state, inode, timer }: Row): boolean {
  return state === "TIME_WAIT" || (state === "FIN_WAIT2" && inode === 0 && timer === TcpTimer.TIME_WAIT);
}
