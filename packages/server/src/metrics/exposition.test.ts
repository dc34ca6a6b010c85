import { expect, it } from "vitest";
import { turnsDuring } from "../../../../test/support/turns.ts";
import { expositionOf } from "./exposition.ts";
import { counter, gauge } from "./family.ts";

const A = { metric: gauge("a_bytes", "What a is.", "device"), values: [{ labels: { device: 'l"o' }, value: 1 }] };
const B = { metric: counter("b_total", "What b is."), values: [{ labels: {}, value: 2 }] };
const NONE = { metric: gauge("none", "What is not known."), values: [] };

// https://prometheus.io/docs/instrumenting/exposition_formats/#text-format-details
const TEXT = `# HELP a_bytes What a is.
# TYPE a_bytes gauge
a_bytes{device="l\\"o"} 1

# HELP b_total What b is.
# TYPE b_total counter
b_total 2
`;

it("writes families in the order of their names, and none that has no value", async () => {
  expect(await expositionOf([B, NONE, A])).toBe(TEXT);
  expect(await expositionOf([])).toBe("");
});

it("writes a family once, however many scrapes it is told to", async () => {
  let read = 0;
  const values = [{ labels: {}, value: 1 }];
  const family = {
    metric: gauge("x", "What x is."),
    get values() {
      read++;
      return values;
    },
  };
  const [one] = await Promise.all([expositionOf([family]), expositionOf([family]), expositionOf([family, A])]);
  const before = read;
  expect(await expositionOf([family])).toBe(one);
  // Only whether it has any is looked at.
  expect(read).toBe(before + 1);
  expect(await expositionOf([{ ...family, values: [{ labels: {}, value: 5 }] }])).toContain("x 5\n");
});

it("lets others have a turn before each family of many series", async () => {
  const values = Array.from({ length: 300 }, (_, at) => ({ labels: { device: `${at}` }, value: at }));
  const families = ["a", "b", "c"].map((name) => ({ metric: gauge(name, "What it is.", "device"), values }));
  const turns = await turnsDuring(() => expositionOf(families));
  expect(turns).toBeGreaterThanOrEqual(families.length - 1);
});
