import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { addresses, links, neighbours, routes, rules } from "../../packages/kernel/src/index.ts";
import { ipAddress, ipLink, ipNeighbour, ipRoute, ipRule, still } from "../support/kernel/ip-words.ts";
import { RECORDED, record, recordedRows } from "../support/kernel/recorded.ts";
import { makeRoutedScene } from "../support/kernel/routed-scene.ts";

/*
 * Answers of rtnetlink as they came, byte for byte, and what ip(8) said of the same. WRITE_RECORDED=1 records them anew, of this machine's
 * kernel; read the difference.
 */

type Json = Record<string, unknown>;

const DUMPS = { links: links(), addresses: addresses(), routes: routes(), neighbours: neighbours(), rules: rules() };
const ASKED = {
  links: [["-s", "-s", "link"]],
  addresses: [["address"]],
  routes: [
    ["-4", "route", "show", "table", "all"],
    ["-6", "route", "show", "table", "all"],
  ],
  neighbours: [["-s", "neighbour", "show", "nud", "all"]],
  rules: [
    ["-4", "rule"],
    ["-6", "rule"],
  ],
} as const;

describe.runIf(process.env.WRITE_RECORDED !== undefined)("recording", () => {
  it("writes what the kernel and ip say", async () => {
    const { namespace, remove } = makeRoutedScene();
    try {
      await new Promise((resolve) => setTimeout(resolve, 2500));
      for (const [name, dump] of Object.entries(DUMPS)) record(namespace, name, dump, 0);
      const said = Object.entries(ASKED).map(([name, all]) => [
        name,
        all.flatMap((args) => JSON.parse(namespace.run("ip", ["-j", "-d", ...args])) as Json[]),
      ]);
      writeFileSync(new URL("ip.txt", RECORDED), `${JSON.stringify(Object.fromEntries(said), undefined, 1)}\n`);
    } finally {
      remove();
    }
  });
});

const said = (name: keyof typeof ASKED): Json[] =>
  (JSON.parse(readFileSync(new URL("ip.txt", RECORDED), "utf8")) as Record<string, Json[]>)[name]!;
const names = (): Map<number, string> =>
  new Map(recordedRows("links", links()).map(({ index, name }) => [index, name]));

it("interfaces are what ip(8) said of them", () => {
  const own = recordedRows("links", links()).map((link) => ipLink(link, names()));
  const comparable = ({ stats64: _, linkinfo, flags, ...rest }: Json): Json => {
    const { info_data = {}, info_slave_data = {}, ...kinds } = (linkinfo ?? {}) as Record<string, Json>;
    return {
      ...rest,
      kinds,
      bridge: still(info_data),
      port: still(info_slave_data),
      flags: [...(flags as string[])].sort(),
    };
  };
  expect(own.map(comparable)).toEqual(said("links").map(comparable));
});

it("addresses are what ip(8) said of them", () => {
  const text = (one: Json): string =>
    JSON.stringify(Object.entries(one).filter(([name]) => !name.endsWith("life_time"))) + String(one.valid_life_time);
  const lists = said("addresses").flatMap(({ addr_info }) => addr_info as Json[]);
  const own = recordedRows("addresses", addresses()).map(ipAddress);
  const members = (one: Json): Json => Object.fromEntries(Object.entries(one).sort());
  expect(own.map(members).map(text).sort()).toEqual(lists.map(members).map(text).sort());
});

it("routes are what ip(8) said of them", () => {
  const all = said("routes").map(({ nh_info, encap, mode, segs, ...route }) => route);
  expect(recordedRows("routes", routes()).map((route) => ipRoute(route, names()))).toEqual(all);
});

it("neighbours are what ip(8) said of them", () => {
  const own = recordedRows("neighbours", neighbours()).map((row) => ipNeighbour(row, names()));
  const byAddress = (rows: Json[]): Json[] =>
    rows
      .map(({ used, confirmed, updated, ...rest }) => rest)
      .sort((a, b) => (`${a.dev} ${a.dst}` < `${b.dev} ${b.dst}` ? -1 : 1));
  expect(byAddress(own)).toEqual(byAddress(said("neighbours")));
});

it("rules are what ip(8) said of them", () => {
  const own = recordedRows("rules", rules()).map(ipRule);
  expect(own).toEqual(said("rules"));
});
