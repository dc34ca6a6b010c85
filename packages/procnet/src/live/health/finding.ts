import type { SocketOwner } from "../../sockets/types.ts";
import type { LimitScope } from "../limit-names.ts";
import type { Subject } from "./subject.ts";

/** How bad it is: worth knowing, to be looked at, or harm is being done. */
export type Severity = "info" | "warn" | "crit";

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
  /** The same a second, over the window. */
  readonly perSecond?: number;
  /** What it counts, where that is no number of events. */
  readonly unit?: "bytes" | "pages" | "packets" | "milliseconds" | "seconds" | "ratio";
}

/** The setting that a number is held against. */
export interface FindingLimit {
  /** As sysctl(8) or the field of procfs has it. */
  readonly name: string;
  /** The setting. */
  readonly value: number;
  /** Its file, or how it was learnt. */
  readonly file: string;
  /** How far it reaches. */
  readonly scope: LimitScope | "process" | "listener" | "interface";
}

/** A process that has to do with a finding. */
export type FindingOwner = Pick<SocketOwner, "pid" | "startTime" | "program" | "container" | "unit"> & {
  /** How many of the sockets concerned it holds. */
  readonly sockets: number;
};

/** Something that is wrong, or may be. */
export interface Finding {
  /** Which finding, for good: `tcp-accept-queue-overflow`. */
  readonly id: string;
  /** How bad it is. */
  readonly severity: Severity;
  /** Since when it was seen to hold, ISO 8601: where looks at sockets tell for how long it has, the first of these. */
  readonly since: string;
  /** Milliseconds between the first and the last sample that it rests on. */
  readonly window: number;
  /** What it is about. */
  readonly subject: Subject;
  /** Number of the network namespace it was seen in; absent where it is of the machine, or not known. */
  readonly namespace: number | undefined;
  /** The numbers it rests on. */
  readonly evidence: readonly Evidence[];
  /** What they are held against; absent where there is no limit, or it is not known. */
  readonly limit: FindingLimit | undefined;
  /** The processes concerned; empty where none is, or none is known. */
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
  /** Which finding. */
  readonly id: string;
  /** Why, in one word. */
  readonly reason: UnknownReason;
  /** One sentence: what was missing. */
  readonly message: string;
}

/** What was judged, and what could not be. */
export interface Health {
  /** The worst first. */
  readonly findings: readonly Finding[];
  /** What could not be judged, with the reason. */
  readonly unknown: readonly UnknownFinding[];
  /** Ids of what was judged and found in order. */
  readonly ok: readonly string[];
  /** Milliseconds from the first sample to the last. */
  readonly window: number;
  /** How many samples were judged. */
  readonly samples: number;
}

/** The order of severities, the worst last. */
export const SEVERITIES: readonly Severity[] = ["info", "warn", "crit"];
