import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../tools.ts";

/** What the tests look at of a panel. */
export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly datasource?: { readonly type: string; readonly uid: string };
  readonly targets?: readonly Target[];
}

/** A query of a panel. */
export interface Target {
  readonly refId: string;
  readonly datasource: { readonly type: string; readonly uid: string };
  readonly expr: string;
  readonly legendFormat: string;
}

interface Variable {
  readonly name: string;
  readonly type: string;
  readonly definition?: string;
}

/** The dashboard that we ship. */
export const DASHBOARD: {
  readonly uid: string;
  readonly schemaVersion: number;
  readonly templating: { readonly list: readonly Variable[] };
  readonly panels: readonly Panel[];
} = JSON.parse(readFileSync(join(ROOT, "packages/server/deploy/grafana/procnet.json"), "utf8"));

/** All queries, with the title of their panel. */
export const QUERIES: readonly (readonly [title: string, target: Target])[] = DASHBOARD.panels.flatMap(
  ({ title, targets = [] }) => targets.map((target) => [title, target] as const),
);

/** A query as Grafana sends it with all jobs and machines chosen. */
export const sent = (expr: string): string =>
  expr.replaceAll("$__rate_interval", "1m").replaceAll(/\$(?:job|instance)\b/g, ".*");
