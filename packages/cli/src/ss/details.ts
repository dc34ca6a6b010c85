import type { InetSockOpt } from "procnet";
import { TcpState } from "procnet/parse";
import type { InetKind, InetRow } from "./inet-row.ts";
import { memoryOf } from "./memory.ts";
import { connectionOf, subflowOf } from "./mptcp.ts";
import { infoOf, isTcpRow } from "./tcp-info.ts";
import { timerOf } from "./timer.ts";
import { tlsOf } from "./tls.ts";
import type { View } from "./view.ts";

/*
 * What stands behind the addresses of an internet socket, in ss's order: timer, who and where it is, options, memory, figures.
 */

export function detailsOf(kind: InetKind, code: number, row: InetRow, view: View): string {
  const { on } = view;
  let text = on.has("o") ? timerOf(row) : "";
  if (on.has("e")) text += extended(code, row, view);
  if (on.has("tos")) text += serviceOf(row, view);
  if (on.has("cgroup")) text += cgroupOf(row, view);
  if (on.has("sockopt")) text += optionsOf(row, view);
  const hasInfo = on.has("i") && kind.service !== "udp";
  if (!hasInfo && !on.has("m")) return text;
  if (!on.has("O")) text += "\n\t";
  if (on.has("m")) text += memoryOf(row.skMem, view);
  if (!isTcpRow(kind, row)) return text;
  if (kind.service === "mptcp") return row.mptcpInfo === undefined ? text : text + connectionOf(row.mptcpInfo);
  if (hasInfo) text += infoOf(code, row, view);
  if (row.ulp === undefined) return text;
  text += ` tcp-ulp-${row.ulp}`;
  if (row.tlsInfo !== undefined) text += tlsOf(row.tlsInfo);
  return row.mptcpSubflow === undefined ? text : text + subflowOf(row.mptcpSubflow);
}

/** ` uid:1000 ino:7 sk:1f cgroup:/user.slice v6only:0 <->` */
function extended(code: number, row: InetRow, { cgroup, notes }: View): string {
  const { cookie, mark, cgroupId, v6only, shutdown } = row;
  // Of a connection that is only asked for netlink tells no user; procfs has that of the listener.
  const hasUser = row.uid !== 0 && !(code === TcpState.SYN_RECV && row.inode === 0);
  let text = hasUser ? ` uid:${row.uid}` : "";
  text += ` ino:${row.inode}`;
  if (cookie === undefined) notes.lacks("details");
  else text += ` sk:${cookieText(cookie)}`;
  if (mark !== undefined && mark !== 0) text += ` fwmark:0x${mark.toString(16)}`;
  if (cgroupId !== undefined && cgroupId !== 0) text += ` cgroup:${cgroup(cgroupId)}`;
  if (v6only !== undefined) text += ` v6only:${v6only ? 1 : 0}`;
  return text + shutdownOf(shutdown);
}

/** Hexadecimal digits without zeros in front. */
export function cookieText(cookie: string): string {
  return cookie.replace(/^0+(?=.)/, "");
}

/** In which directions it is open: ` <->`. */
export function shutdownOf(shutdown: number | undefined): string {
  if (shutdown === undefined) return "";
  return ` ${(shutdown & 1) === 0 ? "<" : "-"}-${(shutdown & 2) === 0 ? ">" : "-"}`;
}

function serviceOf({ tos, tclass, classId }: InetRow, { notes }: View): string {
  if (tos === undefined && tclass === undefined && classId === undefined) notes.lacks("tos");
  let text = tos === undefined ? "" : ` tos:${alternate(tos)}`;
  if (tclass !== undefined) text += ` tclass:${alternate(tclass)}`;
  return classId === undefined ? text : `${text} class_id:${alternate(classId)}`;
}

/** `%#x`: zero has no prefix. */
function alternate(value: number): string {
  return value === 0 ? "0" : `0x${value.toString(16)}`;
}

function cgroupOf({ cgroupId }: InetRow, { cgroup, notes }: View): string {
  if (cgroupId !== undefined) return ` cgroup:${cgroup(cgroupId)}`;
  notes.lacks("cgroup");
  return "";
}

/** Flags in ss's order, which calls one of them otherwise than the kernel. */
const SOCKOPTS = [
  ["recverr", "recverr"],
  ["is_icsk", "is_icsk"],
  ["freebind", "freebind"],
  ["hdrincl", "hdrincl"],
  ["mc_loop", "mc_loop"],
  ["transparent", "transparent"],
  ["mc_all", "mc_all"],
  ["nodefrag", "nodefrag"],
  ["bind_address_no_port", "bind_addr_no_port"],
  ["recverr_rfc4884", "recverr_rfc4884"],
  ["defer_connect", "defer_connect"],
] as const satisfies readonly (readonly [keyof InetSockOpt, string])[];

function optionsOf({ sockOpt }: InetRow, { on, notes }: View): string {
  if (sockOpt === undefined) {
    notes.lacks("sockopt");
    return "";
  }
  const set = SOCKOPTS.filter(([field]) => sockOpt[field]).map(([, word]) => ` ${word}`);
  return `${on.has("O") ? " " : "\n\t"}inet-sockopt: (${set.join("")})`;
}
