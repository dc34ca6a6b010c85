import type { NetlinkSocket } from "procnet";
import { TcpState } from "procnet/parse";
import { databaseRows, databaseText } from "../names/databases.ts";
import { foreign } from "../text/printf.ts";
import { memoryOf } from "./memory.ts";
import { NO_CONTEXT } from "./no-context.ts";
import type { View } from "./view.ts";
import { queue, stateWord } from "./words.ts";

/*
 * A row for each netlink socket.
 */

/** A socket, as a table of procfs or another source tells it. */
export type NetlinkRow = Omit<NetlinkSocket, keyof typeof NO_CONTEXT | "protocol">;

/** Names of the protocols, by their number; no kernel has had one of 17. */
const PROTOCOLS = [
  "rtnl",
  "unused",
  "usersock",
  "fw",
  "tcpdiag",
  "nflog",
  "xfrm",
  "selinux",
  "iscsi",
  "audit",
  "fiblookup",
  "connector",
  "nft",
  "ip6fw",
  "dec-rt",
  "uevent",
  "genl",
  undefined,
  "scsi-trans",
  "ecryptfs",
  "rdma",
  "crypto",
] as const;

/** Who has a port: the name of a process, where it has its number. */
export type ProgramOf = (pid: number) => string | undefined;

export function printNetlink(row: NetlinkRow, programOf: ProgramOf, view: View): void {
  const { columns, passes, on } = view;
  if (passes !== undefined && !passes({ ...row, protocol: "netlink", ...NO_CONTEXT })) return;
  const { connected, remoteGroup = 0, remotePortId = 0 } = row;
  const isNumeric = on.has("n");
  let more = on.has("e") ? ` sk=0 cb=0 groups=0x${row.groups.toString(16).padStart(8, "0")}` : "";
  if (on.has("m")) more += `\t${memoryOf(row.skMem, view)}`;
  columns.row({
    netid: "nl",
    state: stateWord(TcpState.CLOSE),
    recvQ: queue(row.rmem),
    sendQ: queue(row.wmem),
    local: `${isNumeric ? row.netlinkProtocol : protocolName(row.netlinkProtocol)}:`,
    port: portOf(row.portId | 0, isNumeric ? undefined : programOf),
    peer: connected ? `${remoteGroup | 0}:` : "*",
    peerPort: connected ? String(remotePortId | 0) : "",
    more,
  });
}

/** The process that has the port, the kernel, or the number that the kernel has given: below zero. */
function portOf(port: number, programOf: ProgramOf | undefined): string {
  if (port === -1) return "*";
  if (programOf === undefined) return String(port);
  if (port === 0) return "kernel";
  const program = port > 0 ? programOf(port) : undefined;
  return program === undefined ? String(port) : `${foreign(program)}/${port}`;
}

let known: readonly (string | undefined)[] | undefined;

/** Names may be given by a file of iproute2's. */
function protocolName(protocol: number): string {
  known ??= withNames(databaseText(FILE));
  return known[protocol] ?? String(protocol);
}

const FILE = "/etc/iproute2/nl_protos";

function withNames(text: string): (string | undefined)[] {
  const names: (string | undefined)[] = [...PROTOCOLS];
  for (const [number, name] of databaseRows(text)) {
    if (/^\d{1,3}$/.test(number!) && Number(number) < 256) names[Number(number)] = foreign(name);
  }
  return names;
}
