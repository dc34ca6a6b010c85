import { LITTLE_ENDIAN } from "./bytes.ts";
import { AF_NETLINK } from "./constants.ts";

/*
 * struct sockaddr_nl, include/uapi/linux/netlink.h.
 *
 *   0 family   2 (nothing)   4 port   8 groups
 */

export const NETLINK_ADDRESS = 12;

/** The kernel's, to which one connects. */
export function kernelAddress(): Uint8Array {
  const bytes = new Uint8Array(NETLINK_ADDRESS);
  new DataView(bytes.buffer).setUint16(0, AF_NETLINK, LITTLE_ENDIAN);
  return bytes;
}

/** Whether it is the kernel's, whose port is 0. */
export function isKernel(address: Uint8Array): boolean {
  return address[4] === 0 && address[5] === 0 && address[6] === 0 && address[7] === 0;
}
