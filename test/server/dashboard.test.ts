import { expect, it } from "vitest";
import { DASHBOARD, QUERIES, sent } from "../support/server/dashboard.ts";
import { selectedBy, unknownIn } from "../support/server/promql.ts";

/** What stands for the data source that is chosen. */
const CHOSEN = "$" + "{datasource}";

const { panels, templating, schemaVersion } = DASHBOARD;

it("is of the form that Grafana has since version 9", () => {
  expect(schemaVersion).toBeGreaterThanOrEqual(36);
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
  expect(new Set(panels.map(({ type }) => type))).toEqual(new Set(["row", "stat", "table", "timeseries"]));
  for (const { type, title, description, targets = [] } of panels) {
    if (type === "row") continue;
    expect(description, title).toMatch(/^[A-Z].*\.$/);
    expect(targets.length, title).toBeGreaterThan(0);
    expect(new Set(targets.map(({ refId }) => refId)).size, title).toBe(targets.length);
  }
});

it("has no two panels at one place, and none beyond the edge", () => {
  const taken = new Map<string, string>();
  for (const { title, gridPos } of panels) {
    expect(gridPos.x + gridPos.w, title).toBeLessThanOrEqual(24);
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
        expect(taken.get(`${x} ${y}`), title).toBeUndefined();
        taken.set(`${x} ${y}`, title);
      }
    }
  }
});

it("names no data source but the one that is chosen, and asks for the chosen machines alone", () => {
  const sources = [
    ...panels.flatMap(({ datasource }) => datasource ?? []),
    ...QUERIES.map(([, one]) => one.datasource),
  ];
  expect(sources.length).toBeGreaterThan(40);
  for (const source of sources) expect(source).toEqual({ type: "prometheus", uid: CHOSEN });
  expect(templating.list.map(({ name, type }) => [name, type])).toEqual([
    ["datasource", "datasource"],
    ["job", "query"],
    ["instance", "query"],
  ]);
  for (const [title, { expr }] of QUERIES) {
    for (const { name, labels } of selectedBy(expr))
      expect(labels, `${title}: ${name}`).toEqual(expect.arrayContaining(["job", "instance"]));
    expect(sent(expr), title).not.toContain("$");
  }
});

it("asks for metrics and labels that the server has", () => {
  const wrong = QUERIES.flatMap(([, { expr, legendFormat }]) => {
    const shown = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = ""]) => label);
    return unknownIn(expr, shown);
  });
  expect(wrong).toEqual([]);
  const definitions = templating.list.flatMap(({ definition }) => definition ?? []);
  const asked = definitions.map((one) => /^label_values\((.*), (\w+)\)$/.exec(one)?.slice(1) ?? []);
  expect(asked.flatMap(([expr = "", label = ""]) => unknownIn(expr, [label]))).toEqual([]);
  expect(asked.map(([, label]) => label)).toEqual(["job", "instance"]);
});

it("would notice what the server does not have", () => {
  expect(unknownIn("sum by (process) (procnet_process_socket)")).toEqual([
    "procnet_process_socket",
    "process of sum by (process) (procnet_process_socket)",
  ]);
  expect(unknownIn('procnet_sockets{process="x"}', ["program"])).toEqual([
    "procnet_sockets{process}",
    'program of procnet_sockets{process="x"}',
  ]);
});
