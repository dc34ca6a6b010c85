import { checkOptions, optionNames } from "../../check-options.ts";
import type { Limits } from "../limit-names.ts";
import type { Sample } from "../sample.ts";
import { type Health, SEVERITIES, type Severity } from "./finding.ts";
import { SPECS } from "./findings/index.ts";
import { usedOf } from "./use-shares.ts";
import { Window } from "./window.ts";

/** A column of the USE method: how busy a resource is, whether more is asked of it than it can do, what failed. */
export type UseColumn = "utilization" | "saturation" | "errors";

/** A finding that belongs into a cell, and how it was judged. */
export interface UseCheck {
  /** Its id. */
  readonly id: string;
  /** In order, found, or not known. One that was found of one interface, say, and not known of another, is a finding. */
  readonly state: "ok" | "finding" | "unknown";
  /** How bad it is, of the worst where there are several. */
  readonly severity: Severity | undefined;
}

/** A cell of the table. */
export interface UseCell {
  /** The worst of its checks: what is not known is worse than what is in order. */
  readonly state: "ok" | "finding" | "unknown";
  /** How bad it is, where it is a finding. */
  readonly severity: Severity | undefined;
  /** The findings that belong to it. */
  readonly checks: readonly UseCheck[];
  /** How much of the resource is used, from 0 to 1, of the part of it that is used most; absent where that was not read. */
  readonly share: number | undefined;
}

/** A resource with its three cells; one is absent where nothing tells of it. */
export interface UseRow {
  /** `interface`, `network stack (CPU)`, `accept path`, ... */
  readonly resource: string;
  /** How busy it is. */
  readonly utilization: UseCell | undefined;
  /** Whether more is asked of it than it can do: what waits. */
  readonly saturation: UseCell | undefined;
  /** What failed. */
  readonly errors: UseCell | undefined;
}

/** Options of {@link useTable}; all optional. */
export interface UseTableOptions {
  /** The samples that were judged, for how much is used of what. */
  readonly samples?: readonly Sample[];
  /** The settings they were judged by. */
  readonly limits?: Limits;
}

const OPTIONS = optionNames<UseTableOptions>({ samples: true, limits: true });

/** Rows in the order in which a packet meets what they name. */
const RESOURCES = [
  "interface",
  "network stack (CPU)",
  "accept path",
  "port space",
  "memory of TCP, UDP",
  "conntrack",
  "neighbours",
  "TIME_WAIT",
  "orphans",
];

/**
 * Health as a table by the USE method of Brendan Gregg: for every resource utilization, saturation and errors. A pure function. Findings
 * that were not judged, by `only`, have no part in it.
 *
 * @throws `ProcfsError` with code `ERR_INVALID_ARG` for wrong or unknown options
 * @example
 * ```ts
 * import { limits, takeSample } from "procnet";
 * import { evaluateHealth, useTable } from "procnet/live";
 * const samples = [await takeSample(), await takeSample()];
 * const health = evaluateHealth(samples, { limits: limits() });
 * for (const { resource, errors } of useTable(health, { samples, limits: limits() })) console.log(resource, errors?.state);
 * ```
 */
export function useTable(health: Health, options: UseTableOptions = {}): UseRow[] {
  checkOptions("useTable", options, OPTIONS);
  const { limits } = options;
  const [first, ...rest] = [...(options.samples ?? [])].sort((a, b) => a.at - b.at);
  const window = first && new Window([first, ...rest], limits);
  const named = new Set([...RESOURCES, ...SPECS.flatMap(({ use }) => (use === undefined ? [] : [use[0]]))]);
  return [...named].map((resource) => ({
    resource,
    utilization: cellOf(health, resource, "utilization", window && usedOf(resource, window)),
    saturation: cellOf(health, resource, "saturation", undefined),
    errors: cellOf(health, resource, "errors", undefined),
  }));
}

function cellOf(health: Health, resource: string, column: UseColumn, share: number | undefined): UseCell | undefined {
  const specs = SPECS.filter(({ use }) => use?.[0] === resource && use[1] === column);
  const checks = specs.map(({ id }) => checkOf(health, id)).filter((check) => check !== undefined);
  if (checks.length === 0) return undefined;
  const has = (state: UseCheck["state"]) => checks.some((check) => check.state === state);
  return {
    state: has("finding") ? "finding" : has("unknown") ? "unknown" : "ok",
    severity: worst(checks.map(({ severity }) => severity)),
    checks,
    share,
  };
}

/** How a finding was judged; `undefined` where it was not asked for. */
function checkOf({ findings, unknown, ok }: Health, id: string): UseCheck | undefined {
  const found = findings.filter((finding) => finding.id === id);
  if (found.length > 0) return { id, state: "finding", severity: worst(found.map(({ severity }) => severity)) };
  if (unknown.some((one) => one.id === id)) return { id, state: "unknown", severity: undefined };
  return ok.includes(id) ? { id, state: "ok", severity: undefined } : undefined;
}

function worst(severities: readonly (Severity | undefined)[]): Severity | undefined {
  return SEVERITIES.findLast((severity) => severities.includes(severity));
}
