import type { PacketSocket } from "procnet";
import { TcpState } from "procnet/parse";
import { numericPort } from "../names/names.ts";
import { cookieText } from "./details.ts";
import { packetProtocol } from "./link-protocols.ts";
import { memoryOf } from "./memory.ts";
import { NO_CONTEXT } from "./no-context.ts";
import { usersOf, type View } from "./view.ts";
import { queue, stateWord } from "./words.ts";

/*
 * A row for each packet socket.
 */

/** A socket, as a table of procfs or another source tells it. */
export type PacketRow = Omit<PacketSocket, keyof typeof NO_CONTEXT | "protocol">;

/** SOCK_RAW; all others give and take packets without their link header. */
const RAW = 3;

/** ETH_P_ALL. */
const EVERY = 3;

export function printPacket(row: PacketRow, view: View): void {
  const { selection, columns, passes, on } = view;
  const isRaw = row.type === RAW;
  if (!selection.tables.has(isRaw ? "packet_raw" : "packet_dgram")) return;
  if (passes !== undefined && !passes({ ...row, protocol: "packet", ...NO_CONTEXT })) return;
  columns.row({
    netid: isRaw ? "p_raw" : "p_dgr",
    state: stateWord(TcpState.CLOSE),
    recvQ: queue(row.rmem),
    sendQ: queue(0),
    local: `${row.etherType === EVERY ? "*" : packetProtocol(row.etherType, on.has("n"))}:`,
    port: row.ifIndex === 0 ? numericPort(0) : view.device(row.ifIndex),
    peer: "*",
    peerPort: "",
    more:
      usersOf(row.inode, view) +
      (on.has("e") ? extended(row, view) : "") +
      (on.has("m") ? memoryOf(row.skMem, view) : ""),
  });
}

function extended({ uid, inode, cookie }: PacketRow, { notes }: View): string {
  notes.lacks("packetDetails");
  const text = `${uid === 0 ? "" : ` uid:${uid}`} ino:${inode}`;
  return cookie === undefined ? text : `${text} sk:${cookieText(cookie)}`;
}
