import type { FindingFacts } from "../../../../packages/procnet/src/live/health/spec.ts";
import { FINDINGS } from "../../../../packages/procnet/src/live.ts";
import { DOCS, series, type TestedAlert } from "./alert.ts";

/** Findings that are worse than worth knowing by what is seen rather than by a number, so that no threshold says it. */
const WORSE_BY_SIGHT: ReadonlyMap<string, readonly Word[]> = new Map([
  ["tcp-connect-unanswered", ["warn"]],
  ["tcp-attempt-fails", ["warn"]],
  ["tcp-time-wait", ["warn"]],
  ["tcp-owner-not-reading", ["warn"]],
  ["softnet-squeezed", ["warn"]],
  ["interface-errors", ["warn"]],
  ["neighbour-table", ["crit"]],
]);

type Word = "warn" | "crit";

const LEVELS = {
  warn: { severity: "warning", value: 2, hold: "5m" },
  crit: { severity: "critical", value: 3, hold: "1m" },
} as const;

/** How bad a finding can be, apart from worth knowing. */
function wordsOf({ id, thresholds }: FindingFacts): Word[] {
  const named = Object.keys(thresholds);
  const bySight = WORSE_BY_SIGHT.get(id) ?? [];
  return (["warn", "crit"] as const).filter(
    (word) => bySight.includes(word) || named.some((one) => one.startsWith(word)),
  );
}

/** `tcp-accept-queue-long` as `ProcnetTcpAcceptQueueLong`. */
export function alertNameOf(id: string): string {
  return `Procnet${id.replaceAll(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase())}`;
}

function alertOf({ id, title, help }: FindingFacts, word: Word): TestedAlert {
  const { severity, value, hold } = LEVELS[word];
  const finding = series("procnet_health_finding", `id="${id}"`);
  return {
    rule: {
      alert: alertNameOf(id),
      expr: `procnet_health_finding{id="${id}"} == ${value}`,
      for: hold,
      labels: { severity },
      annotations: {
        summary: `{{ $labels.instance }}: ${title}`,
        description: `${help} \`procnet health\` on that machine, or /api/v1/health of its server, names what it is about.`,
        runbook_url: `${DOCS}/health.md#${id}`,
      },
    },
    fires: { [finding]: `${value}x10` },
    labels: { id },
    silent: { [finding]: `${value - 1}x10` },
    at: "6m",
  };
}

/** One rule for each finding and each severity that calls for somebody. */
export const FINDING_ALERTS: readonly TestedAlert[] = FINDINGS.flatMap((facts) =>
  wordsOf(facts).map((word) => alertOf(facts, word)),
);

/** Findings without one: they are worth knowing, and no more. */
export const QUIET_FINDINGS: readonly string[] = FINDINGS.filter((facts) => wordsOf(facts).length === 0).map(
  ({ id }) => id,
);

/** Exceptions that are none, as the finding is gone or says it by a threshold. */
export const NEEDLESS: readonly string[] = [...WORSE_BY_SIGHT].flatMap(([id, words]) => {
  const facts = FINDINGS.find((one) => one.id === id);
  const said = Object.keys(facts?.thresholds ?? {});
  return facts === undefined || words.some((word) => said.some((one) => one.startsWith(word))) ? [id] : [];
});
