import type { VsockSocket } from "@procnet/kernel";
import type { DatagramSocket } from "procnet";
import { NO_CONTEXT } from "./no-context.ts";
import type { Table } from "./selection.ts";
import { usersOf, type View } from "./view.ts";
import { codeOf, queue, stateWord } from "./words.ts";

/*
 * A row for each socket between a virtual machine and its host.
 */

/** Of those in packets ss 6.1 has no name, and shows them whichever kind is asked for. */
const KINDS: Readonly<Record<string, readonly [table: Table, netid: string]>> = {
  STREAM: ["vsock_stream", "v_str"],
  DGRAM: ["vsock_dgram", "v_dgr"],
};

/** VMADDR_CID_ANY and VMADDR_PORT_ANY. */
const ANY = 0xffffffff;

export function printVsock(row: VsockSocket, view: View): void {
  const { columns, passes, selection } = view;
  const [table, netid] = KINDS[row.type] ?? [undefined, "???"];
  if (table !== undefined && !selection.tables.has(table)) return;
  if (passes !== undefined && !passes(withPorts(row))) return;
  columns.row({
    netid,
    state: stateWord(codeOf(row.state)),
    recvQ: queue(0),
    sendQ: queue(0),
    local: `${numberOrAny(row.localCid)}:`,
    port: numberOrAny(row.localPort),
    peer: `${numberOrAny(row.remoteCid)}:`,
    peerPort: numberOrAny(row.remotePort),
    more: usersOf(row.inode, view),
  });
}

function numberOrAny(number: number): string {
  return number === ANY ? "*" : String(number);
}

/** What conditions are asked of: ports as an internet socket has them, to ss numbers with a sign, and no address. */
function withPorts({ localPort, remotePort, state, inode }: VsockSocket): DatagramSocket {
  const none = { txQueue: 0, rxQueue: 0, timer: 0, timerExpires: 0, retransmits: 0, uid: 0, probes: 0 };
  const ends = { localAddress: "", localPort: localPort | 0, remoteAddress: "", remotePort: remotePort | 0 };
  return { protocol: "udp", ...ends, state, inode, ...none, refCount: undefined, drops: undefined, ...NO_CONTEXT };
}
