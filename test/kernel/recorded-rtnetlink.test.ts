import { describe, expect, it } from "vitest";
import { addresses, type Dump, links, neighbours, routes, rules } from "../../packages/kernel/src/index.ts";
import { ipAddress, ipLink, ipNeighbour, ipRoute, ipRule, still } from "../support/kernel/ip-words.ts";
import { RECORDINGS, recordedRows } from "../support/kernel/recorded.ts";

/*
 * Answers of rtnetlink as they came, byte for byte, from kernels of either order of bytes, and what ip(8) said of the same: see
 * recorded/README.md.
 */

type Json = Record<string, unknown>;

const DUMPS = { links: links(), addresses: addresses(), routes: routes(), neighbours: neighbours(), rules: rules() };

describe.each(RECORDINGS)("Linux $name", (recording) => {
  const said = (name: string): Json[] => recording.scenes.routed.ip[name] as Json[];
  const rowsOf = <Row>(name: string, dump: Dump<Row>): Row[] => recordedRows(recording, "routed", name, dump);
  const names = (): Map<number, string> => new Map(rowsOf("links", links()).map(({ index, name }) => [index, name]));

  it("interfaces are what ip(8) said of them", () => {
    const own = rowsOf("links", links()).map((link) => ipLink(link, names()));
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
    const own = rowsOf("addresses", addresses()).map(ipAddress);
    const members = (one: Json): Json => Object.fromEntries(Object.entries(one).sort());
    expect(own.map(members).map(text).sort()).toEqual(lists.map(members).map(text).sort());
  });

  it("routes are what ip(8) said of them", () => {
    const all = said("routes").map(({ nh_info, encap, mode, segs, ...route }) => route);
    expect(rowsOf("routes", routes()).map((route) => ipRoute(route, names()))).toEqual(all);
  });

  it("neighbours are what ip(8) said of them", () => {
    const own = rowsOf("neighbours", neighbours()).map((row) => ipNeighbour(row, names()));
    const byAddress = (rows: Json[]): Json[] =>
      rows
        .map(({ used, confirmed, updated, ...rest }) => rest)
        .sort((a, b) => (`${a.dev} ${a.dst}` < `${b.dev} ${b.dst}` ? -1 : 1));
    expect(byAddress(own)).toEqual(byAddress(said("neighbours")));
  });

  it("rules are what ip(8) said of them", () => {
    const own = rowsOf("rules", rules()).map(ipRule);
    expect(own).toEqual(said("rules"));
  });

  it("tells nothing of which the name is not known", () => {
    for (const [name, dump] of Object.entries(DUMPS))
      for (const row of rowsOf<{ readonly unknownAttributes: unknown }>(name, dump))
        expect(row.unknownAttributes, name).toBeUndefined();
    for (const { data = {}, slaveData = {} } of rowsOf("links", links()))
      expect(Object.keys({ ...data, ...slaveData }).filter((name) => name.startsWith("UNKNOWN"))).toEqual([]);
  });
});
