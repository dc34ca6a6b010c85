import { type ByteOrder, HOST_BYTE_ORDER } from "../codes/byte-order.ts";

/** Where the kernel of this machine mounts procfs. Never joined to further literals: bundlers pack files named in full. */
export const MACHINE_ROOT = "/proc";

/** What all readers of one procfs share. */
export interface ProcContext {
  /** Absolute path of the procfs or of the captured tree. */
  readonly root: string;
  /** Whether it is the procfs of this machine as this process sees it. */
  readonly own: boolean;
  /** Byte order of the machine the files come from. */
  readonly byteOrder: ByteOrder;
  /** Clock ticks a second (USER_HZ) of that machine. */
  readonly ticksPerSecond: number;
}

/** The procfs of this machine. */
export const MACHINE: ProcContext = { root: MACHINE_ROOT, own: true, byteOrder: HOST_BYTE_ORDER, ticksPerSecond: 100 };
