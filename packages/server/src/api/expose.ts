import type { SocketOwner, WatchedSocket } from "procnet";
import { stateOf } from "procnet/view";
import { networkOf } from "../network.ts";

/**
 * How much of sockets and processes is told: `minimal` what metrics tell too, with addresses cut to networks; `owners` who holds a
 * socket, but nothing that may hold a secret; `full` everything.
 */
export type Expose = "minimal" | "owners" | "full";

/** What the kernel tells by netlink, and tells paths by. */
const PATHS = ["placement", "vfs", "unknownAttributes"] as const;

/** What else it tells, but for how a connection fares. */
const OF_KERNEL = [
  ...["cookie", "skMem", "shutdown", "cgroupId", "mark", "classId", "tos", "tclass", "sockOpt", "ipProtocol"],
  ...["mptcpInfo", "mptcpSubflow", "tlsInfo", "peer", "icons"],
  ...["version", "reserve", "copyThreshold", "timestamp", "packetOptions", "memberships", "rxRing", "txRing", "fanout"],
  ...["connected", "remotePortId", "remoteGroup", "joinedGroups", "netlinkOptions"],
] as const;

/** Fields of a row that each class leaves out. The kernel's address of a socket (`sk`) helps who attacks the kernel. */
const ROW: Readonly<Record<Expose, ReadonlySet<string>>> = {
  full: new Set(),
  // Control groups and files are named by paths. What filters of packet sockets look for the kernel tells nobody without rights.
  owners: new Set(["filter", "path", "pathBytes", "sk", "unknown", "extra", ...PATHS]),
  // A netlink socket mostly has the number of its process as its port.
  minimal: new Set(["filter", "path", "pathBytes", "sk", "unknown", "extra", "uid", "portId", ...PATHS, ...OF_KERNEL]),
};

/** Fields of an owner that each class leaves; `undefined` for all. */
const OWNER: Readonly<Record<Exclude<Expose, "full">, readonly (keyof SocketOwner | "ended")[]>> = {
  owners: ["ended", "pid", "startTime", "program", "comm", "uid", "fds", "container", "unit"],
  minimal: ["ended", "program", "container"],
};

/** Whether a class tells a field of a row. */
export function isTold(field: string, expose: Expose): boolean {
  return !ROW[expose].has(field);
}

/** Whether a class tells a field of an owner. */
export function isOwnerTold(field: keyof SocketOwner, expose: Expose): boolean {
  return expose === "full" || OWNER[expose].includes(field);
}

/** Fields of a row that a class does not tell. */
export function untold(expose: Expose): Iterable<string> {
  return ROW[expose];
}

/** A row as documents have it, without what is not told. */
export function exposedSocket(socket: WatchedSocket, expose: Expose): Readonly<Record<string, unknown>> {
  const all = { ...socket, commonState: stateOf(socket) };
  if (expose === "full") return all;
  const left = ROW[expose];
  const row = Object.fromEntries(Object.entries(all).filter(([name]) => !left.has(name)));
  if (socket.owners !== undefined) row.owners = socket.owners.map((owner) => exposedOwner(owner, expose));
  if (expose === "minimal" && "localAddress" in socket) {
    row.localAddress = networkOf(socket.localAddress);
    row.remoteAddress = networkOf(socket.remoteAddress);
  }
  return row;
}

/** An owner, without what is not told. */
export function exposedOwner(owner: Partial<SocketOwner>, expose: Expose): object {
  if (expose === "full") return owner;
  const told: ReadonlySet<string> = new Set(OWNER[expose]);
  return Object.fromEntries(Object.entries(owner).filter(([name]) => told.has(name)));
}

/** A row as filters see it: who may not be told something may not ask for it either. */
export function askableSocket(socket: WatchedSocket, expose: Expose): WatchedSocket {
  if (expose !== "minimal") return socket;
  const owners = socket.owners?.map((owner) => ({ ...owner, comm: owner.program }));
  if (!("localAddress" in socket)) return { ...socket, owners };
  const { localAddress, remoteAddress } = socket;
  return { ...socket, owners, localAddress: firstOf(localAddress), remoteAddress: firstOf(remoteAddress) };
}

/** The first address of the network that an address is cut to. */
function firstOf(address: string): string {
  return networkOf(address).replace(/\/\d+$/, "");
}

/** Words of filters that ask for what is not told. */
const UNASKED: Readonly<Record<Expose, ReadonlySet<string>>> = {
  full: new Set(),
  owners: new Set(["path"]),
  minimal: new Set([
    ...["path", "pid", "uid", "comm", "unit"],
    ...["cgroupid", "mark", "tos", "ifindex", "shutdown", "peerinode"],
  ]),
};

/** Whether a class lets a filter ask for this. */
export function isAskable(word: string, expose: Expose): boolean {
  return !UNASKED[expose].has(word);
}
