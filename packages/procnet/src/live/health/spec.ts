import type { Evidence, Finding, FindingLimit, FindingOwner, Severity } from "./finding.ts";
import type { Subject } from "./subject.ts";
import type { Unjudged } from "./unjudged.ts";
import type { Window } from "./window.ts";

/** Numbers that a finding is judged by; what each means says the finding's page in docs/health.md. */
export type Thresholds = Readonly<Record<string, number>>;

/** What a finding says before it is dated. */
export interface Draft {
  readonly severity: Severity;
  readonly subject: Subject;
  readonly evidence: readonly Evidence[];
  readonly limit?: FindingLimit | undefined;
  readonly owners?: readonly FindingOwner[];
  readonly summary: string;
  /** Milliseconds for which it was seen to be so, where looks at rows tell: it is so since then, not since it was raised. */
  readonly held?: number;
  /** In place of the finding's own, where more is known. */
  readonly help?: string;
  /** Whether it is of the machine, in whichever namespace it was seen. */
  readonly isMachine?: boolean;
}

/** Findings, of which none is "in order"; or why it cannot be judged. Both, where some subjects can and others cannot. */
export type Verdict = readonly (Draft | Unjudged)[];

/** What is known of one kind of finding before anything is looked at. */
export interface FindingFacts {
  /** Its name for good: `tcp-accept-queue-overflow`. */
  readonly id: string;
  /** One line for lists. */
  readonly title: string;
  /** What it means and what would help, for people. */
  readonly help: string;
  /** Where it stands in the kernel, or who says so. */
  readonly sources: readonly string[];
  /** The numbers by which it is raised. */
  readonly thresholds: Thresholds;
  /** Those by which one that was raised holds on: lower ones. */
  readonly clear: Thresholds;
  /** The row and column of the USE method, where it has a cell. */
  readonly use?: readonly [resource: string, column: "utilization" | "saturation" | "errors"];
}

/** One kind of finding: what is looked at, when it is bad, what it means. */
export interface FindingSpec extends FindingFacts {
  /** Judges a window by thresholds: those above, the caller's, or the lower ones. */
  readonly judge: (window: Window, thresholds: Thresholds) => Verdict;
  /** Whether another finding tells all that one of this kind does, and more: then that one alone is told. */
  readonly isToldBy?: (own: Finding, other: Finding) => boolean;
}

type Reached = (value: number, mark: number) => boolean;

/** The severity of a number by marks that ascend; `undefined` below all of them. A mark that is absent is never reached. */
export function severityOf(
  value: number,
  marks: Partial<Record<Severity, number>>,
  isReached: Reached = above,
): Severity | undefined {
  for (const severity of ["crit", "warn", "info"] as const) {
    const mark = marks[severity];
    if (mark !== undefined && isReached(value, mark)) return severity;
  }
  return undefined;
}

function above(value: number, mark: number): boolean {
  return value > mark;
}

/** For marks that a number reaches by being equal. */
export const atLeast = (value: number, mark: number): boolean => value >= mark;

/** A draft as a finding, that was first seen at that time unless the draft tells more. */
export function findingOf(spec: FindingSpec, draft: Draft, window: Window, since: Date): Finding {
  const { isMachine = false, help = spec.help, owners = [], limit, held, ...rest } = draft;
  const begin = held === undefined ? since : new Date(window.last.takenAt.getTime() - held);
  return {
    id: spec.id,
    ...rest,
    since: begin.toISOString(),
    window: window.milliseconds,
    namespace: isMachine ? undefined : window.last.namespace,
    limit,
    owners,
    help,
  };
}
