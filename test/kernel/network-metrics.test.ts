import { createKernelSource, type KernelSource } from "@procnet/kernel";
import { createProcnetServer } from "@procnet/server";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { noRoutedScene } from "../support/kernel/routed-scene.ts";
import { makeSettledScene, type SettledScene } from "../support/kernel/settled-scene.ts";
import { skipIf } from "../support/tools.ts";

/*
 * Metrics of another network namespace, of which no sysfs here tells: what the kernel adds is what ip(8) says.
 */

const reason = noRoutedScene();
let scene: SettledScene;
let source: KernelSource;
let pid: number;
beforeAll(async () => {
  if (reason !== undefined) return;
  scene = await makeSettledScene();
  pid = scene.pid;
  source = createKernelSource({ iterator: false });
});
afterAll(() => {
  source?.close();
  scene?.remove();
});
beforeEach((context) => skipIf(context, reason));

/** Lines of some collectors. */
async function linesOf(network: KernelSource | undefined, ...collectors: string[]): Promise<string[]> {
  const server = await createProcnetServer({ listen: [], pid, ...(network !== undefined && { network }) });
  try {
    const query = collectors.map((name) => `collect[]=${name}`).join("&");
    const answer = await server.fetch(new Request(`http://localhost/metrics?${query}`));
    return (await answer.text()).split("\n").filter((line) => line.startsWith("node_"));
  } finally {
    await server.close();
  }
}

it("routes of all tables are counted as ip(8) lists them", async () => {
  const lines = await linesOf(source, "network_route");
  expect(lines).toContain('node_scrape_collector_success{collector="network_route"} 1');
  const routes = ["-4", "-6"].flatMap(
    (family) =>
      JSON.parse(scene.namespace.run("ip", ["-j", "-d", family, "route", "show", "table", "all"])) as {
        readonly type: string;
        readonly dev?: string;
        readonly nexthops?: readonly { readonly dev: string }[];
      }[],
  );
  const devices = routes
    .filter(({ type }) => type === "unicast")
    .flatMap(({ dev, nexthops }) => nexthops?.map((hop) => hop.dev) ?? [dev!]);
  const counts = new Map<string, number>();
  for (const device of devices) counts.set(device, (counts.get(device) ?? 0) + 1);
  const shown = lines.filter((line) => line.startsWith("node_network_routes"));
  expect(shown.sort()).toEqual(
    [...counts].map(([device, count]) => `node_network_routes{device="${device}"} ${count}`).sort(),
  );
  expect(lines).toContain(
    'node_network_route_info{dest="default",device="v0",gw="192.0.2.2",priority="100",proto="dhcp",src="192.0.2.3",weight=""} 1',
  );
  expect(lines).toContain(
    'node_network_route_info{dest="10.9.0.0/16",device="v0",gw="192.0.2.9",priority="0",proto="bgp",src="",weight="256"} 1',
  );
});

it("properties of interfaces are told where no sysfs shows them", async () => {
  const lines = await linesOf(source, "netclass", "netdev");
  expect(lines).toEqual(
    expect.arrayContaining([
      'node_network_mtu_bytes{device="v0"} 1400',
      'node_network_transmit_queue_length{device="v0"} 17',
      'node_network_net_dev_group{device="v0"} 7',
      'node_network_up{device="v0"} 1',
      'node_network_up{device="ifb7"} 0',
      'node_network_altnames_info{altname="short",device="v0"} 1',
      'node_network_receive_nohandler_total{device="br0"} 0',
      'node_network_info{address="02:00:00:00:00:01",adminstate="up",broadcast="",device="v0",duplex="",ifalias="to the other side",operstate="up"} 1',
      'node_scrape_collector_success{collector="netclass"} 1',
    ]),
  );
});

it("without the kernel they are not, and it is said", async () => {
  const lines = await linesOf(undefined, "netclass", "network_route");
  expect(lines).toContain('node_scrape_collector_success{collector="netclass"} 0');
  expect(lines).toContain('node_scrape_collector_success{collector="network_route"} 0');
  expect(lines.filter((line) => !line.startsWith("node_scrape"))).toEqual([]);
});
