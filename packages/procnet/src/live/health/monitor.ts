import { checkOptions, optionNames } from "../../check-options.ts";
import { invalidArgument } from "../../errors.ts";
import type { Limits } from "../limit-names.ts";
import type { Sample } from "../sample.ts";
import { checkThresholds, clearOf, type EvaluateOptions, judgeAll, specsOf, toldOnce, worstFirst } from "./evaluate.ts";
import { type Finding, type Health, SEVERITIES, type Severity, type UnknownFinding } from "./finding.ts";
import { type FindingSpec, findingOf } from "./spec.ts";
import { isUnjudged } from "./unjudged.ts";
import { Window } from "./window.ts";

/** Options of a {@link HealthMonitor}; all optional. */
export interface MonitorOptions extends EvaluateOptions {
  /** Milliseconds of samples that are judged together: 60,000 by default. */
  readonly window?: number;
  /** Milliseconds for which a mark must be passed, in every round, before it is raised: 0 by default. Until then it is unknown. */
  readonly hold?: number;
  /** Rounds below the lower mark after which what was raised is cleared: 5 by default. */
  readonly clearRounds?: number;
}

const OPTIONS = optionNames<MonitorOptions>({
  limits: true,
  thresholds: true,
  only: true,
  window: true,
  hold: true,
  clearRounds: true,
});

/** A finding that was raised, or is about to be. */
interface Raised {
  finding: Finding;
  /** When it was first seen, by the clock of the samples. */
  readonly first: number;
  /** How bad it was the round before. */
  before?: Severity;
  /** Whether it has held for long enough to be told. */
  isTold: boolean;
  /** Rounds in which it was below the lower mark. */
  below: number;
}

/**
 * Judges sample after sample, so that what swings around a mark does not come and go: it is raised by one mark and cleared by a lower
 * one, after some rounds below it. A pure class: samples come from outside.
 *
 * @example
 * ```ts
 * import { HealthMonitor, limits, takeSample } from "procnet";
 * const monitor = new HealthMonitor({ limits: limits(), window: 10_000 });
 * for (let round = 0; round < 3; round++) console.log(monitor.add(await takeSample()).findings.length);
 * ```
 */
export class HealthMonitor {
  private readonly options: EvaluateOptions;
  private readonly window: number;
  private readonly hold: number;
  private readonly clearRounds: number;
  private readonly raised = new Map<string, Raised>();
  private samples: Sample[] = [];
  private limits: Limits | undefined;

  /** @throws `ProcfsError` with code `ERR_INVALID_ARG` for wrong or unknown options */
  constructor(options: MonitorOptions = {}) {
    checkOptions("HealthMonitor", options, OPTIONS);
    const { window = 60_000, hold = 0, clearRounds = 5, limits, ...rest } = options;
    for (const [name, value] of Object.entries({ window, hold, clearRounds })) {
      if (typeof value !== "number" || !(value >= 0))
        throw invalidArgument(`HealthMonitor: ${name} must be a number from 0 on`);
    }
    specsOf(rest.only);
    checkThresholds(rest.thresholds);
    this.options = rest;
    this.window = window;
    this.hold = hold;
    this.clearRounds = clearRounds;
    this.limits = limits;
  }

  /** Takes a sample, which is later than those before, and the settings if they were read anew; gives what is the case now. */
  add(sample: Sample, limits?: Limits): Health {
    this.limits = limits ?? this.limits;
    this.samples = [...this.samples, sample].filter(({ at }, index, all) => {
      const next = all[index + 1];
      // The last one before the window begins stays: rates are of the whole window.
      return at >= sample.at - this.window || next === undefined || next.at > sample.at - this.window;
    });
    const options = { ...this.options, ...(this.limits && { limits: this.limits }) };
    const health = judgeAll(this.samples, options, sample.takenAt);
    const specs = specsOf(this.options.only);
    const held = new Map(specs.map(({ id }) => [id, new Set<string>()]));
    for (const finding of health.findings) held.get(finding.id)?.add(this.raise(finding, sample));
    for (const spec of specs) this.settle(spec, held.get(spec.id)!, sample);
    const all = [...this.raised.values()];
    const ids = new Set(all.map(({ finding }) => finding.id));
    return {
      ...health,
      findings: toldOnce(all.flatMap(({ finding, isTold }) => (isTold ? [finding] : []))).sort(worstFirst),
      unknown: [...health.unknown, ...all.flatMap((one) => (one.isTold ? [] : [this.pending(one)]))],
      ok: health.ok.filter((id) => !ids.has(id)),
    };
  }

  /** What has not held for long enough is not told, and not in order. */
  private pending({ finding: { id, summary } }: Raised): UnknownFinding {
    return { id, reason: "window-too-short", message: `${summary}; it is told when that has held for ${this.hold} ms` };
  }

  /** What is above its mark begins, or goes on; gives its key. */
  private raise(finding: Finding, sample: Sample): string {
    const key = keyOf(finding);
    const known = this.raised.get(key);
    if (known === undefined) {
      this.raised.set(key, { finding, first: sample.at, isTold: this.hold === 0, below: 0 });
      return key;
    }
    known.isTold ||= sample.at - known.first >= this.hold;
    known.before = known.finding.severity;
    known.finding = { ...finding, since: known.finding.since };
    known.below = 0;
    return key;
  }

  /**
   * A severity holds on above its lower mark, also where a lesser one is raised; what is below all of them for some rounds is cleared.
   * What cannot be judged now is neither better nor worse, unless that is for want of events: then there are too few for it to go on.
   */
  private settle(spec: FindingSpec, now: ReadonlySet<string>, sample: Sample): void {
    const known = [...this.raised].filter(([, { finding }]) => finding.id === spec.id);
    if (known.length === 0) return;
    const { still, isUnknown } = this.above(spec, sample);
    for (const [key, raised] of known) {
      const { finding, before = finding.severity } = raised;
      const lower = still.get(key);
      const kept = lower && lesser(before, lower.severity);
      if (now.has(key))
        raised.finding = { ...finding, severity: kept ? worse(finding.severity, kept) : finding.severity };
      else if (isUnknown(key)) continue;
      else if (!raised.isTold) this.raised.delete(key);
      else if (lower !== undefined) {
        raised.finding = { ...lower, severity: kept!, since: finding.since };
        raised.below = 0;
      } else if (++raised.below >= this.clearRounds) this.raised.delete(key);
    }
  }

  /** What is above the lower marks, and of what it cannot be told. */
  private above(spec: FindingSpec, { takenAt }: Sample): Above {
    const [first, ...rest] = this.samples;
    const window = new Window([first!, ...rest], this.limits);
    const verdict = spec.judge(window, clearOf(spec, this.options.thresholds));
    const still = new Map<string, Finding>();
    const unknown = new Set<string>();
    let isAllUnknown = false;
    for (const one of verdict) {
      if (!isUnjudged(one)) {
        const finding = findingOf(spec, one, window, takenAt);
        still.set(keyOf(finding), finding);
      } else if (one.unknown === "too-little") continue;
      else if (one.subjects === undefined) isAllUnknown = true;
      else for (const subject of one.subjects) unknown.add(keyOf({ id: spec.id, subject }));
    }
    return { still, isUnknown: (key) => !still.has(key) && (isAllUnknown || unknown.has(key)) };
  }
}

interface Above {
  readonly still: ReadonlyMap<string, Finding>;
  readonly isUnknown: (key: string) => boolean;
}

function keyOf({ id, subject }: Pick<Finding, "id" | "subject">): string {
  return JSON.stringify([id, subject]);
}

function worse(a: Severity, b: Severity): Severity {
  return SEVERITIES.indexOf(a) >= SEVERITIES.indexOf(b) ? a : b;
}

function lesser(a: Severity, b: Severity): Severity {
  return worse(a, b) === a ? b : a;
}
