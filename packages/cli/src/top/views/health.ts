import { explainFinding, type Finding, type UnknownFinding } from "procnet";
import { type Column, FINDING_COLUMNS, severitySign } from "procnet/view";
import { explanationLines } from "../../commands/explain/text.ts";
import { healthLines } from "../../commands/health-lines.ts";
import { safe } from "../../text/safe.ts";
import { wrapped } from "../../text/wrap.ts";
import type { ViewSpec } from "../table/view.ts";
import { paragraph } from "./about.ts";

/** What is wrong, or what could not be judged. */
type HealthRow = { readonly finding: Finding } | { readonly unknown: UnknownFinding };

export const HEALTH: ViewSpec<HealthRow> = {
  name: "health",
  columns: () => COLUMNS,
  rows: ({ picture: { health } }) => {
    if (health === undefined) return [];
    return [...health.findings.map((finding) => ({ finding })), ...health.unknown.map((unknown) => ({ unknown }))];
  },
  idOf: (row) =>
    "finding" in row
      ? `${row.finding.id} ${JSON.stringify(row.finding.subject)}`
      : `? ${row.unknown.id} ${row.unknown.message}`,
  panel: (row, _, { columns }) =>
    "finding" in row
      ? paragraph(row.finding, columns).slice(1)
      : wrapped(safe(`not judged: ${row.unknown.message}`), columns),
  explain: (row, { picture }) =>
    "finding" in row
      ? { title: row.finding.id, lines: (columns) => explanationLines(explainFinding(row.finding)!, columns).slice(1) }
      : {
          title: "not judged",
          lines: (columns) => (picture.health === undefined ? [] : healthLines(picture.health, columns)),
        },
  documentOf: (row) => ("finding" in row ? row.finding : row.unknown),
};

/** What goes where there is little room: which kind it is first, as the lines below the table say all of it, and whose it is last. */
const DROPPED: Readonly<Record<string, number>> = { id: 1, subject: 2, owners: 3 };

const COLUMNS: readonly Column<HealthRow>[] = FINDING_COLUMNS.map((column): Column<HealthRow> => {
  const { value, raw, order, style, ...rest } = column;
  const shape = { ...rest, ...(rest.key in DROPPED && { drop: DROPPED[rest.key] }) };
  const own = {
    ...shape,
    value: (row: HealthRow) => ("finding" in row ? value(row.finding) : unknownCell(shape.key, row.unknown)),
    style: (row: HealthRow) => ("finding" in row ? style?.(row.finding) : ("dim" as const)),
  };
  if (shape.key !== "severity") return own;
  return {
    ...own,
    value: (row) => ("finding" in row ? `${severitySign(row.finding.severity)} ${row.finding.severity}` : "? unknown"),
    order: (row) => ("finding" in row ? order?.(row.finding) : 0),
  };
});

function unknownCell(key: string, { id, message }: UnknownFinding): string | undefined {
  if (key === "id") return id;
  if (key === "summary") return `not judged: ${message}`;
  return key === "subject" ? "-" : undefined;
}
