import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { expect, it } from "vitest";
import type { CatalogueEntry } from "../../form/catalogue-entry.ts";
import { parseRows } from "../../form/table.ts";
import { SOCKETS } from "../sockets/catalogue-sockets.ts";
import { COUNTERS } from "./catalogue-counters.ts";

const NET = "/proc/self/net";
const ALL: [string, CatalogueEntry<unknown>][] = Object.entries({ ...SOCKETS, ...COUNTERS });

/** The files of this machine that an entry of the catalogue stands for. */
function filesOf(name: string): string[] {
  if (!name.endsWith("/*")) return existsSync(`${NET}/${name}`) ? [`${NET}/${name}`] : [];
  const directory = `${NET}/${name.slice(0, -2)}`;
  return existsSync(directory) ? readdirSync(directory).map((file) => `${directory}/${file}`) : [];
}

it.each(ALL)("reads %s of this machine, where it exists", (name, { table }) => {
  for (const path of filesOf(name)) {
    const text = execFileSync("cat", [path]);
    const result: unknown = "parse" in table ? table.parse(text, {} as never) : parseRows(table, text, {} as never);
    if (text.length > 0) expect(JSON.stringify(result)).toMatch(/^[[{]/);
  }
});

it("says what comes and goes, and whose data it is", () => {
  const facts = Object.fromEntries(ALL);
  expect(facts.udplite6).toMatchObject({ since: "2.6.20", until: "7.1" });
  expect(facts.icmp6).toMatchObject({ since: "3.12", needs: "CONFIG_IPV6, module ipv6", scope: "namespace" });
  expect(ALL.filter(([, entry]) => entry.scope === "machine").map(([name]) => name)).toEqual([
    "softnet_stat",
    "stat/rt_cache",
  ]);
  expect(ALL.filter(([, entry]) => entry.scope === "initial").map(([name]) => name)).toEqual([
    "stat/arp_cache",
    "stat/clip_arp_cache",
    "stat/ndisc_cache",
  ]);
  expect(ALL.filter(([, entry]) => entry.readers === "root" || entry.sideEffect !== undefined)).toEqual([]);
});
