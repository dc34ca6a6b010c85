/** What of the package that asks the kernel is fuzzed: the only door of this workspace to its sources. */

export type { Dump } from "../packages/kernel/src/diag/dump.ts";
export { inetSockets } from "../packages/kernel/src/diag/inet.ts";
export { netlinkSockets } from "../packages/kernel/src/diag/netlink.ts";
export { packetSockets } from "../packages/kernel/src/diag/packet.ts";
export { unixSockets } from "../packages/kernel/src/diag/unix.ts";
export { vsockSockets } from "../packages/kernel/src/diag/vsock.ts";
export { Answer } from "../packages/kernel/src/netlink/answer.ts";
export { eachAttribute } from "../packages/kernel/src/netlink/attributes.ts";
export { kernelBytes } from "../packages/kernel/src/netlink/bytes.ts";
export { KernelError } from "../packages/kernel/src/netlink/errors.ts";
export { BrokenMessage, eachMessage } from "../packages/kernel/src/netlink/message.ts";
export { BtfError } from "../packages/kernel/src/owners/btf.ts";
export { addresses } from "../packages/kernel/src/route/addresses.ts";
export { links } from "../packages/kernel/src/route/links.ts";
export { neighbours } from "../packages/kernel/src/route/neighbours.ts";
export { routes } from "../packages/kernel/src/route/routes.ts";
export { rules } from "../packages/kernel/src/route/routing-rules.ts";
