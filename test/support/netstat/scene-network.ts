import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { BIN } from "../command/run.ts";
import { Namespace, veth } from "../namespace.ts";
import { scaled } from "../time.ts";
import { missingTools, noNamespaces, skipIf } from "../tools.ts";

/** Devices that are joined to the other namespace, and whether their other end is up. */
const CABLES: readonly (readonly [name: string, up: boolean])[] = [
  ["v0", true],
  ["d0", true],
  ["abcdefghijklmno", false],
  ["abcdefghijklmn", true],
  ["abcdefghijk", true],
  ["eth10", true],
  ["eth2", true],
  ["eth02", true],
  ["1x", true],
  ["äöü", true],
  ["nocarrier", false],
  ["down0", true],
  ["port0", true],
];

const CABLED: ReadonlySet<string> = new Set(
  CABLES.filter(([name, up]) => up && name !== "down0").map(([name]) => name),
);

/** What is done to them, and devices of other kinds, which not every kernel has. */
const DEVICES = `
link set v0 up
address add 192.0.2.1/24 brd + dev v0
address add 192.0.2.7/24 brd + dev v0
address add 2001:db8::1/64 dev v0
address add 192.0.2.100/24 brd + dev v0 label v0:1
address add 172.16.0.1/16 brd + dev v0 label v0:ten
link set d0 up
address add 198.51.100.1/25 brd + dev d0
address add 198.51.100.129/26 brd + dev d0
address add 10.77.0.1/8 brd + dev d0
address add 2001:db8:1:2:3:4:5:6/48 dev d0
address add fec0::1/64 dev d0
address add ::203.0.113.250/128 dev d0
address add 239.1.2.3/32 dev d0 autojoin
address add ff05::1234:5678/128 dev d0 autojoin
link set abcdefghijklmno up mtu 9000
link set abcdefghijklmn up txqueuelen 12
link set abcdefghijk up
address add 239.255.1.1/32 dev abcdefghijk autojoin
link set eth10 up promisc on
link set eth2 up allmulticast on
link set eth02 up arp off
link set 1x up multicast off
link set äöü up
link set nocarrier up
link add br0 type bridge
link set port0 master br0
link set port0 up
link set br0 up
tuntap add tun7 mode tun
link set tun7 up
address add 10.99.0.1 peer 10.99.0.2/32 dev tun7
tuntap add tap7 mode tap
link set tap7 up
link add ifb7 type ifb
link set ifb7 up txqueuelen 77
link add dummy7 type dummy
link set dummy7 up
link add link v0 name v0.5 type vlan id 5
link set v0.5 up
link add bond7 type bond
link set bond7 up
link add ipip7 type ipip local 192.0.2.1 remote 192.0.2.2
link set ipip7 up
link add sit7 type sit local 192.0.2.1 remote 192.0.2.2
link set sit7 up
`;

const ROUTES = `
route add default via 192.0.2.2 dev v0
route add default via 192.0.2.3 dev v0 metric 20
route add 0.0.0.0/1 dev d0
route add 203.0.113.0/24 via 192.0.2.2 metric 4294967295
route add 203.0.113.0/24 via 192.0.2.2 metric 100
route add 203.0.113.0/25 dev v0 advmss 1200 window 32768 rtt 40ms
route add 203.0.113.128/25 via inet6 2001:db8::2 dev v0
route add 203.0.113.7/32 via 192.0.2.2 dev v0
route add 203.0.113.9/32 dev abcdefghijklmno
route add 203.0.113.10/32 dev äöü mtu lock 1400
route add 203.0.113.11/32 via 10.1.1.1 dev d0 onlink
route add 203.0.113.16/28 nexthop via 192.0.2.2 dev v0 nexthop via 192.0.2.3 dev v0
route add 169.254.0.0/16 dev d0
route add 127.5.0.0/16 dev d0
route add 10.20.0.0/16 dev d0
route add 10.20.30.0/24 dev d0
route add unreachable 10.1.0.0/16
route add unreachable 10.1.2.3/32
route add blackhole 10.2.0.0/16
route add prohibit 10.3.0.0/16 metric 7
route add throw 10.4.0.0/16
-6 route add default via 2001:db8::2 dev v0 metric 30
-6 route add 2001:db8:5::/48 nexthop via 2001:db8::2 dev v0 nexthop via 2001:db8::3 dev v0
-6 route add 2001:db8:6::/48 via 2001:db8::2 metric 7
-6 route add 2001:db8:9999:8888:7777:6666:5555:4444/128 via 2001:db8::2
-6 route add 2001:db8:a::/48 dev d0 expires 5000
-6 route add 2001:db8:b::/48 dev abcdefghijklmno metric 4294967294
-6 route add unreachable 2001:db8:7::/48
-6 route add blackhole 2001:db8:8::/48
-6 route add prohibit 2001:db8:9::/48
-6 route add ::ffff:203.0.113.0/120 dev d0
-6 route add ::203.0.113.0/120 dev d0
`;

const FILES = {
  hosts: `127.0.0.1 localhost lo
# 192.0.2.2 remarked
192.0.2.2\tgateway.with.a.long.name.example gw # behind
192.0.2.2 second
192.0.2.3 b
::1 ip6-localhost
224.0.0.1 all-systems
ff02::1 ip6-allnodes
FF01:0::1 ip6-first
203.0.113.7 seven
2001:0db8::2 router6
239.1.2.3 own-group
::ffff:203.0.113.9 nine
2001:db8:9999:8888:7777:6666:5555:4444 host.with.a.name.that.is.longer.than.the.column.example
`,
  networks:
    "loopback 127.0.0.0\nlink-local 169.254\nshort 10.20\nlong-name-of-a-network 10.20.30.0\nfive 127.5.0.0 alias\n",
  "nsswitch.conf": "passwd: files\nhosts: files\nnetworks: files\nservices: files\nprotocols: files\n",
} as const;

/** A namespace with devices, routes and groups of many kinds, and files of names of its own. */
export interface NetworkScene {
  readonly namespace: Namespace;
  readonly peer: Namespace;
}

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** One for all tests of a file, which are skipped where none can be made. */
export function useNetwork(...tools: string[]): () => NetworkScene {
  const reason = noNamespaces() ?? missingTools("netstat", ...tools);
  let scene: NetworkScene | undefined;
  beforeAll(async () => {
    if (reason === undefined) scene = await makeNetwork();
  });
  beforeEach((context) => skipIf(context, reason));
  afterAll(() => {
    if (scene !== undefined) removeFiles(scene.namespace);
    scene?.namespace.remove();
    scene?.peer.remove();
  });
  return () => scene!;
}

async function makeNetwork(): Promise<NetworkScene> {
  const [namespace, peer] = [new Namespace(), new Namespace()];
  namespace.sysctl("net.ipv6.conf.all.accept_dad=0", "net.ipv6.conf.default.accept_dad=0");
  namespace.sysctl("net.ipv6.conf.default.router_solicitations=0");
  for (const [index, [name, up]] of CABLES.entries()) {
    veth(namespace, name, peer, `v${index}`);
    if (up) peer.ip(`link set v${index} up\n`);
  }
  peer.ip("address add 192.0.2.2/24 dev v0\naddress add 2001:db8::2/64 dev v0 nodad\n");
  const refused: string[] = [];
  for (const line of `${DEVICES}${ROUTES}`.split("\n").filter((line) => line !== "")) {
    if (spawnSync("ip", ["-n", namespace.name, ...line.split(" ")]).status !== 0) refused.push(line);
  }
  if (refused.length > 0) console.warn(`not in this kernel: ${refused.join("; ")}`);
  setFiles(namespace, FILES);
  namespace.spawn("python3", ["-ISc", HOLD_TUNNEL], { stdio: ["pipe", "ignore", "ignore"] });
  await settled(namespace);
  return { namespace, peer };
}

/** Whoever has the device open is its cable. The file is closed when the namespace is removed. */
const HOLD_TUNNEL = `
import fcntl, struct, sys
tunnel = open("/dev/net/tun", "r+b", buffering=0)
fcntl.ioctl(tunnel, 0x400454ca, struct.pack("16sH", b"tun7", 0x1001))
sys.stdin.read()
`;

/** Waits until the kernel has noticed that there are cables, which it looks at once a second. */
async function settled(namespace: Namespace): Promise<void> {
  for (const end = performance.now() + scaled(30_000); performance.now() < end; ) {
    const states = JSON.parse(namespace.run("ip", ["-j", "link"])) as { ifname: string; operstate: string }[];
    const waiting = states.filter(({ ifname, operstate }) => CABLED.has(ifname) && operstate !== "UP");
    if (waiting.length === 0) return;
    await sleep(100);
  }
}

const placed = new Set<string>();

// A test that is interrupted runs no hook.
process.on("exit", () => {
  for (const directory of placed) rmSync(directory, { recursive: true, force: true });
});

/** Puts files in the place of those in /etc, for programs that run in the namespace. */
export function setFiles(namespace: Namespace, files: Readonly<Record<string, string>>): void {
  const directory = `/etc/netns/${namespace.name}`;
  mkdirSync(directory, { recursive: true });
  placed.add(directory);
  for (const [name, text] of Object.entries(files)) writeFileSync(`${directory}/${name}`, text);
}

export function removeFiles(namespace: Namespace): void {
  rmSync(`/etc/netns/${namespace.name}`, { recursive: true, force: true });
}

/** Runs a program in the namespace. */
export function runIn(namespace: Namespace, command: string, ...args: string[]): Ran {
  const { status, stdout, stderr } = spawnSync("ip", ["netns", "exec", namespace.name, command, ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    input: "",
  });
  return { code: status, out: stdout, err: stderr };
}

export function ours(namespace: Namespace, flags: string): Ran {
  return runIn(namespace, process.execPath, BIN, "netstat", ...flags.split(" "));
}

export function theirs(namespace: Namespace, flags: string): Ran {
  return runIn(namespace, "netstat", ...flags.split(" "));
}

/** Expects the same of both programs. Counters may move between two looks, so there are some. */
export function expectSame(namespace: Namespace, flags: string): Ran {
  for (let left = 12; ; left--) {
    const [before, mine, after] = [theirs(namespace, flags), ours(namespace, flags), theirs(namespace, flags)];
    const same = [before, after].find((ran) => JSON.stringify(ran) === JSON.stringify(mine));
    if (same === undefined && left > 0) continue;
    expect(mine).toEqual(same ?? after);
    return mine;
  }
}
