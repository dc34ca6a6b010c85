import { fullAt } from "../../codes/accept-queue.ts";
import { FINDINGS } from "../health/facts.ts";
import type { Evidence, Finding, FindingLimit, FindingOwner } from "../health/finding.ts";
import type { FindingFacts } from "../health/spec.ts";
import { countWord } from "../health/words.ts";
import type { LimitName } from "../limit-names.ts";
import { type ExplanationBase, type Fact, type NotKnown, textOf } from "./explanation.ts";
import { counted } from "./sockets/common.ts";

/** What a finding means. */
export interface FindingExplanation extends ExplanationBase {
  /** Which kind of explanation. */
  readonly kind: "finding";
  /** Its name: `tcp-accept-queue-overflow`. */
  readonly id: string;
  /** One line: what is the case. */
  readonly title: string;
  /** What it means and what would help. */
  readonly help: string;
  /** Where it stands in the kernel, or who says so. */
  readonly sources: readonly string[];
}

/**
 * What a finding means, of one that was found with its evidence in words, or of any by its id. `undefined` for an id of which there is
 * no finding.
 *
 * @example
 * ```ts
 * import { explainFinding } from "procnet/live";
 * explainFinding("tcp-accept-queue-overflow")?.help;
 * ```
 */
export function explainFinding(finding: Finding | string): FindingExplanation | undefined {
  const id = typeof finding === "string" ? finding : finding.id;
  const known = FINDINGS.find((one) => one.id === id);
  if (typeof finding === "string") return known && explanationOf(known, undefined);
  const { summary: title, help } = finding;
  const facts = known ?? { id, title, help, sources: [], thresholds: {}, clear: {} };
  return explanationOf(facts, finding);
}

function explanationOf(
  { id, title, help, sources, thresholds, clear }: FindingFacts,
  found: Finding | undefined,
): FindingExplanation {
  const said = found?.help ?? help;
  const facts: Fact[] = [
    ...(found === undefined ? [sentence(`${capital(title)}.`, "title")] : foundFacts(found)),
    sentence(said, "help"),
    ...(found === undefined ? marks(thresholds, clear) : []),
    ...(sources.length === 0 ? [] : [sentence(`Sources: ${sources.join("; ")}.`, "sources")]),
  ];
  const rest = {
    facts,
    waitingFor: undefined,
    actor: "nobody",
    unknown: found === undefined ? [] : notKnown(found),
  } as const;
  return { kind: "finding", subject: id, id, title, help: said, sources, ...rest, text: textOf(rest) };
}

function sentence(statement: string, ...fields: string[]): Fact {
  return { statement, fields };
}

function foundFacts({ summary, severity, evidence, limit, owners, since }: Finding): Fact[] {
  return [
    sentence(`${capital(summary)}${summary.endsWith(".") ? "" : "."}`, "summary"),
    sentence(`Severity ${severity}, since ${clock(since)}.`, "severity", "since"),
    ...evidence.map(evidenceFact),
    ...(limit === undefined ? [] : [sentence(limitText(limit), "limit")]),
    ...(owners.length === 0 ? [] : [sentence(`Concerned: ${owners.map(ownerText).join(", ")}.`, "owners")]),
  ];
}

function evidenceFact({ name, file, value, delta, perSecond, unit }: Evidence): Fact {
  const of = unit === undefined || unit === "ratio" ? "" : ` ${unit}`;
  const rate = perSecond === undefined ? "" : `, ${round(perSecond)} a second`;
  const grew =
    delta === undefined
      ? `${name} is ${round(value)}${of}`
      : `${name} grew by ${round(delta)}${of}${rate}, to ${round(value)}`;
  return sentence(`${grew} (${file}).`, "evidence");
}

function limitText({ name, value, file, scope }: FindingLimit): string {
  if (scope === "listener")
    return `It is full at ${round(fullAt(value))}: at one more than its ${name}, which is ${round(value)} (${file}).`;
  if (name === SOMAXCONN)
    return `The limit of the listener is not known; it is at most ${name}, ${round(value)} (${file}).`;
  return `The limit is ${name}, ${round(value)}, of the ${scope} (${file}).`;
}

function ownerText({ program, pid, sockets }: FindingOwner): string {
  return `${program} (process ${pid}, ${counted(sockets, "socket")})`;
}

/** Three digits are enough to judge by. */
function round(value: number): string {
  return Number.isInteger(value) ? countWord(value) : String(Number(value.toPrecision(3)));
}

/** `2026-01-31 12:00:00 UTC`: seconds are enough, and the machine that tells may have another clock than who reads. */
function clock(iso: string): string {
  return iso.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)\.\d+Z$/, "$1 $2 UTC");
}

function marks(thresholds: FindingFacts["thresholds"], clear: FindingFacts["clear"]): Fact[] {
  const list = (all: FindingFacts["thresholds"]) => Object.entries(all).map(([name, mark]) => `${name} ${mark}`);
  if (Object.keys(thresholds).length === 0) return [];
  const cleared = Object.keys(clear).length === 0 ? "" : `, cleared by ${list(clear).join(", ")}`;
  return [sentence(`Raised by ${list(thresholds).join(", ")}${cleared}.`, "thresholds", "clear")];
}

const SOMAXCONN: LimitName = "net.core.somaxconn";

function notKnown({ owners, limit, subject }: Finding): NotKnown[] {
  const unknown: NotKnown[] = [];
  if (owners.length === 0 && subject.kind !== "machine" && subject.kind !== "cpu" && subject.kind !== "interface") {
    unknown.push({ what: "which processes are concerned", where: "as root, or with owners" });
  }
  if (subject.kind === "listener" && limit?.scope !== "listener") {
    const own =
      limit?.name === SOMAXCONN
        ? "the backlog it asked listen(2) for, which may be lower than somaxconn"
        : "the backlog of the listener";
    unknown.push({ what: own, where: "Send-Q of ss -lt" });
  }
  return unknown;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
