import type { KernelDoor } from "../door/door.ts";
import { KernelError } from "./errors.ts";

/*
 * What the kernel tells over a netlink socket goes by the rights that its opener had when it was opened, and by those of whoever asks
 * (__netlink_ns_capable of net/netlink/af_netlink.c). To those with CAP_NET_ADMIN sock_diag tells the TCP-MD5 keys of each socket of which
 * it tells figures, tcp_diag_get_aux of net/ipv4/tcp_diag.c. Any program may set more of them than a datagram takes: the answer ends
 * before that socket as if nothing followed.
 */

/** capget(2) and capset(2) of each processor that is known here. */
const SYSCALLS: Readonly<Record<string, readonly [number, number]>> = {
  x64: [125, 126],
  arm64: [90, 91],
  riscv64: [90, 91],
  loong64: [90, 91],
  ppc64: [183, 184],
  s390x: [184, 185],
  ia32: [184, 185],
  arm: [184, 185],
};

/** _LINUX_CAPABILITY_VERSION_3: two sets of effective, permitted and inheritable ones, 32 bits each, the low ones first. */
const VERSION = 0x20080522;
const CAP_NET_ADMIN = 1 << 12;

/**
 * Does something without CAP_NET_ADMIN: this thread alone, and for as long as the call takes. Where that cannot be done it is done with it,
 * as it is by who is root of the user namespace that the network namespace is of.
 *
 * @throws KernelError where the right cannot be had back; what `work` throws
 */
export function withoutAdmin<Value>(door: KernelDoor, work: () => Value, arch: string = process.arch): Value {
  const [get, set] = SYSCALLS[arch] ?? [];
  if (get === undefined || set === undefined) return work();
  const header = bytesOf(new Uint32Array([VERSION, 0]));
  const own = new Uint32Array(6);
  const call = (number: number, sets: Uint32Array): number =>
    door.syscall(number, Number(door.addressOf(header)), bytesOf(sets), 0);
  if (call(get, own) < 0 || (own[0]! & CAP_NET_ADMIN) === 0) return work();
  const less = Uint32Array.from(own);
  less[0]! &= ~CAP_NET_ADMIN;
  if (call(set, less) < 0) return work();
  try {
    return work();
  } finally {
    const error = call(set, own);
    // biome-ignore lint/correctness/noUnsafeFinally: a program that lost a right must not go on as if nothing were
    if (error < 0) throw new KernelError("capset(2)", -error);
  }
}

function bytesOf(words: Uint32Array): Uint8Array {
  return new Uint8Array(words.buffer);
}
