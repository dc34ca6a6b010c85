import { isInet } from "../codes/socket-protocols.ts";
import type { Socket, SocketProtocol, TcpSocket } from "../sockets/types.ts";

/*
 * Numbers that the kernel tells of a socket by netlink and not in procfs: what filters and columns call them. Names are those of the fields
 * in `Socket` and in its `tcpInfo`, in small letters.
 */

/** In which unit such a number is. */
export type KernelUnit = "microseconds" | "bytes" | "bytes a second" | "";

/** One such number. */
export interface KernelValue {
  /** In filters and as a column. */
  readonly name: KernelNumber;
  /** What stands above the column. */
  readonly title: string;
  /** What it is counted in; empty for a plain number. */
  readonly unit: KernelUnit;
  /** Of which sockets the kernel tells it. */
  readonly has: (protocol: SocketProtocol) => boolean;
  /** What a socket has; `undefined` where it has none, or nobody asked the kernel. */
  readonly of: (socket: Socket) => number | undefined;
}

/** Names of these numbers. */
export type KernelNumber =
  | "rtt"
  | "rttvar"
  | "minrtt"
  | "bytessent"
  | "bytesreceived"
  | "bytesacked"
  | "bytesretrans"
  | "notsent"
  | "segsout"
  | "segsin"
  | "unacked"
  | "lost"
  | "totalretrans"
  | "deliveryrate"
  | "pacingrate"
  | "backlog"
  | "cgroupid"
  | "mark"
  | "tos"
  | "ifindex"
  | "shutdown"
  | "peerinode";

type Info = NonNullable<TcpSocket["tcpInfo"]>;

/** `min_rtt` before the first round trip. */
const NONE_YET = 0xffff_ffff;

/**
 * All of them, in the order of columns.
 *
 * @example
 * ```ts
 * import { KERNEL_VALUES } from "procnet/view";
 * KERNEL_VALUES.filter(({ has }) => has("udp")).map(({ name }) => name); // ["cgroupid", "mark", "tos", "ifindex", "shutdown"]
 * ```
 */
export const KERNEL_VALUES: readonly KernelValue[] = [
  /* @__PURE__ */ info("rtt", "RTT", "microseconds", ({ rtt }) => rtt),
  /* @__PURE__ */ info("rttvar", "RTT-VAR", "microseconds", ({ rttvar }) => rttvar),
  /* @__PURE__ */ info("minrtt", "MIN-RTT", "microseconds", ({ min_rtt }) =>
    min_rtt === NONE_YET ? undefined : min_rtt,
  ),
  /* @__PURE__ */ info("bytessent", "BYTES-SENT", "bytes", ({ bytes_sent }) => bytes_sent),
  /* @__PURE__ */ info("bytesreceived", "BYTES-RECEIVED", "bytes", ({ bytes_received }) => bytes_received),
  /* @__PURE__ */ info("bytesacked", "BYTES-ACKED", "bytes", ({ bytes_acked }) => bytes_acked),
  /* @__PURE__ */ info("bytesretrans", "BYTES-RETRANS", "bytes", ({ bytes_retrans }) => bytes_retrans),
  /* @__PURE__ */ info("notsent", "NOT-SENT", "bytes", ({ notsent_bytes }) => notsent_bytes),
  /* @__PURE__ */ info("segsout", "SEGS-OUT", "", ({ segs_out }) => segs_out),
  /* @__PURE__ */ info("segsin", "SEGS-IN", "", ({ segs_in }) => segs_in),
  /* @__PURE__ */ info("unacked", "UNACKED", "", ({ unacked }) => unacked),
  /* @__PURE__ */ info("lost", "LOST", "", ({ lost }) => lost),
  /* @__PURE__ */ info("totalretrans", "TOTAL-RETRANS", "", ({ total_retrans }) => total_retrans),
  /* @__PURE__ */ info("deliveryrate", "DELIVERY-RATE", "bytes a second", ({ delivery_rate }) => delivery_rate),
  /* @__PURE__ */ info("pacingrate", "PACING-RATE", "bytes a second", ({ pacing_rate }) => pacing_rate),
  {
    name: "backlog",
    title: "BACKLOG",
    unit: "",
    has: isTcp,
    of: (socket) => ("backlog" in socket ? socket.backlog : undefined),
  },
  /* @__PURE__ */ inet("cgroupid", "CGROUP-ID", "cgroupId"),
  /* @__PURE__ */ inet("mark", "MARK", "mark"),
  /* @__PURE__ */ inet("tos", "TOS", "tos"),
  /* @__PURE__ */ inet("ifindex", "IF-INDEX", "ifIndex"),
  {
    name: "shutdown",
    title: "SHUTDOWN",
    unit: "",
    has: (protocol) => isInternet(protocol) || protocol === "unix",
    of: (socket) => ("shutdown" in socket ? socket.shutdown : undefined),
  },
  {
    name: "peerinode",
    title: "PEER-INODE",
    unit: "",
    has: (protocol) => protocol === "unix",
    of: (socket) => (socket.protocol === "unix" ? socket.peer : undefined),
  },
];

/** The one of this name; `undefined` where there is none. */
export function kernelValue(name: string): KernelValue | undefined {
  return KERNEL_VALUES.find((one) => one.name === name);
}

function info(
  name: KernelNumber,
  title: string,
  unit: KernelUnit,
  of: (info: Info) => number | undefined,
): KernelValue {
  return {
    name,
    title,
    unit,
    has: isTcp,
    // Of a listener the kernel puts other things in the same places: how many wait, and how many may.
    of: (socket) =>
      "tcpInfo" in socket && socket.tcpInfo !== undefined && socket.state !== "LISTEN" ? of(socket.tcpInfo) : undefined,
  };
}

function inet(name: KernelNumber, title: string, field: "cgroupId" | "mark" | "tos" | "ifIndex"): KernelValue {
  return {
    name,
    title,
    unit: "",
    has: isInternet,
    of: (socket) => ("localPort" in socket ? socket[field] : undefined),
  };
}

function isTcp(protocol: SocketProtocol): boolean {
  return protocol === "tcp" || protocol === "tcp6";
}

/** Ping sockets are told by procfs alone. */
function isInternet(protocol: SocketProtocol): boolean {
  return isInet(protocol) && !protocol.startsWith("icmp");
}
