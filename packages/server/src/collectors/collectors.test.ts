import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { baseProcFs } from "procnet";
import { describe, expect, it } from "vitest";
import { expositionOf } from "../metrics/exposition.ts";
import { filtersOf } from "./filters.ts";
import { NODE_COLLECTORS } from "./index.ts";
import { chosenOf, scrape, switchedOf } from "./scrape.ts";

const FIXTURES = fileURLToPath(new URL("../../../../test/fixtures", import.meta.url));
const NONE = join(FIXTURES, "nothing-is-here");

/** What each collector said of a captured machine: 1 it could read, 0 it could not. */
async function successesOf(kernel: string): Promise<Map<string, number>> {
  const source = { procfs: baseProcFs({ root: join(FIXTURES, kernel) }), sysfs: NONE, filters: filtersOf() };
  const families = await scrape(NODE_COLLECTORS, source);
  expect(await expositionOf(families)).toMatch(/^# HELP /);
  const { values = [] } = families.find(({ metric }) => metric.name === "node_scrape_collector_success") ?? {};
  return new Map(values.map(({ labels, value }) => [labels.collector!, value]));
}

describe("collectors over a captured machine", () => {
  it.each(
    readdirSync(FIXTURES, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name),
  )("of Linux %s read what is there, and say what is not", async (kernel) => {
    const successes = await successesOf(kernel);
    const files = new Set(readdirSync(join(FIXTURES, kernel, "1/net")));
    expect([...successes.keys()]).toEqual(NODE_COLLECTORS.map(({ name }) => name));
    const isRead = (name: string): boolean => successes.get(name) === 1;
    if (kernel !== "broken") {
      expect(isRead("arp")).toBe(files.has("arp"));
      expect(isRead("netdev")).toBe(files.has("dev"));
      expect(isRead("tcpstat")).toBe(files.has("tcp"));
      expect(isRead("udp_queues")).toBe(files.has("udp") || files.has("udp6"));
    }
    // None of their files is there; those of sockstat may be missing one by one.
    for (const name of [
      "bonding",
      "conntrack",
      "infiniband",
      "ipvs",
      "lnstat",
      "netclass",
      "nfs",
      "nfsd",
      "softnet",
      "xfrm",
    ])
      expect(successes.get(name), name).toBe(0);
  });
});

describe("filters", () => {
  it("are searched for anywhere in a name", async () => {
    const devicesOf = async (options: Parameters<typeof filtersOf>[0]): Promise<(string | undefined)[]> => {
      const source = { procfs: baseProcFs({ root: join(FIXTURES, "6.18") }), sysfs: NONE, filters: filtersOf(options) };
      const families = await scrape(
        NODE_COLLECTORS.filter(({ name }) => name === "netdev"),
        source,
      );
      const family = families.find(({ metric }) => metric.name === "node_network_receive_bytes_total");
      return family?.values.map(({ labels }) => labels.device) ?? [];
    };
    const all = await devicesOf({});
    expect(all).toContain("lo");
    expect(await devicesOf({ netdevExclude: "^l" })).toEqual(all.filter((name) => name !== "lo"));
    expect(await devicesOf({ netdevInclude: "o$" })).toEqual(all.filter((name) => name!.endsWith("o")));
  });

  it("choose counters of protocols", async () => {
    const filters = filtersOf({ netstatFields: "^Ip_Forw" });
    const source = { procfs: baseProcFs(), sysfs: NONE, filters };
    const families = await scrape(
      NODE_COLLECTORS.filter(({ name }) => name === "netstat"),
      source,
    );
    const names = families.map(({ metric }) => metric.name).filter((name) => name.startsWith("node_netstat"));
    expect(names).toEqual(["node_netstat_Ip_Forwarding", "node_netstat_Ip_ForwDatagrams"]);
  });

  it("are refused where they are none, or unknown", () => {
    expect(() => filtersOf({ netdevInclude: "(" })).toThrow(/netdevInclude is no regular expression/);
    expect(() => filtersOf({ netdev: "lo" } as Parameters<typeof filtersOf>[0])).toThrow(/there is no filter "netdev"/);
  });
});

describe("collectors", () => {
  const namesOf = (on: readonly string[], off: readonly string[]): string[] =>
    switchedOf(NODE_COLLECTORS, on, off)
      .filter(({ isDefault }) => isDefault)
      .map(({ name }) => name);

  it("are switched on and off", () => {
    const usual = namesOf([], []);
    expect(usual).toContain("arp");
    expect(usual).not.toContain("tcpstat");
    expect(namesOf(["tcpstat"], ["arp"])).toEqual([...usual.filter((name) => name !== "arp"), "tcpstat"].sort());
    expect(() => namesOf(["nothing"], [])).toThrow(/there is no collector "nothing": arp, /);
  });

  it("are chosen by a request: what is unwanted may be one of node_exporter's that is not of networks", () => {
    const chosen = (wanted: readonly string[], unwanted: readonly string[]): readonly string[] | string => {
      const found = chosenOf(NODE_COLLECTORS, wanted, unwanted);
      return typeof found === "string" ? found : found.map(({ name }) => name);
    };
    expect(chosen(["netdev", "arp"], [])).toEqual(["arp", "netdev"]);
    expect(chosen([], ["cpu", "arp"])).toEqual(namesOf([], ["arp"]));
    expect(chosen(["cpu"], [])).toMatch(/^there is no collector "cpu"/);
    expect(chosen(["arp"], ["netdev"])).toMatch(/cannot be used together/);
  });
});
