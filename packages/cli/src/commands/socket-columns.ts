import type { Socket, SocketOwner } from "procnet";
import { stateOf } from "../filter/evaluate.ts";
import type { Style } from "../output/style.ts";
import type { Column } from "../output/table.ts";
import type { Cell } from "../text/safe.ts";

/** Reasons for which somebody may hold a socket and this reader cannot know. */
const HIDDEN: ReadonlySet<string> = new Set(["no-permission", "hidepid", "other-namespace", "exited", "budget"]);

/** Whether a socket may have an owner that could not be seen. */
export function hasHiddenOwner(socket: Socket): boolean {
  return socket.ownerless !== undefined && HIDDEN.has(socket.ownerless);
}

/** All columns of the table of sockets, in their order. */
export const SOCKET_COLUMNS: readonly Column<Socket>[] = [
  { key: "proto", title: "PROTO", value: ({ protocol }) => protocol, drop: 8 },
  { key: "state", title: "STATE", value: stateOf, style: stateStyle, drop: 7 },
  { key: "recvq", title: "RECV-Q", align: "right", value: recvQueue, drop: 2 },
  { key: "sendq", title: "SEND-Q", align: "right", value: sendQueue, drop: 1 },
  { key: "local", title: "LOCAL", value: local, raw: local, order: localOrder, enough: 28 },
  { key: "peer", title: "PEER", value: peer, drop: 6, enough: 24 },
  {
    key: "process",
    title: "PROCESS",
    value: processes,
    raw: rawProcesses,
    order: firstComm,
    style: processStyle,
    enough: 20,
  },
  { key: "uid", title: "UID", align: "right", value: (socket) => ("uid" in socket ? socket.uid : undefined), drop: 3 },
  { key: "container", title: "CONTAINER", value: container, ifAny: true, drop: 5 },
  { key: "netns", title: "NETNS", align: "right", value: ({ namespace }) => namespace, drop: 4 },
  { key: "port", title: "PORT", align: "right", value: localPort, extra: true },
  { key: "peerport", title: "PEER-PORT", align: "right", value: remotePort, extra: true },
  { key: "pid", title: "PID", align: "right", value: (socket) => socket.owners?.[0]?.pid, extra: true },
  { key: "fd", title: "FD", align: "right", value: (socket) => socket.owners?.[0]?.fds[0], extra: true },
  {
    key: "command",
    title: "COMMAND",
    value: (socket) => socket.owners?.[0]?.cmdline.join(" "),
    extra: true,
    enough: 40,
  },
  { key: "exe", title: "EXE", value: (socket) => socket.owners?.[0]?.exe, extra: true },
  { key: "unit", title: "UNIT", value: (socket) => socket.owners?.[0]?.unit, extra: true },
  { key: "cgroup", title: "CGROUP", value: (socket) => socket.owners?.[0]?.cgroup, extra: true },
  { key: "inode", title: "INODE", align: "right", value: ({ inode }) => inode, extra: true },
  { key: "reason", title: "REASON", value: ({ ownerless }) => ownerless, extra: true },
  { key: "retransmits", title: "RETRANS", align: "right", value: tcp("retransmits"), extra: true },
  { key: "cwnd", title: "CWND", align: "right", value: tcp("cwnd"), extra: true },
  { key: "drops", title: "DROPS", align: "right", value: drops, extra: true },
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
      return endpoint(socket.localAddress, socket.localPort);
  }
}

function localOrder(socket: Socket): string {
  if (socket.protocol === "unix") return socket.path ?? "";
  return String(local(socket));
}

function peer(socket: Socket): Cell {
  return "remoteAddress" in socket ? endpoint(socket.remoteAddress, socket.remotePort) : "*";
}

/** `127.0.0.1:80`, `[::1]:80`; `*` for no port. */
export function endpoint(address: string, port: number): string {
  const host = address.includes(":") ? `[${address}]` : address;
  return `${host}:${port === 0 ? "*" : port}`;
}

function localPort(socket: Socket): Cell {
  return "localPort" in socket ? socket.localPort : undefined;
}

function remotePort(socket: Socket): Cell {
  return "remotePort" in socket ? socket.remotePort : undefined;
}

/** The first owner and how many more there are; `?` when one may be hidden, `-` when there is none. */
function processes(socket: Socket): Cell {
  const { owners } = socket;
  if (owners === undefined) return undefined;
  const [first] = owners;
  if (first === undefined) return hasHiddenOwner(socket) ? "?" : "-";
  return `${first.comm}[${first.pid}]${owners.length > 1 ? ` +${owners.length - 1}` : ""}`;
}

/** All owners. */
function rawProcesses({ owners }: Socket): Cell {
  return owners?.map((owner) => `${owner.comm}[${owner.pid}]`).join(" ");
}

function firstComm(socket: Socket): string | undefined {
  const first = socket.owners?.[0];
  return first && `${first.comm}[${first.pid}]`;
}

function container({ owners }: Socket): Cell {
  return containerName(owners?.find((owner) => owner.container !== undefined));
}

/** The container of an owner, if it is in one. */
export function containerName(owner: SocketOwner | undefined): string | undefined {
  return containerText(owner?.container);
}

/** `docker:0123456789ab`: ids are told apart by their first twelve digits everywhere. */
export function containerText(container: SocketOwner["container"]): string | undefined {
  if (container === undefined) return undefined;
  const { runtime, id } = container;
  return `${runtime}:${/^[0-9a-f]{64}$/.test(id) ? id.slice(0, 12) : id}`;
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
