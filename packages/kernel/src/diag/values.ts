import type { InetSockOpt, SkMemInfo, TcpKernelFields } from "procnet";
import { ipv4Text, ipv6Text } from "procnet/parse";
import { type KernelBytes, text, u64 } from "../netlink/bytes.ts";
import type { InetAttributes } from "./inet-attributes.ts";
import { bitsOf } from "./tcp-info.ts";

/** The four bytes of an address of IPv4, which lie in the order of the network. */
export function address4({ view }: KernelBytes, at: number): string {
  return ipv4Text(view.getInt32(at));
}

/** The sixteen bytes of an address of IPv6. */
export function address6({ view }: KernelBytes, at: number): string {
  return ipv6Text(view.getInt32(at), view.getInt32(at + 4), view.getInt32(at + 8), view.getInt32(at + 12));
}

/** Names of congestion control by their bytes: there are a few, and to decode one takes as long as to make a row. */
const NAMES: string[] = [];

/** A short name that ends with a NUL. */
export function nameOf(of: KernelBytes, from: number, to: number): string {
  for (const name of NAMES) if (isText(of.bytes, from, to, name)) return name;
  const name = text(of, from, to);
  if (NAMES.length < MOST_NAMES) NAMES.push(name);
  return name;
}

const MOST_NAMES = 16;

function isText(bytes: Uint8Array, from: number, to: number, name: string): boolean {
  const end = from + name.length;
  if (end > to || (end < to && bytes[end] !== 0)) return false;
  for (let at = 0; at < name.length; at++) if (bytes[from + at] !== name.charCodeAt(at)) return false;
  return true;
}

/** A cookie, two numbers of 32 bits of which the lower comes first on every machine, as hexadecimal digits. */
export function cookieText({ view, littleEndian }: KernelBytes, at: number): string {
  const low = view.getUint32(at, littleEndian);
  const high = view.getUint32(at + 4, littleEndian);
  return high === 0 ? low.toString(16) : high.toString(16) + low.toString(16).padStart(8, "0");
}

/** `SK_MEMINFO_*`, include/uapi/linux/sock_diag.h: eight numbers, since Linux 4.7 nine. */
export function memoryOf(of: KernelBytes, from: number, to: number): SkMemInfo {
  const { view, littleEndian } = of;
  if (to - from < 36) return eightOf(of, from);
  return {
    rmem_alloc: view.getUint32(from, littleEndian),
    rcvbuf: view.getUint32(from + 4, littleEndian),
    wmem_alloc: view.getUint32(from + 8, littleEndian),
    sndbuf: view.getUint32(from + 12, littleEndian),
    fwd_alloc: view.getUint32(from + 16, littleEndian),
    wmem_queued: view.getUint32(from + 20, littleEndian),
    optmem: view.getUint32(from + 24, littleEndian),
    backlog: view.getUint32(from + 28, littleEndian),
    drops: view.getUint32(from + 32, littleEndian),
  };
}

function eightOf({ view, littleEndian }: KernelBytes, from: number): SkMemInfo {
  return {
    rmem_alloc: view.getUint32(from, littleEndian),
    rcvbuf: view.getUint32(from + 4, littleEndian),
    wmem_alloc: view.getUint32(from + 8, littleEndian),
    sndbuf: view.getUint32(from + 12, littleEndian),
    fwd_alloc: view.getUint32(from + 16, littleEndian),
    wmem_queued: view.getUint32(from + 20, littleEndian),
    optmem: view.getUint32(from + 24, littleEndian),
    backlog: view.getUint32(from + 28, littleEndian),
  };
}

/** By the two bytes of the flags: most sockets have the same, and each such thing is frozen. */
const OPTIONS: (InetSockOpt | undefined)[] = [];

/** `struct inet_diag_sockopt`, include/uapi/linux/inet_diag.h: eleven bits of two bytes. */
export function sockOptOf({ bytes, littleEndian }: KernelBytes, at: number): InetSockOpt {
  const first = bytes[at]!;
  const second = bytes[at + 1]!;
  const key = (first << 9) | (second << 1) | (littleEndian ? 1 : 0);
  OPTIONS[key] ??= Object.freeze(optionsOf(first, second, littleEndian));
  return OPTIONS[key];
}

function optionsOf(first: number, second: number, littleEndian: boolean): InetSockOpt {
  const is = (byte: number, bit: number): boolean => bitsOf(byte, bit, 1, littleEndian) === 1;
  return {
    recverr: is(first, 0),
    is_icsk: is(first, 1),
    freebind: is(first, 2),
    hdrincl: is(first, 3),
    mc_loop: is(first, 4),
    transparent: is(first, 5),
    mc_all: is(first, 6),
    nodefrag: is(first, 7),
    bind_address_no_port: is(second, 0),
    recverr_rfc4884: is(second, 1),
    defer_connect: is(second, 2),
  };
}

/** `struct tcpvegas_info`, include/uapi/linux/inet_diag.h. */
export function vegasOf({ view, littleEndian }: KernelBytes, at: number): TcpKernelFields["vegas"] {
  return {
    enabled: view.getUint32(at, littleEndian),
    rttcnt: view.getUint32(at + 4, littleEndian),
    rtt: view.getUint32(at + 8, littleEndian),
    minrtt: view.getUint32(at + 12, littleEndian),
  };
}

/** `struct tcp_dctcp_info`. */
export function dctcpOf({ view, littleEndian }: KernelBytes, at: number): TcpKernelFields["dctcp"] {
  return {
    enabled: view.getUint16(at, littleEndian),
    ce_state: view.getUint16(at + 2, littleEndian),
    alpha: view.getUint32(at + 4, littleEndian),
    ab_ecn: view.getUint32(at + 8, littleEndian),
    ab_tot: view.getUint32(at + 12, littleEndian),
  };
}

/** `struct tcp_bbr_info`: its bandwidth is two numbers of 32 bits, the lower first on every machine. */
export function bbrOf({ view, littleEndian }: KernelBytes, at: number): TcpKernelFields["bbr"] {
  return {
    bw: view.getUint32(at + 4, littleEndian) * 4294967296 + view.getUint32(at, littleEndian),
    min_rtt: view.getUint32(at + 8, littleEndian),
    pacing_gain: view.getUint32(at + 12, littleEndian),
    cwnd_gain: view.getUint32(at + 16, littleEndian),
  };
}

/** The number of the control group. */
export function cgroupOf(of: KernelBytes, { cgroup }: InetAttributes): number | undefined {
  return cgroup === 0 ? undefined : u64(of, cgroup);
}
