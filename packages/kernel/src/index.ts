/**
 * What the Linux kernel tells of sockets by system call: netlink and a BPF iterator, through the runtime's own foreign-function interface.
 *
 * @packageDocumentation
 */

export type { DoorName, KernelDoor } from "./door/door.ts";
export { NoDoor, openDoor } from "./door/open.ts";
export { KernelError } from "./netlink/errors.ts";
