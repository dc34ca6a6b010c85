import { accessSync, constants, readFileSync, readlinkSync } from "node:fs";
import { baseProcFs } from "procnet";

/*
 * What the kernel tells a process about itself. Always of this machine's own procfs, whichever is to be read.
 */

/** The procfs of this machine. */
export const MACHINE: string = baseProcFs().root;

/** The text of a file; `undefined` where it cannot be read. */
export function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** The number of a namespace of a process: N of `net:[N]`. */
export function namespaceOf(directory: string, kind: "net" | "pid" | "user"): number | undefined {
  try {
    const [, digits] = /\[(\d+)\]$/.exec(readlinkSync(`${directory}/ns/${kind}`)) ?? [];
    return digits === undefined ? undefined : Number(digits);
  } catch {
    return undefined;
  }
}

export function mayRead(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** Bits of capabilities: include/uapi/linux/capability.h. */
const CAPABILITIES = {
  CAP_DAC_READ_SEARCH: 2n,
  CAP_SYS_PTRACE: 19n,
  CAP_NET_ADMIN: 12n,
  CAP_SYS_ADMIN: 21n,
  CAP_PERFMON: 38n,
  CAP_BPF: 39n,
} as const;

/** Those by which root looks into processes of others. */
export const TO_LOOK: readonly Capability[] = ["CAP_SYS_PTRACE", "CAP_DAC_READ_SEARCH"];

export type Capability = keyof typeof CAPABILITIES;

/** Whether this process has a capability now; none where the kernel does not say. */
export function has(capability: Capability): boolean {
  const [, digits = "0"] = /^CapEff:\t([0-9a-f]{1,16})$/m.exec(textOf(`${MACHINE}/self/status`) ?? "") ?? [];
  return ((BigInt(`0x${digits}`) >> CAPABILITIES[capability]) & 1n) === 1n;
}

/** Which of {@link TO_LOOK} this process does not have. */
export function lacking(): Capability[] {
  return TO_LOOK.filter((capability) => !has(capability));
}

/** Numbers of the namespaces that the machine began with: include/linux/proc_ns.h. */
const INITIAL = { pid: 4026531836, user: 4026531837 } as const;

/** Whether this process is in the namespace that the machine began with; also where the kernel has no others. */
export function isInitial(kind: keyof typeof INITIAL): boolean {
  const own = namespaceOf(`${MACHINE}/self`, kind);
  return own === undefined || own === INITIAL[kind];
}
