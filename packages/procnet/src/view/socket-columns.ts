import type { Socket, SocketOwner } from "../sockets/types.ts";
import type { Cell, Column, Style } from "./column.ts";
import {
  containerName,
  ENDPOINT_END,
  endpointText,
  firstProcessText,
  hasHiddenOwner,
  processText,
} from "./socket-words.ts";
import { kernelState, stateOf } from "./states.ts";

/** All columns of the table of sockets, in their order. */
export const SOCKET_COLUMNS: readonly Column<Socket>[] = [
  { key: "proto", title: "PROTO", value: ({ protocol }) => protocol, drop: 6 },
  { key: "state", title: "STATE", value: stateOf, style: stateStyle, drop: 7 },
  { key: "recvq", title: "RECV-Q", align: "right", value: recvQueue, drop: 2 },
  { key: "sendq", title: "SEND-Q", align: "right", value: sendQueue, drop: 1 },
  {
    key: "local",
    title: "LOCAL",
    value: local,
    raw: local,
    order: localOrder,
    enough: 28,
    keep: ENDPOINT_END,
    inParts: true,
  },
  { key: "peer", title: "PEER", value: peer, drop: 8, enough: 24, keep: ENDPOINT_END, inParts: true },
  {
    key: "process",
    title: "PROCESS",
    value: processes,
    raw: rawProcesses,
    order: firstProgram,
    style: processStyle,
    enough: 20,
    keep: /\[\d+\](?: \+\d+)?$/,
  },
  { key: "uid", title: "UID", align: "right", value: (socket) => ("uid" in socket ? socket.uid : undefined), drop: 3 },
  { key: "container", title: "CONTAINER", value: container, ifAny: true, drop: 5 },
  { key: "netns", title: "NETNS", align: "right", value: ({ namespace }) => namespace, drop: 4 },
  { key: "port", title: "PORT", align: "right", value: localPort, extra: true },
  { key: "peerport", title: "PEER-PORT", align: "right", value: remotePort, extra: true },
  {
    key: "pid",
    title: "PID",
    align: "right",
    value: ({ owners }) => ofOwners(owners, ({ pid }) => pid),
    raw: ({ owners }) => owners?.map(({ pid }) => pid).join(" "),
    order: ({ owners }) => owners?.[0]?.pid,
    extra: true,
  },
  {
    key: "fd",
    title: "FD",
    align: "right",
    value: ({ owners }) => withMore(owners?.[0]?.fds[0], (owners ?? []).flatMap(({ fds }) => fds).length - 1),
    raw: ({ owners }) => owners?.map(({ fds }) => fds.join("+")).join(" "),
    order: ({ owners }) => owners?.[0]?.fds[0],
    extra: true,
  },
  /* @__PURE__ */ ownerText("command", "COMMAND", ({ cmdline }) => cmdline.join(" "), 40),
  /* @__PURE__ */ ownerText("exe", "EXE", ({ exe }) => exe),
  /* @__PURE__ */ ownerText("unit", "UNIT", ({ unit }) => unit),
  /* @__PURE__ */ ownerText("cgroup", "CGROUP", ({ cgroup }) => cgroup),
  { key: "inode", title: "INODE", align: "right", value: ({ inode }) => inode, extra: true },
  { key: "reason", title: "REASON", value: ({ ownerless }) => ownerless, extra: true },
  { key: "retransmits", title: "RETRANS", align: "right", value: /* @__PURE__ */ tcp("retransmits"), extra: true },
  { key: "cwnd", title: "CWND", align: "right", value: /* @__PURE__ */ tcp("cwnd"), extra: true },
  { key: "drops", title: "DROPS", align: "right", value: drops, extra: true },
  { key: "type", title: "TYPE", value: typeOf, ifAny: true, drop: 5 },
  {
    key: "suspect",
    title: "SUSPECT",
    value: ({ suspect }) => (suspect ? "same inode" : undefined),
    raw: ({ suspect }) => (suspect ? "yes" : undefined),
    style: () => "red",
    ifAny: true,
  },
  { key: "kernelstate", title: "KERNEL-STATE", value: kernelState, extra: true },
];

/** Columns that are about owners: without them nobody needs to be looked for. */
export const OWNER_COLUMNS: ReadonlySet<string> = new Set([
  "process",
  "container",
  "pid",
  "fd",
  "command",
  "exe",
  "unit",
  "cgroup",
  "reason",
]);

/**
 * The columns for a question: namespace and type where they tell rows apart, no owners that were not looked for.
 *
 * @example
 * ```ts
 * import { socketColumns } from "procnet/view";
 * const columns = socketColumns({ owners: false }, { several: false, types: false });
 * columns.filter(({ extra }) => !extra).map(({ title }) => title); // ["PROTO", "STATE", ...]
 * ```
 */
export function socketColumns(
  { owners, pid }: { readonly owners: boolean; readonly pid?: readonly number[] },
  { several, types }: { readonly several: boolean; readonly types: boolean },
): Column<Socket>[] {
  return SOCKET_COLUMNS.map((column) => {
    const isOwners = OWNER_COLUMNS.has(column.key);
    const isHidden = (column.key === "netns" && !several) || (column.key === "type" && !types) || (!owners && isOwners);
    const shown = isHidden ? { ...column, extra: true as const } : column;
    return pid !== undefined && isOwners
      ? { ...shown, value: (socket) => column.value(askedFirst(socket, pid)) }
      : shown;
  });
}

/** Of a socket that several hold, those that were asked for come first. */
function askedFirst(socket: Socket, pids: readonly number[]): Socket {
  const { owners } = socket;
  if (owners === undefined || owners.length < 2 || pids.includes(owners[0]!.pid)) return socket;
  const isAsked = (owner: SocketOwner): boolean => pids.includes(owner.pid);
  return { ...socket, owners: [...owners.filter(isAsked), ...owners.filter((owner) => !isAsked(owner))] };
}

/** What the first owner has, and how many others have something else. */
function ofOwners(owners: Socket["owners"], of: (owner: SocketOwner) => string | number | undefined): Cell {
  if (owners === undefined || owners.length === 0) return undefined;
  const values = new Set(owners.map(of));
  return withMore(of(owners[0]!) ?? "", values.size - 1);
}

function withMore(value: string | number | undefined, more: number): Cell {
  return value === undefined || more <= 0 ? value : `${value} +${more}`.trim();
}

function ownerText(
  key: string,
  title: string,
  of: (owner: SocketOwner) => string | undefined,
  enough?: number,
): Column<Socket> {
  return { key, title, value: ({ owners }) => ofOwners(owners, of), extra: true, ...(enough && { enough }) };
}

/** What kind of unix or packet socket it is; of the others the protocol says it. */
function typeOf(socket: Socket): Cell {
  if (socket.protocol === "unix") return socket.type;
  if (socket.protocol !== "packet") return undefined;
  return socket.type === 3 ? "RAW" : socket.type === 2 ? "DGRAM" : socket.type;
}

function recvQueue(socket: Socket): Cell {
  if ("rxQueue" in socket) return socket.rxQueue;
  return "rmem" in socket ? socket.rmem : undefined;
}

function sendQueue(socket: Socket): Cell {
  if ("txQueue" in socket) return socket.txQueue;
  return "wmem" in socket ? socket.wmem : undefined;
}

/** Where a socket is bound: address and port, name, interface or netlink protocol. */
function local(socket: Socket): Cell {
  switch (socket.protocol) {
    case "unix":
      return socket.pathBytes ?? socket.path ?? "*";
    case "netlink":
      return `${socket.netlinkProtocol}:${socket.portId}`;
    case "packet":
      return `${socket.ifIndex === 0 ? "*" : `if${socket.ifIndex}`}:0x${socket.etherType.toString(16).padStart(4, "0")}`;
    default:
      return endpointText(socket.localAddress, socket.localPort);
  }
}

function localOrder(socket: Socket): string {
  if (socket.protocol === "unix") return socket.path ?? "";
  return String(local(socket));
}

function peer(socket: Socket): Cell {
  return "remoteAddress" in socket ? endpointText(socket.remoteAddress, socket.remotePort) : "*";
}

function localPort(socket: Socket): Cell {
  return "localPort" in socket ? socket.localPort : undefined;
}

function remotePort(socket: Socket): Cell {
  return "remotePort" in socket ? socket.remotePort : undefined;
}

/** The first owner and how many more there are; `?` when one may be hidden, `-` when there is none. */
function processes(socket: Socket): Cell {
  return socket.owners && firstProcessText(socket.owners, hasHiddenOwner(socket));
}

/** All owners. */
function rawProcesses({ owners }: Socket): Cell {
  return owners?.map(processText).join(" ");
}

function firstProgram(socket: Socket): string | undefined {
  const first = socket.owners?.[0];
  return first && processText(first);
}

function container({ owners }: Socket): Cell {
  return containerName(owners?.find((owner) => owner.container !== undefined));
}

function tcp(field: "retransmits" | "cwnd"): (socket: Socket) => Cell {
  return (socket) => (socket.protocol === "tcp" || socket.protocol === "tcp6" ? socket[field] : undefined);
}

function drops(socket: Socket): Cell {
  return "drops" in socket ? socket.drops : undefined;
}

function stateStyle(socket: Socket): Style | undefined {
  const state = stateOf(socket);
  if (state === "LISTEN") return "green";
  return state === "ESTABLISHED" || state === "CONNECTED" ? "cyan" : state === "CLOSE_WAIT" ? "yellow" : undefined;
}

function processStyle(socket: Socket): Style | undefined {
  return socket.owners?.length === 0 ? "dim" : undefined;
}
