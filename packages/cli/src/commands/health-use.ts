import type { UseCell, UseRow } from "procnet";
import type { Column } from "../output/table.ts";

/** The table of the USE method: for each resource how busy it is, what waits, what failed. */
export const USE_COLUMNS: readonly Column<UseRow>[] = [
  { key: "resource", title: "RESOURCE", value: ({ resource }) => resource },
  cell("utilization", "UTILIZATION"),
  cell("saturation", "SATURATION"),
  cell("errors", "ERRORS"),
];

const STYLES = { info: "dim", warn: "yellow", crit: "red" } as const;

function cell(key: "utilization" | "saturation" | "errors", title: string): Column<UseRow> {
  return {
    key,
    title,
    value: (row) => textOf(row[key]),
    style: (row) => {
      const severity = row[key]?.severity;
      return severity === undefined ? undefined : STYLES[severity];
    },
  };
}

/** `12 % ok`, `warn tcp-time-wait`, `?` for what is not known; nothing where nothing tells of it. */
function textOf(found: UseCell | undefined): string | undefined {
  if (found === undefined) return undefined;
  const { state, severity, share, checks } = found;
  const used = share === undefined ? [] : [`${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`];
  if (state === "ok") return [...used, "ok"].join(" ");
  if (state === "unknown") return [...used, "?"].join(" ");
  const ids = checks.filter((check) => check.state === "finding").map(({ id }) => id);
  return [...used, severity, ...ids].join(" ");
}
