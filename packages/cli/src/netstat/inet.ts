import { TcpState, type UdpNetEntry } from "procnet/parse";
import { numericAddress } from "../names/addresses.ts";
import type { Names } from "../names/names.ts";
import { foreign, int, left, right } from "../text/printf.ts";
import type { Page } from "./page.ts";

/*
 * One line for each socket of TCP, UDP, UDP-Lite and raw IP.
 */

/** What a line shows of a socket: the columns that all these tables have. */
export type InetSocket = Pick<
  UdpNetEntry,
  | "localAddress"
  | "localPort"
  | "remoteAddress"
  | "remotePort"
  | "txQueue"
  | "rxQueue"
  | "timer"
  | "timerExpires"
  | "retransmits"
  | "uid"
  | "probes"
  | "inode"
> & { readonly state: string };

/** A kind of socket: how it is called, and what its columns mean. */
export interface InetKind {
  /** `tcp`, `udpl6`. */
  readonly label: string;
  /** `tcp`, as /etc/services has it; `raw` has protocols in place of ports. */
  readonly service: "tcp" | "udp" | "udplite" | "raw" | "sctp";
}

/** Which columns are shown, and which sockets. */
export interface InetView {
  /** Address columns as wide as they have to be. */
  readonly wide: boolean;
  readonly extended: boolean;
  readonly timers: boolean;
  /** `PID/program` of a socket's inode; `undefined` when the column is not asked for. */
  readonly owner: ((inode: number) => string) | undefined;
  readonly all: boolean;
  readonly listening: boolean;
  readonly names: Names;
}

/** Width of an address column, port included. */
const WIDTH = 23;

export function inetHeading(view: InetView): string {
  const which = view.all ? "servers and established" : view.listening ? "only servers" : "w/o servers";
  let columns = "Proto Recv-Q Send-Q Local Address           Foreign Address         State      ";
  if (view.extended) columns += " User       Inode     ";
  if (view.owner !== undefined) columns += " PID/Program name    ";
  if (view.timers) columns += " Timer";
  return `Active Internet connections (${which})\n${columns}\n`;
}

/** Whether a socket has no peer: by port for TCP, else by address, as netstat tells servers. */
export function isServer(kind: InetKind, socket: InetSocket): boolean {
  if (kind.service === "tcp") return socket.remotePort === 0;
  return socket.remoteAddress === "0.0.0.0" || socket.remoteAddress === "::";
}

/** Prints the lines of some sockets. */
export function printInet(kind: InetKind, sockets: readonly InetSocket[], view: InetView, page: Page): boolean {
  const { all, listening } = view;
  for (const socket of sockets) {
    if (!all && isServer(kind, socket) !== listening) continue;
    page.print(lineOf(kind, socket, view));
    if (!page.open) return false;
  }
  return true;
}

function lineOf(kind: InetKind, socket: InetSocket, view: InetView): string {
  const { names, wide } = view;
  const local = address(socket.localAddress, names.port(socket.localPort, kind.service), names, wide);
  const remote = address(socket.remoteAddress, names.port(socket.remotePort, kind.service), names, wide);
  const queues = `${right(socket.rxQueue, 6)} ${right(socket.txQueue, 6)}`;
  let line = `${kind.label.padEnd(5)} ${queues} ${local} ${remote} ${stateOf(kind, socket.state).padEnd(11)}`;
  line += tailOf(socket, view);
  if (view.timers) line += ` ${timerOf(kind, socket)}`;
  return `${line}\n`;
}

/** The columns of the owner, where they are asked for. */
export function tailOf({ uid, inode }: { uid: number; inode: number }, { extended, names, owner }: InetView): string {
  let tail = "";
  if (extended) tail += ` ${userColumn(uid, names)} ${String(inode).padEnd(10)}`;
  if (owner !== undefined) tail += ` ${left(owner(inode), 20)}`;
  return tail;
}

/** User by name or number; one word in any case. */
function userColumn(uid: number, names: Names): string {
  return left(names.user(uid) ?? String(int(uid)), 10);
}

/** Address and port. Where both do not fit, the address is cut: ports tell more. */
function address(text: string, port: string, names: Names, wide: boolean): string {
  const host = hostOf(text, names);
  const room = WIDTH - 1 - port.length;
  const whole = `${wide || host.length <= room ? host : host.slice(0, Math.max(0, room))}:${port}`;
  return left(whole, WIDTH);
}

/** The host by name or in digits. */
export function hostOf(address: string, names: Names): string {
  const known = names.host(address);
  return known === undefined ? numericAddress(address) : foreign(known);
}

function stateOf({ service }: InetKind, state: string): string {
  if (service === "tcp") return state === "UNKNOWN(0)" ? "" : state;
  if (service === "raw") return String(codeOf(state));
  if (state === "CLOSE") return ""; // the state of every socket without a peer, so it says nothing
  return state === "ESTABLISHED" ? state : "UNKNOWN";
}

/** Code of a state, which raw sockets are shown by. */
export function codeOf(state: string): number {
  const code: unknown = TcpState[state as keyof typeof TcpState];
  return typeof code === "number" ? code : Number(state.replace(/\D/g, ""));
}

const TIMERS = ["off", "on", "keepalive", "timewait", "probe"];

/** Timers by number; no kernel has any for sockets other than TCP's. */
const OTHER_TIMERS = ["off", "on1", "on2"];

/** `on (12.34/5/0)`: kind, seconds left, retransmissions, probes. */
function timerOf({ service }: InetKind, { timer, timerExpires, retransmits, probes }: InetSocket): string {
  const kind = (service === "tcp" ? TIMERS : OTHER_TIMERS)[timer] ?? `unkn-${timer}`;
  const seconds = timer === 0 ? "0.00" : (timerExpires / 100).toFixed(2);
  const again = service === "tcp" || service === "raw" ? retransmits : 0;
  return `${kind} (${seconds}/${again}/${probes})`;
}
