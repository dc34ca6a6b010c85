import { checkOptions, optionNames } from "../../check-options.ts";
import { invalidArgument } from "../../errors.ts";
import type { Limits } from "../limit-names.ts";
import type { Sample } from "../sample.ts";
import { type Finding, type Health, SEVERITIES, type UnknownFinding } from "./finding.ts";
import { SPECS } from "./findings/index.ts";
import { type FindingSpec, findingOf, type Thresholds } from "./spec.ts";
import { isUnjudged } from "./unjudged.ts";
import { Window } from "./window.ts";

/** Options of {@link evaluateHealth}; all optional. */
export interface EvaluateOptions {
  /** The settings of the same network namespace: see `limits`. Without them, what needs one is unknown. */
  readonly limits?: Limits;
  /** Numbers in place of those that findings have: by the finding's id, then by name. What clears a finding is scaled with them. */
  readonly thresholds?: Readonly<Record<string, Thresholds>>;
  /** Only these findings, by id. */
  readonly only?: readonly string[];
}

const OPTIONS = optionNames<EvaluateOptions>({ limits: true, thresholds: true, only: true });

/**
 * What is wrong, by what was seen at two times or more: a pure function, for samples just taken as for those of two captures. What
 * cannot be judged is in `unknown` with the reason, and never in order.
 *
 * @throws `ProcfsError` with code `ERR_INVALID_ARG` without a sample, and for wrong or unknown options and ids
 * @example
 * ```ts
 * import { evaluateHealth, limits, takeSample } from "procnet";
 * const before = await takeSample();
 * const after = await takeSample();
 * for (const { severity, summary } of evaluateHealth([before, after], { limits: limits() }).findings) {
 *   console.log(severity, summary);
 * }
 * ```
 */
export function evaluateHealth(samples: readonly Sample[], options: EvaluateOptions = {}): Health {
  checkOptions("evaluateHealth", options, OPTIONS);
  checkThresholds(options.thresholds);
  const health = judgeAll(samples, options);
  return { ...health, findings: toldOnce(health.findings) };
}

/** The same with findings that others tell, too, and those of a kind that was first seen at a time that is known. */
export function judgeAll(samples: readonly Sample[], options: EvaluateOptions, since?: Date): Health {
  const [first, ...rest] = [...samples].sort((a, b) => a.at - b.at);
  if (first === undefined)
    throw invalidArgument("evaluateHealth: samples must hold one sample at least, and two for rates");
  const window = new Window([first, ...rest], options.limits);
  const findings: Finding[] = [];
  const unknown: UnknownFinding[] = [];
  const ok: string[] = [];
  for (const spec of specsOf(options.only)) {
    const verdict = spec.judge(window, thresholdsOf(spec, options.thresholds));
    if (verdict.length === 0) ok.push(spec.id);
    for (const one of verdict) {
      if (isUnjudged(one)) unknown.push({ id: spec.id, reason: one.unknown, message: one.message });
      else findings.push(findingOf(spec, one, window, since ?? window.first.takenAt));
    }
  }
  return {
    findings: findings.sort(worstFirst),
    unknown,
    ok,
    window: window.milliseconds,
    samples: window.samples.length,
  };
}

/** Findings without those that another one tells, and more of it. */
export function toldOnce(findings: readonly Finding[]): Finding[] {
  const bySpec = new Map(SPECS.map(({ id, isToldBy }) => [id, isToldBy]));
  return findings.filter((one) => {
    const isToldBy = bySpec.get(one.id);
    return isToldBy === undefined || !findings.some((other) => other !== one && isToldBy(one, other));
  });
}

/** The findings that are asked for. */
export function specsOf(only: readonly string[] | undefined): readonly FindingSpec[] {
  if (only === undefined) return SPECS;
  for (const id of only) {
    if (!SPECS.some((spec) => spec.id === id)) throw invalidArgument(`there is no finding "${id}"`);
  }
  return SPECS.filter(({ id }) => only.includes(id));
}

/** Refuses thresholds of a finding, or names of them, that there are not: what is misspelt would be judged by other numbers. */
export function checkThresholds(given: EvaluateOptions["thresholds"]): void {
  for (const [id, own] of Object.entries(given ?? {})) {
    const spec = SPECS.find((one) => one.id === id);
    if (spec === undefined) throw invalidArgument(`thresholds: there is no finding "${id}"`);
    if (typeof own !== "object" || own === null)
      throw invalidArgument(`thresholds: ${id} must be an object of numbers`);
    for (const [name, value] of Object.entries(own)) {
      if (!Object.hasOwn(spec.thresholds, name)) {
        const names = Object.keys(spec.thresholds).join(", ");
        throw invalidArgument(`thresholds: "${id}" has no "${name}"; it has ${names}`);
      }
      if (typeof value !== "number" || Number.isNaN(value))
        throw invalidArgument(`thresholds: ${id}.${name} must be a number`);
    }
  }
}

/** The numbers of a finding, with those that the caller has others for. */
export function thresholdsOf({ id, thresholds }: FindingSpec, given: EvaluateOptions["thresholds"]): Thresholds {
  return { ...thresholds, ...ownOf(given, id) };
}

/**
 * The numbers by which what was raised holds on. Where the caller has another one to raise by, the lower one is the same part of it as
 * it is of ours: or it would be cleared by a number that has nothing to do with it.
 */
export function clearOf({ id, thresholds, clear }: FindingSpec, given: EvaluateOptions["thresholds"]): Thresholds {
  const own = Object.entries(ownOf(given, id)).map(([name, value]): [string, number] => {
    const [raised = 0, cleared = raised] = [thresholds[name], clear[name]];
    return [name, raised === 0 ? value : value * (cleared / raised)];
  });
  return { ...clear, ...Object.fromEntries(own) };
}

function ownOf(given: EvaluateOptions["thresholds"], id: string): Thresholds {
  return given !== undefined && Object.hasOwn(given, id) ? (given[id] ?? {}) : {};
}

/** By severity, then by id. */
export function worstFirst(a: Finding, b: Finding): number {
  return SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) || (a.id < b.id ? -1 : Number(a.id > b.id));
}
