import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { width } from "../../packages/cli/src/text/width.ts";
import { skipIf } from "../support/tools.ts";
import { Host, noHost } from "../support/top/host.ts";
import { isAsBefore } from "../support/top/screens.ts";
import { Terminal } from "../support/top/terminal.ts";

const reason = noHost();
const SIZES = [
  [40, 10],
  [80, 24],
  [200, 60],
] as const;
const LISTS = ["processes", "listeners", "destinations"] as const;

let burdened: Host;
let empty: Host;
let terminal: Terminal | undefined;
beforeAll(async () => {
  if (reason !== undefined) return;
  burdened = await Host.burdened();
  empty = await Host.empty();
});
beforeEach((context) => skipIf(context, reason));
afterEach(() => terminal?.end());
afterAll(() => {
  burdened?.remove();
  empty?.remove();
});

async function top(host: Host, [columns, rows]: readonly [number, number], words: string): Promise<Terminal> {
  terminal = await Terminal.begin({ columns, rows, host });
  terminal.start(words);
  await terminal.shows((text) => text.includes("[") && !text.includes("looking"));
  return terminal;
}

describe.each(SIZES)("a screen of %i by %i", (...size) => {
  const name = (view: string): string => `${view}-${size.join("x")}`;

  it.each(LISTS)("shows %s of a host in trouble", async (view) => {
    const shown = await top(burdened, size, `--view ${view} --every 200ms`);
    await isAsBefore(shown, name(view));
  });

  it("shows sockets that pass a filter, in the order of a column", async () => {
    const shown = await top(burdened, size, "--every 200ms 'dport >= :40000'");
    shown.type("s");
    await shown.shows((text) => text.includes("Sort by"));
    shown.type(`${"\x1b[B".repeat(6)}\r`);
    await isAsBefore(shown, name("sockets"));
  });

  it("shows an empty host", async () => {
    const shown = await top(empty, size, "--every 200ms");
    await isAsBefore(shown, name("empty"));
  });

  it("is filled in every view, and no wider", async () => {
    const shown = await top(burdened, size, "--every 200ms");
    const [columns, rows] = size;
    for (const [key, view] of [
      ["2", "processes"],
      ["3", "listeners"],
      ["4", "destinations"],
      ["5", "interfaces"],
      ["6", "health"],
      ["6", "counters"],
      ["?", "keys"],
    ] as const) {
      shown.type(key);
      const text = await shown.shows(
        (screen) => screen.includes(view === "keys" ? "keys" : ` ${view}`) || columns < 80,
      );
      const lines = text.replace(/\n$/, "").split("\n");
      expect(lines).toHaveLength(rows);
      for (const line of lines) expect(width(line)).toBeLessThanOrEqual(columns);
    }
  });
});
