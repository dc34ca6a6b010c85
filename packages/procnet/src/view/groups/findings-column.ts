import type { Severity } from "../../live/health/finding.ts";
import type { Column, Style } from "../column.ts";
import { severitySign } from "../finding-words.ts";
import type { RowFinding } from "./about.ts";

const RANK: Readonly<Record<Severity, number>> = { info: 1, warn: 2, crit: 3 };
const STYLES: Readonly<Record<Severity, Style>> = { info: "dim", warn: "yellow", crit: "red" };

/** The worst of the findings about a row. */
function worstOf(findings: readonly RowFinding[]): RowFinding | undefined {
  return findings.reduce<RowFinding | undefined>(
    (worst, one) => (worst === undefined || RANK[one.severity] > RANK[worst.severity] ? one : worst),
    undefined,
  );
}

/** What is wrong with a row: the worst, and how many more there are. */
export function findingsColumn<Row extends { readonly findings: readonly RowFinding[] }>(): Column<Row> {
  return {
    key: "findings",
    title: "WRONG",
    value: ({ findings }) => {
      const worst = worstOf(findings);
      if (worst === undefined) return undefined;
      const more = findings.length > 1 ? ` +${findings.length - 1}` : "";
      return `${severitySign(worst.severity)} ${worst.id}${more}`;
    },
    raw: ({ findings }) => findings.map(({ id, severity }) => `${severity}:${id}`).join(" "),
    order: ({ findings }) => {
      const worst = worstOf(findings);
      return worst && RANK[worst.severity] * 1000 + findings.length;
    },
    style: ({ findings }) => {
      const worst = worstOf(findings);
      return worst && STYLES[worst.severity];
    },
    ifAny: true,
  };
}
