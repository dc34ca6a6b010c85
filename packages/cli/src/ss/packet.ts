import type { PacketFanout, PacketRing, PacketSocket } from "procnet";
import { PacketFanoutType, PacketVersion, TcpState } from "procnet/parse";
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
      (on.has("b") ? filterOf(row, view) : "") +
      (on.has("m") ? memoryOf(row.skMem, view) : ""),
  });
}

function extended(row: PacketRow, view: View): string {
  const { uid, inode, cookie } = row;
  const text = `${uid === 0 ? "" : ` uid:${uid}`} ino:${inode}`;
  return (cookie === undefined ? text : `${text} sk:${cookieText(cookie)}`) + linesOf(row, view);
}

/** What stands in a line of its own, or with -O behind all else. */
function linesOf(row: PacketRow, { on, notes }: View): string {
  const { version, copyThreshold, rxRing, txRing, fanout } = row;
  if (version === undefined) {
    notes.lacks("packetDetails");
    return "";
  }
  const lines = [`ver:${codeOf(PacketVersion, version)} cpy_thresh:${copyThreshold} flags( ${flagsOf(row)} )`];
  if (rxRing !== undefined) lines.push(`ring_rx(${ringOf(rxRing)})`);
  if (txRing !== undefined) lines.push(`ring_tx(${ringOf(txRing)})`);
  if (fanout !== undefined) lines.push(`fanout(id:${fanout.id},type:${fanoutType(fanout)})`);
  return lines.map((line) => lineBreak(on) + line).join("");
}

function lineBreak(on: View["on"]): string {
  return on.has("O") ? " " : "\n\t";
}

/** `running` is the first and has no blank before it, whether it is there or not. */
function flagsOf({ running, packetOptions }: PacketRow): string {
  const set = (["auxdata", "origdev", "vnethdr", "loss"] as const).filter((name) => packetOptions?.[name]);
  const text = (running ? "running" : "") + set.map((name) => ` ${name}`).join("");
  return text === "" ? "0" : text;
}

function ringOf({ blockSize, blockCount, frameSize, frameCount, retireTimeout, features }: PacketRing): string {
  const blocks = `blk_size:${blockSize},blk_nr:${blockCount},frm_size:${frameSize},frm_nr:${frameCount}`;
  return `${blocks},tmo:${retireTimeout},features:0x${features.toString(16)}`;
}

/** By ss's own names, which it has for the first six. */
const FANOUTS = ["hash", "lb", "cpu", "roll", "random", "qm"] as const;

function fanoutType({ type, flags = 0 }: PacketFanout): string {
  const code = codeOf(PacketFanoutType, type) | flags;
  return FANOUTS[code] ?? `0x${code.toString(16)}`;
}

/** `bpf filter (2):  0x28 0 0 12, 0x06 0 0 0,` */
function filterOf({ filter }: PacketRow, { on, notes }: View): string {
  if (filter === undefined) notes.lacks("packetFilters");
  if (filter === undefined || filter.length === 0) return "";
  const each = filter.map(({ code, jt, jf, k }) => ` 0x${code.toString(16).padStart(2, "0")} ${jt} ${jf} ${k},`);
  return `${lineBreak(on)}bpf filter (${filter.length}): ${each.join("")}`;
}

/** The number of a name, also of one that stands for a number without a name. */
function codeOf(table: typeof PacketVersion | typeof PacketFanoutType, name: string): number {
  const codes: Readonly<Record<string, unknown>> = table;
  const code = codes[name];
  return typeof code === "number" ? code : Number(/\d+/.exec(name)?.[0]);
}
