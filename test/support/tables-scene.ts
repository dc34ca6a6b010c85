import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { type Net, ProcFs } from "../../packages/procnet/src/index.ts";
import { Namespace, veth } from "./namespace.ts";
import { missingTools, noNamespaces, skipIf } from "./tools.ts";

const SCRIPT = fileURLToPath(new URL("tables-scene.py", import.meta.url));

/** Two routes to everywhere in each family, so that the choice between them shows. */
const NETWORK = `
link set v0 address 02:00:00:00:00:01
link set v0 up
address add 192.0.2.1/24 dev v0
address add 192.0.2.7/24 dev v0
address add 198.51.100.1/25 dev v0
address add 2001:db8::1/64 dev v0
address add 2001:db8:1::1/48 dev v0 preferred_lft 0
route add default via 192.0.2.2 dev v0 metric 50
route add default via 192.0.2.3 dev v0 metric 20
route add 203.0.113.0/28 via 192.0.2.2
route add unreachable 10.1.0.0/16
-6 route add default via 2001:db8::2 dev v0 metric 30
-6 route add default via 2001:db8::3 dev v0 metric 10
-6 route add 2001:db8:5::/48 nexthop via 2001:db8::2 dev v0 nexthop via 2001:db8::3 dev v0
-6 route add 2001:db8:6::/48 via 2001:db8::2 metric 7
-6 route add unreachable 2001:db8:7::/48
`;

/** Devices that not every kernel has, and what they are for. */
const DEVICES: readonly (readonly [name: string, command: string])[] = [
  ["dummy", "link add d0 type dummy"],
  ["bridge", "link add br0 type bridge"],
  ["vlan", "link add link v0 name v0.5 type vlan id 5"],
  ["bond", "link add bond7 type bond"],
  ["tun", "tuntap add tun7 mode tun"],
  ["ifb", "link add ifb7 type ifb"],
];

/** Rules whose modules show files; each may be missing. */
const RULES: readonly (readonly string[])[] = [
  ["-A", "INPUT", "-m", "recent", "--name", "seen", "--set", "-j", "ACCEPT"],
  ["-A", "OUTPUT", "-p", "udp", "-m", "hashlimit", "--hashlimit-name", "limit", "--hashlimit-upto", "5/s"],
  ["-A", "OUTPUT", "-m", "conntrack", "--ctstate", "NEW"],
];

/** A namespace with devices, routes and sockets of many kinds. */
export interface TablesScene {
  readonly namespace: Namespace;
  readonly pid: number;
  readonly net: Net;
  /** Where its sysfs is: `ip netns exec` mounts one. */
  readonly sysfs: string;
  /** What this kernel refused to make. */
  readonly missing: readonly string[];
  /** What `ip -j` says. */
  readonly ip: <Row>(...args: string[]) => Row[];
}

/** One for all tests of a file. They are skipped, and the reason is printed, where none can be made. */
export function useTables(...tools: string[]): () => TablesScene {
  const reason = noNamespaces() ?? missingTools("python3", ...tools);
  let scene: TablesScene | undefined;
  const spaces: Namespace[] = [];
  beforeAll(async () => {
    if (reason === undefined) scene = await makeTables(spaces);
  });
  beforeEach((context) => skipIf(context, reason));
  afterAll(() => {
    for (const space of spaces) space.remove();
  });
  return () => scene!;
}

async function makeTables(spaces: Namespace[]): Promise<TablesScene> {
  const [namespace, peer] = [new Namespace(), new Namespace()];
  spaces.push(namespace, peer);
  // Addresses that are being checked for being double change by themselves.
  namespace.sysctl("net.ipv6.conf.all.accept_dad=0", "net.ipv6.conf.default.accept_dad=0");
  veth(namespace, "v0", peer, "v1");
  peer.ip("address add 192.0.2.2/24 dev v1\naddress add 2001:db8::2/64 dev v1 nodad\nlink set v1 up\n");
  for (const line of NETWORK.trim().split("\n")) namespace.run("ip", line.split(" "));
  const missing: string[] = [];
  const attempt = (name: string, command: string, args: readonly string[]): void => {
    const { status } = spawnSync("ip", ["netns", "exec", namespace.name, command, ...args]);
    if (status !== 0) missing.push(name);
  };
  for (const [name, command] of DEVICES) attempt(name, "ip", command.split(" "));
  for (const rule of RULES) attempt(`iptables -m ${rule[rule.indexOf("-m") + 1]}`, "iptables", rule);
  if (missing.length > 0) console.warn(`not in this kernel: ${missing.join(", ")}`);
  const child = namespace.spawn("python3", ["-IS", SCRIPT], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "exit").then(([code]) => Promise.reject(new Error(`the script ended with code ${code}`)));
  ended.catch(() => {}); // being killed at the end is no failure
  const [line] = await Promise.race([once(child.stdout!, "data"), ended]);
  const pid = Number(String(line));
  const ip = <Row>(...args: string[]): Row[] => JSON.parse(namespace.run("ip", ["-j", ...args])) as Row[];
  return { namespace, pid, net: new ProcFs().process(pid).net, sysfs: `/proc/${pid}/root/sys`, missing, ip };
}
