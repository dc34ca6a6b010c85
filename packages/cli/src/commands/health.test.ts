import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { procnet } from "../../../../test/support/command/run.ts";
import { group } from "../../../../test/support/live/sample.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "procnet-health-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A captured tree of that second, with these counters of TCP. */
function tree(name: string, second: number, counters: Readonly<Record<string, number>>): string {
  const root = join(folder, name);
  mkdirSync(join(root, "1/net"), { recursive: true });
  const file = join(root, "1/net/netstat");
  writeFileSync(file, group("TcpExt", { ListenOverflows: 0, ListenDrops: 0, SyncookiesFailed: 0, ...counters }));
  utimesSync(file, 1e9 + second, 1e9 + second);
  return root;
}

/** What is said of two trees ten seconds apart. */
function between(counters: Readonly<Record<string, number>>, ...args: readonly string[]) {
  return procnet(["health", "--root", tree("a", 0, {}), "--after", tree("b", 10, counters), ...args]);
}

describe("procnet health", () => {
  it.each([
    ["0: nothing is wrong", {}, 0, undefined],
    ["0: it is only worth knowing", { SyncookiesFailed: 20 }, 0, "info"],
    ["5: it is to be looked at", { ListenOverflows: 20, ListenDrops: 20 }, 5, "warn"],
    ["6: it does harm", { ListenOverflows: 100, ListenDrops: 100 }, 6, "crit"],
  ] as const)("ends with %s", async (_, counters, code, severity) => {
    const found = await between(counters, "--json");
    expect(found.code).toBe(code);
    const { findings, ok } = JSON.parse(found.out);
    expect(findings.map((one: { severity: string }) => one.severity)).toEqual(severity === undefined ? [] : [severity]);
    expect(ok.length).toBeGreaterThan(0);
  });

  it("is a table by --use, and the worst stands first", async () => {
    const { out } = await between({ ListenOverflows: 100, ListenDrops: 100, SyncookiesFailed: 20 });
    const heads = out.split("\n").filter((line) => /^(info|warn|crit) /.test(line));
    expect(heads.map((line) => line.split(/ +/).slice(0, 2))).toEqual([
      ["crit", "tcp-accept-queue-overflow"],
      ["info", "tcp-syn-cookies-bad"],
    ]);
    const { out: table, code } = await between({ ListenOverflows: 100, ListenDrops: 100 }, "--use");
    expect(table).toMatch(/^accept path .*crit tcp-accept-queue-overflow/m);
    expect(code).toBe(6);
  });
});
