import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CATALOGUE } from "./catalogue.ts";
import * as counters from "./files/counters/index.ts";
import * as families from "./files/families/index.ts";
import * as netfilter from "./files/netfilter/index.ts";
import * as old from "./files/old/index.ts";
import * as sockets from "./files/sockets/index.ts";
import { parseRows } from "./form/forms.ts";
import { isRowTable, type RowTable, type TextTable } from "./form/table.ts";

type AnyTable = RowTable | TextTable;

/** The tables among what a folder has. */
function tablesOf(...folders: readonly object[]): AnyTable[] {
  const all = folders.flatMap((folder) => Object.values(folder) as unknown[]);
  return all.filter((one): one is AnyTable => typeof (one as Partial<AnyTable>)?.needs === "string");
}

const namesOf = (tables: readonly AnyTable[]): string[] => tables.map(({ name }) => name).sort();

it("has every file once, 224 of them, and tells what brings it", () => {
  expect(new Set(CATALOGUE.map(({ name }) => name)).size).toBe(224);
  expect(CATALOGUE).toHaveLength(224);
  for (const { name, needs, since, until } of CATALOGUE) {
    expect(needs.length, name).toBeGreaterThan(5);
    expect(
      [since, until ?? since].every((release) => /^\d\.\d+(\.\d+)?$/.test(release)),
      name,
    ).toBe(true);
  }
});

describe("sockets and counters", () => {
  const NET = "/proc/self/net";
  const ALL = tablesOf(sockets, counters);

  /** The files of this machine that a table stands for. */
  function filesOf(name: string): string[] {
    if (!name.endsWith("/*")) return existsSync(`${NET}/${name}`) ? [`${NET}/${name}`] : [];
    const directory = `${NET}/${name.slice(0, -2)}`;
    return existsSync(directory) ? readdirSync(directory).map((file) => `${directory}/${file}`) : [];
  }

  it.each(ALL.map((table) => [table.name, table] as const))(
    "reads %s of this machine, where it exists",
    (name, table) => {
      for (const path of filesOf(name)) {
        const text = execFileSync("cat", [path], { maxBuffer: 1 << 28 });
        const issues: unknown[] = [];
        const options = {
          onIssue: (issue: { readonly code: string }) => issue.code === "ERR_SUSPECT" || issues.push(issue),
        };
        const result: unknown = isRowTable(table) ? parseRows(table, text, options) : table.parse(text, options);
        expect(issues).toEqual([]);
        if (text.length > 0) expect(JSON.stringify(result)).toMatch(/^[[{]/);
      }
    },
  );

  it("say what comes and goes, and whose data it is", () => {
    expect(sockets.udplite6).toMatchObject({ since: "2.6.20", until: "7.1" });
    expect(sockets.icmp6).toMatchObject({ since: "3.12", needs: "CONFIG_IPV6, module ipv6", scope: "namespace" });
    expect(namesOf(ALL.filter(({ scope }) => scope === "machine"))).toEqual(["softnet_stat", "stat/rt_cache"]);
    expect(namesOf(ALL.filter(({ scope }) => scope === "initial"))).toEqual([
      "stat/arp_cache",
      "stat/clip_arp_cache",
      "stat/ndisc_cache",
    ]);
    const odd = ALL.filter(
      ({ readers, sideEffect, until }) => readers === "root" || sideEffect !== undefined || until === "4.9",
    );
    expect(namesOf(odd)).toEqual(["stat/ip_conntrack"]);
  });
});

describe("netfilter, the lesser families, and what is old", () => {
  const ALL = tablesOf(netfilter, families, old);

  it("keep what only root may open, and what must not be opened unasked", () => {
    expect(namesOf(ALL.filter(({ sideEffect }) => sideEffect !== undefined))).toEqual([
      "dccpprobe",
      "ip_conntrack",
      "nf_conntrack",
      "sctpprobe",
      "tcpprobe",
    ]);
    const roots = ALL.filter(
      ({ readers, scope, until }) => readers === "root" && scope === "namespace" && until === undefined,
    );
    expect(namesOf(roots)).toEqual([
      "arp_tables_names",
      "ip6_tables_names",
      "ip_tables_names",
      "ip_vs_status",
      "netfilter/nfnetlink_log",
      "netfilter/nfnetlink_queue",
      "nf_conntrack",
      "nf_conntrack_expect",
    ]);
  });
});
