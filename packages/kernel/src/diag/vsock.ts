import { nameOf, SocketType, type TcpState } from "procnet/parse";
import type { KernelBytes } from "../netlink/bytes.ts";
import { Writer } from "../netlink/message.ts";
import { AF_VSOCK, SOCK_DIAG_BY_FAMILY } from "./constants.ts";
import type { Dump } from "./dump.ts";
import { messageOf } from "./message-length.ts";
import { stateName } from "./states.ts";
import { cookieText } from "./values.ts";

/*
 * struct vsock_diag_req and vsock_diag_msg, include/uapi/linux/vm_sockets_diag.h; net/vmw_vsock/diag.c. Procfs has no such table.
 *
 *   0 family, type, state, shutdown (bytes)   4 context   8 port   12 peer's context   16 peer's port   20 inode   24 cookie
 */

/** A socket between a virtual machine and its host. */
export interface VsockSocket {
  readonly protocol: "vsock";
  readonly namespace: number | undefined;
  /** Kind of the socket: `STREAM`, `DGRAM`, `SEQPACKET`. */
  readonly type: string;
  /** State by the kernel's name for TCP's. */
  readonly state: TcpState;
  /** Context of this side: 2 is the host, 4294967295 any. */
  readonly localCid: number;
  readonly localPort: number;
  readonly remoteCid: number;
  readonly remotePort: number;
  /** Number in the link `socket:[N]`. */
  readonly inode: number;
  /** How far it is shut down: bit 0 for receiving, bit 1 for sending. */
  readonly shutdown: number;
  /** What names the socket for good: hexadecimal digits. */
  readonly cookie: string;
}

const HEAD = 32;

/** Sockets between virtual machines and their host. @throws KernelError `ENOENT` on asking where the kernel has no VSOCKETS_DIAG */
export function vsockSockets({
  states = 0xffffffff,
  namespace,
}: {
  readonly states?: number;
  readonly namespace?: number | undefined;
} = {}): Dump<VsockSocket> {
  const writer = new Writer().u8(AF_VSOCK, 0, 0, 0).u32(states).u32(0).u32(0).u32(0xffffffff).u32(0xffffffff);
  return {
    question: { doing: "sock_diag of vsock", type: SOCK_DIAG_BY_FAMILY, isDump: true, payload: writer.bytes() },
    reader: () => (of, from, to) => vsockRow(of, from, to, namespace),
  };
}

/** One row, of a message. */
export function vsockRow(of: KernelBytes, from: number, to: number, namespace: number | undefined): VsockSocket {
  messageOf(from, to, HEAD);
  const { bytes, view, littleEndian } = of;
  return {
    protocol: "vsock",
    namespace,
    type: nameOf(SocketType, bytes[from + 1]!),
    state: stateName(bytes[from + 2]!),
    localCid: view.getUint32(from + 4, littleEndian),
    localPort: view.getUint32(from + 8, littleEndian),
    remoteCid: view.getUint32(from + 12, littleEndian),
    remotePort: view.getUint32(from + 16, littleEndian),
    inode: view.getUint32(from + 20, littleEndian),
    shutdown: bytes[from + 3]!,
    cookie: cookieText(of, from + 24),
  };
}
