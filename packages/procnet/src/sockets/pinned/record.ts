import { OWNER_FORM } from "../../host/pin-file.ts";

/*
 * What the BPF program of `@procnet/kernel` writes of each descriptor that is a socket. Its program and this reader are of one form, whose
 * number is in the name of a pin and in the first word of each record: another form gets another number.
 */

/** Bytes of a record, and where in it lies what, in the order of bytes of the processor. */
export const OWNER_RECORD = {
  length: 64,
  /** 32 bits: {@link OWNER_MARK}. */
  mark: 0,
  /** 32 bits: process id in the first pid namespace. */
  pid: 4,
  /** 32 bits: the descriptor. */
  fd: 8,
  /** 32 bits: effective user id. */
  uid: 12,
  /** 64 bits. */
  inode: 16,
  /** 64 bits: when the process began, nanoseconds since boot. */
  start: 24,
  /** 64 bits: number of its control group in cgroup2. */
  cgroup: 32,
  /** 64 bits: how many programs it and those it comes from have executed. */
  execs: 40,
  /** 16 bytes, with a NUL. */
  comm: 48,
} as const;

/** With what each record begins: `pno1`, read as a number. */
export const OWNER_MARK: number = 0x706e6f30 + OWNER_FORM;

/** Records of another form, or none at all: whose sockets they are must not be guessed. */
export class ForeignRecords extends Error {
  /** What it is called. */
  override readonly name = "ForeignRecords";

  constructor(what: string) {
    super(`what was read is not owners as this version knows them (form ${OWNER_FORM}): ${what}`);
  }
}
