import type { Column } from "../column.ts";
import { SEVERITY_RANK, SEVERITY_STYLE, severitySign } from "../finding-words.ts";
import type { RowFinding } from "./about.ts";

/** The worst of the findings about a row. */
function worstOf(findings: readonly RowFinding[]): RowFinding | undefined {
  return findings.reduce<RowFinding | undefined>(
    (worst, one) => (worst === undefined || SEVERITY_RANK[one.severity] > SEVERITY_RANK[worst.severity] ? one : worst),
    undefined,
  );
}

/** What is wrong with a row: the worst, and how many more there are. */
export function findingsColumn<Row extends { readonly findings: readonly RowFinding[] }>(): Column<Row> {
  return {
    key: "findings",
    title: "WRONG",
    // The sign and how bad it is stand first.
    enough: 24,
    value: ({ findings }) => {
      const worst = worstOf(findings);
      if (worst === undefined) return undefined;
      const more = findings.length > 1 ? ` +${findings.length - 1}` : "";
      return `${severitySign(worst.severity)} ${worst.id}${more}`;
    },
    raw: ({ findings }) => findings.map(({ id, severity }) => `${severity}:${id}`).join(" "),
    order: ({ findings }) => {
      const worst = worstOf(findings);
      return worst && SEVERITY_RANK[worst.severity] * 1000 + findings.length;
    },
    style: ({ findings }) => {
      const worst = worstOf(findings);
      return worst && SEVERITY_STYLE[worst.severity];
    },
    ifAny: true,
  };
}
