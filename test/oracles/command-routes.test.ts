import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { BIN } from "../support/command/run.ts";
import { Namespace } from "../support/namespace.ts";
import { runIn } from "../support/netstat/scene-network.ts";
import { missingTools, noNamespaces, skipIf } from "../support/tools.ts";

/*
 * What is said of a route is what the kernel says: the flags that `route -n` shows as letters, and the rest as ip shows it.
 */

const reason = noNamespaces() ?? missingTools("netstat");
let namespace: Namespace | undefined;

const ROUTES = [
  "default via 192.0.2.2 dev v0",
  "default dev v0 metric 20",
  "unreachable default metric 40",
  "blackhole default metric 41",
  "default via 10.9.9.9 dev v0 onlink metric 70",
  "203.0.113.7/32 via 192.0.2.2",
  "prohibit 10.3.0.0/16",
];
const ROUTES6 = [
  "default via 2001:db8::2 dev v0 metric 30",
  "default dev v0 metric 40",
  "blackhole default metric 50",
  "2001:db8:9::/48 via 2001:db8::2 pref low",
];
/** Only with CONFIG_IPV6_SUBTREES. */
const FROM = "default from 2001:db8:77::/48 via 2001:db8::2 metric 5";

let hasSubtrees = false;

beforeAll(() => {
  if (reason !== undefined) return;
  namespace = new Namespace();
  namespace.sysctl("net.ipv6.conf.default.accept_dad=0", "net.ipv6.conf.default.router_solicitations=0");
  namespace.ip("link add v0 type veth peer name v1\nlink set v0 up\nlink set v1 up\n");
  namespace.ip("address add 192.0.2.1/24 dev v0\naddress add 2001:db8::1/64 dev v0 nodad\n");
  const add = (family: string, route: string): boolean =>
    spawnSync("ip", ["-n", namespace!.name, family, "route", "add", ...route.split(" ")]).status === 0;
  for (const route of ROUTES) expect(add("-4", route), route).toBe(true);
  for (const route of ROUTES6) expect(add("-6", route), route).toBe(true);
  hasSubtrees = add("-6", FROM);
});
beforeEach((context) => skipIf(context, reason));
afterAll(() => namespace?.remove());

interface Shown {
  readonly family: "IPv4" | "IPv6";
  readonly destination: string;
  readonly source?: string;
  readonly gateway?: string;
  readonly iface?: string;
  readonly metric: number;
  readonly flags: readonly string[];
  readonly preference?: string;
}

function routes(...options: string[]): Shown[] {
  const { out, err, code } = runIn(namespace!, process.execPath, BIN, "routes", "--json", ...options);
  expect({ err, code }).toEqual({ err: "", code: 0 });
  return (JSON.parse(out) as { routes: Shown[] }).routes;
}

/** Letters as `netstat -r` has them. */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ["UP", "U"],
  ["GATEWAY", "G"],
  ["HOST", "H"],
  ["REJECT", "!"],
]);

it("flags are those of netstat -rn, with --default too", () => {
  const rows = runIn(namespace!, "netstat", "-rne")
    .out.split("\n")
    .slice(2, -1)
    .map((line) => line.split(/ +/));
  const theirs = rows.map(([destination, gateway, , flags, metric]) => [destination, gateway, flags, Number(metric)]);
  const ours = routes("-4").map(({ destination, gateway, flags, metric }) => {
    const rejects = flags.includes("REJECT");
    const letters = rejects ? "!" : flags.map((flag) => LETTERS.get(flag)).join("");
    const network = destination === "default" ? "0.0.0.0" : destination.split("/")[0];
    return [network, rejects ? "-" : (gateway ?? "0.0.0.0"), letters, metric];
  });
  expect(ours).toEqual(theirs);
  const all = routes();
  for (const way of routes("--default")) expect(all).toContainEqual(way);
  expect(routes("--default", "-4").map(({ flags }) => flags)).toEqual([["UP", "GATEWAY"], ["UP"], ["UP", "GATEWAY"]]);
});

it("--default has the routes of ip route show default that lead somewhere, the one taken first", () => {
  const theirs = (["-4", "-6"] as const).flatMap((family) => {
    const { out } = runIn(namespace!, "ip", "-j", family, "route", "show", "default");
    const rows = JSON.parse(out) as { type?: string; from?: string; gateway?: string; dev?: string; metric?: number }[];
    return rows
      .filter(({ type, from }) => type === undefined && from === undefined)
      .map(({ gateway, dev, metric = 0 }) => ({ gateway, iface: dev, metric }))
      .sort((a, b) => a.metric - b.metric);
  });
  expect(theirs.length).toBeGreaterThan(3);
  expect(routes("--default").map(({ gateway, iface, metric }) => ({ gateway, iface, metric }))).toEqual(theirs);
});

it("a preference of a router is no flag without a name", () => {
  const route = routes("-6").find(({ destination }) => destination === "2001:db8:9::/48");
  expect(route).toMatchObject({ flags: ["UP", "GATEWAY"], preference: "LOW" });
});

it("a route for packets of one network is shown as such, and no way out for all", (context) => {
  skipIf(context, hasSubtrees ? undefined : "this kernel has no routes by source (CONFIG_IPV6_SUBTREES)");
  const narrow = routes("-6").find(({ source }) => source !== undefined);
  expect(narrow).toMatchObject({
    destination: "default",
    source: "2001:db8:77::/48",
    gateway: "2001:db8::2",
    metric: 5,
  });
  expect(routes("--default").filter(({ source, metric }) => source !== undefined || metric === 5)).toEqual([]);
  const { out } = runIn(namespace!, process.execPath, BIN, "routes");
  expect(out).toMatch(/^default +2001:db8:77::\/48 +2001:db8::2 +v0 +5 /m);
});
