import type { Finding } from "../../live/health/finding.ts";
import type { Column } from "../column.ts";
import { otherOwnersText, ownersText, SEVERITY_RANK, SEVERITY_STYLE, subjectText } from "../finding-words.ts";

/** Columns of the table of findings, in their order. */
export const FINDING_COLUMNS: readonly Column<Finding>[] = [
  {
    key: "severity",
    title: "SEVERITY",
    value: ({ severity }) => severity,
    order: ({ severity }) => SEVERITY_RANK[severity],
    style: ({ severity }) => SEVERITY_STYLE[severity],
  },
  { key: "id", title: "FINDING", value: ({ id }) => id },
  { key: "subject", title: "SUBJECT", value: ({ subject }) => subjectText(subject) },
  { key: "owners", title: "OWNERS", value: otherOwnersText, raw: ownersText, ifAny: true },
  { key: "summary", title: "SUMMARY", value: ({ summary }) => summary, enough: 40 },
  { key: "since", title: "SINCE", value: ({ since }) => since, extra: true },
  { key: "help", title: "HELP", value: ({ help }) => help, extra: true },
];
