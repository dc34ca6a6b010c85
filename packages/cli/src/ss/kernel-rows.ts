import type { Dump, KernelDoor, KernelError, NetlinkSocket, VsockSocket } from "@procnet/kernel";
import { CommandFailure } from "../errors.ts";
import { EXIT } from "../io.ts";
import type { KernelPackage } from "../source/kernel.ts";
import { type Closing, closingBy } from "./closing.ts";
import type { Conditions } from "./filter.ts";
import type { Flags } from "./flags.ts";
import type { InetRow } from "./inet-row.ts";
import type { NetlinkRow } from "./netlink.ts";
import type { Notes } from "./notes.ts";
import type { PacketRow } from "./packet.ts";
import type { SocketRows } from "./sources.ts";
import type { UnixRow } from "./unix.ts";

/*
 * Sockets as the kernel tells them by netlink: what ss asks too.
 */

/** Sockets, and what lets go of who tells of them. */
export interface Told {
  readonly rows: SocketRows;
  /** What `-K` closes sockets by. */
  readonly closing: Closing | undefined;
  readonly close: () => void;
}

/** What sockets are asked for with, and who hears what is not told. */
export interface Asked {
  readonly flags: Flags;
  readonly conditions: Conditions | undefined;
  readonly notes: Notes;
  /** Says a line on stderr. */
  readonly say: (line: string) => void;
  /** What tells of all that the kernel does not. */
  readonly procfs: SocketRows;
}

/** Asks the kernel; what it has no module for is read from procfs, as ss does it, and so is all where it may not be asked. */
export function kernelRows(
  { kernel, door }: { readonly kernel: KernelPackage; readonly door: KernelDoor },
  asked: Asked,
): Told {
  try {
    const socket = new kernel.NetlinkSocket(door, kernel.NETLINK_SOCK_DIAG);
    const closing = asked.flags.on.has("K") ? closingBy(kernel, socket) : undefined;
    return { rows: rowsBy(kernel, socket, asked), closing, close: () => socket.close() };
  } catch (error) {
    if (!(error instanceof kernel.KernelError)) throw error;
    const { flags, conditions, say, procfs } = asked;
    const untold = conditions?.untold ?? [];
    if (flags.on.has("K")) throw new CommandFailure(`-K: the kernel cannot be asked: ${error.message}`, EXIT.failure);
    if (untold.length > 0)
      throw new CommandFailure(`procfs does not tell ${untold.join(", ")}, and ${error.message}`, EXIT.failure);
    say(`ss: sockets are read from procfs: ${error.message}`);
    return { rows: procfs, closing: undefined, close: () => {} };
  }
}

/** EINTR: no answer was of one moment. */
const INTERRUPTED = 4;

/** A filter may have no room in an answer, which then ends before its socket: it is asked for apart, and no socket is missing for it. */
function fillFilters(
  { fillPackets, packetSockets }: KernelPackage,
  rows: readonly PacketRow[],
  told: (dump: Dump<PacketRow>, instead: (error: KernelError) => Iterable<PacketRow>) => Iterable<PacketRow>,
  say: Asked["say"],
): void {
  let refusal: string | undefined;
  const none = (error: KernelError): PacketRow[] => {
    refusal = error.message;
    return [];
  };
  const apart = [...told(packetSockets({ rings: false, fanout: false, filter: true }), none)];
  if (refusal !== undefined) {
    say(`ss: filters of packet sockets are not told: ${refusal}`);
    return;
  }
  const untold = fillPackets(rows, apart, "filter");
  if (apart.some(({ filter }) => filter === undefined))
    say("ss: filters of packet sockets (-b) are told to CAP_NET_ADMIN alone, which root has");
  if (untold > 0)
    say(`ss: filters of ${untold} packet sockets are not told: the kernel has no room in its answer for one of them`);
}

function rowsBy(kernel: KernelPackage, socket: NetlinkSocket, asked: Asked): SocketRows {
  const { flags, conditions, notes, say, procfs } = asked;
  const { on, selection } = flags;
  const { filter, hasFigures = false, untold = [] } = conditions ?? {};
  const wanted = {
    info: on.has("i") || hasFigures ? ("all" as const) : false,
    congestion: on.has("i") || hasFigures,
    memory: on.has("m"),
    tos: on.has("tos") || hasFigures,
    cookie: true,
    exactTimers: true,
  };

  /** Rows of the kernel, of one moment; or what is done where it does not tell them. */
  function told<Row>(dump: Dump<Row>, instead: (error: KernelError) => Iterable<Row>): Iterable<Row> {
    try {
      const { rows, isInterrupted } = kernel.allRows(socket, dump);
      if (isInterrupted)
        throw new kernel.KernelError(`${dump.question.doing}: the table changed each time it was told`, INTERRUPTED);
      notes.teller = "kernel";
      return rows;
    } catch (error) {
      if (!(error instanceof kernel.KernelError)) throw error;
      // A right that a word takes is missing in every table.
      if (error.code === "EPERM" && untold.length > 0) throw new CommandFailure(error.message, EXIT.failure);
      return instead(error);
    }
  }

  /** What was said of tables: of both families it is the same. */
  const said = new Set<string>();
  const sayOnce = (name: string, { code }: KernelError, line: string): void => {
    if (!said.has(`${name} ${code}`)) say(`ss: ${line}`);
    said.add(`${name} ${code}`);
  };

  const unasked = untold.length === 0 ? undefined : `procfs does not tell ${untold.join(", ")}`;
  const unclosed = unasked ?? (on.has("K") ? "procfs closes no sockets" : undefined);

  /** A table of procfs, which cannot be asked by words for what it does not tell: then it is left out, or the answer is none where it was named. */
  const fromProcfs =
    <Row>(name: string, isNamed: boolean, rows: () => Iterable<Row>, lacking = unasked) =>
    (error: KernelError): Iterable<Row> => {
      notes.teller = "procfs";
      if (lacking === undefined) {
        sayOnce(name, error, `${name} is read from procfs: ${error.message}`);
        return rows();
      }
      const why = `${lacking}, and ${error.message}`;
      if (isNamed) throw new CommandFailure(why, EXIT.failure);
      sayOnce(name, error, `${name} is left out: ${why}`);
      return [];
    };

  const noMptcp = (error: KernelError): InetRow[] => {
    const help = error.code === "ENOENT" ? "; Linux has them since 5.9, with CONFIG_MPTCP" : "";
    if (selection.named.has("mptcp"))
      sayOnce("mptcp", error, `no connections of MPTCP are told: ${error.message}${help}`);
    return [];
  };

  return {
    hasMptcp: true,
    inet: (kind, states) => {
      const { service, family } = kind;
      const isMptcp = service === "mptcp";
      const protocol = `${isMptcp ? "tcp" : service}${family === 6 ? "6" : ""}` as const;
      const every = { ...wanted, protocol, isMptcp };
      const instead = isMptcp
        ? noMptcp
        : fromProcfs(service, selection.named.has(service), () => [...procfs.inet(kind, states)].flat(), unclosed);
      if (filter === undefined) return [[...told<InetRow>(kernel.inetSockets({ ...every, states }), instead)]];
      // What the kernel lets through is asked again where it is shown, as ss does it; an older kernel may not know a word.
      const { states: possible, bytecode } = kernel.compileInetFilter(filter, protocol);
      if ((states & possible) === 0) return [];
      const some = kernel.inetSockets({ ...every, states: states & possible, bytecode });
      return [[...told<InetRow>(some, () => told<InetRow>(kernel.inetSockets({ ...every, states }), instead))]];
    },
    unix: (states) => {
      const more = { memory: wanted.memory, vfs: on.has("e"), icons: on.has("e"), uid: false };
      const instead = fromProcfs<UnixRow>("unix", selection.named.has("unix_stream"), () => procfs.unix(states));
      return told<UnixRow>(kernel.unixSockets({ ...more, states }), instead);
    },
    packet: () => {
      const instead = fromProcfs("packet", selection.named.has("packet_raw"), procfs.packet);
      const parts = { rings: on.has("e"), fanout: on.has("e") };
      const rows = [...told<PacketRow>(kernel.packetSockets({ ...parts, cookie: true }), instead)];
      if (on.has("b") && notes.teller === "kernel") fillFilters(kernel, rows, told, say);
      return rows;
    },
    netlink: () =>
      told<NetlinkRow>(
        kernel.netlinkSockets({ repeated: true }),
        fromProcfs("netlink", selection.named.has("netlink"), procfs.netlink),
      ),
    vsock: (states) => {
      let isTold = true;
      const none = (): VsockSocket[] => {
        isTold = false;
        return [];
      };
      const all = told<VsockSocket>(kernel.vsockSockets({ states }), none);
      return isTold ? all : undefined;
    },
  };
}
