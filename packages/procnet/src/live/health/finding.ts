import type { SocketOwner } from "../../sockets/types.ts";
import type { LimitScope } from "../limit-names.ts";

/** How bad it is: worth knowing, to be looked at, or harm is being done. */
export type Severity = "info" | "warn" | "crit";

/** What a finding is about. */
export type Subject =
  | { readonly kind: "machine" }
  | { readonly kind: "namespace"; readonly namespace: number | undefined }
  | { readonly kind: "cpu"; readonly cpu: number }
  | { readonly kind: "interface"; readonly interface: string; readonly index: number | undefined }
  | { readonly kind: "listener"; readonly protocol: string; readonly address: string; readonly port: number }
  | { readonly kind: "unix-listener"; readonly path: string }
  | { readonly kind: "process"; readonly pid: number; readonly program: string }
  | { readonly kind: "destination"; readonly address: string; readonly port: number; readonly from?: string }
  | {
      readonly kind: "socket";
      readonly protocol: string;
      readonly inode: number;
      readonly local: string;
      readonly remote: string;
    }
  | { readonly kind: "table"; readonly table: string };

/** A number that a finding rests on, as it was read. */
export interface Evidence {
  /** By the kernel's name with its group, `TcpExt.ListenOverflows`, or a field of a row, `rxQueue`. */
  readonly name: string;
  /** The file it is in. */
  readonly file: string;
  /** At the end of the window. */
  readonly value: number;
  /** At its beginning, for what counts; absent for what is a number of now. */
  readonly before?: number;
  /** What it grew by. */
  readonly delta?: number;
  readonly perSecond?: number;
  readonly unit?: "bytes" | "pages" | "packets" | "milliseconds" | "seconds" | "ratio";
}

/** The setting that a number is held against. */
export interface FindingLimit {
  readonly name: string;
  readonly value: number;
  /** Its file, or how it was learnt. */
  readonly file: string;
  readonly scope: LimitScope | "process" | "listener" | "interface";
}

/** A process that has to do with a finding. */
export type FindingOwner = Pick<SocketOwner, "pid" | "startTime" | "program" | "container" | "unit"> & {
  /** How many of the sockets concerned it holds. */
  readonly sockets: number;
};

/** Something that is wrong, or may be. */
export interface Finding {
  readonly id: string;
  readonly severity: Severity;
  /** When it was first seen to hold, ISO 8601. */
  readonly since: string;
  /** Milliseconds between the first and the last sample that it rests on. */
  readonly window: number;
  readonly subject: Subject;
  /** Number of the network namespace it was seen in; absent where it is of the machine, or not known. */
  readonly namespace: number | undefined;
  readonly evidence: readonly Evidence[];
  readonly limit: FindingLimit | undefined;
  readonly owners: readonly FindingOwner[];
  /** One sentence: what is the case, with its numbers. */
  readonly summary: string;
  /** What it means, and what would help. */
  readonly help: string;
}

/**
 * Why something was not judged: a file or a setting is not here (`no-file`, `no-limit`), the reader may not see it (`no-right`), nobody
 * looked (`not-looked`), there was one sample only (`first-sample`), a counter began anew (`reset`), the window is shorter than what is
 * claimed (`window-too-short`), or too little happened to tell (`too-little`).
 */
export type UnknownReason =
  | "no-file"
  | "no-limit"
  | "no-right"
  | "not-looked"
  | "first-sample"
  | "reset"
  | "window-too-short"
  | "too-little";

/** A finding that could not be judged. */
export interface UnknownFinding {
  readonly id: string;
  readonly reason: UnknownReason;
  /** One sentence: what was missing. */
  readonly message: string;
}

/** What was judged, and what could not be. */
export interface Health {
  /** The worst first. */
  readonly findings: readonly Finding[];
  readonly unknown: readonly UnknownFinding[];
  /** Ids of what was judged and found in order. */
  readonly ok: readonly string[];
  /** Milliseconds from the first sample to the last. */
  readonly window: number;
  readonly samples: number;
}

/** The order of severities, the worst last. */
export const SEVERITIES: readonly Severity[] = ["info", "warn", "crit"];
