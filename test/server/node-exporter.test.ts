import { type SpawnOptions, spawnSync } from "node:child_process";
import { afterAll, beforeAll, expect, it } from "vitest";
import { NODE_COLLECTORS } from "../../packages/server/src/collectors/index.ts";
import { BIN } from "../support/command/run.ts";
import { type ReadFamily, readExposition } from "../support/exposition.ts";
import { Namespace } from "../support/namespace.ts";
import { differences, NEWER_COLLECTORS, said } from "../support/parity.ts";
import { missingTools, noNamespaces, ROOT, skipIf } from "../support/tools.ts";

const THEIRS = "prometheus-node-exporter";

const unable = (): string | undefined => missingTools(THEIRS, "python3", "ss") ?? noNamespaces();

/** Sockets of both families in several states, with something to be read, and neighbours. */
const SCENE = `
import socket, time
held = []
for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
    udp = socket.socket(family, socket.SOCK_DGRAM); udp.bind((address, 0))
    for size in (10, 1000, 5000): udp.sendto(b"x" * size, udp.getsockname())
    listener = socket.socket(family, socket.SOCK_STREAM); listener.bind((address, 0)); listener.listen(7)
    for _ in range(3): held.append(socket.create_connection(listener.getsockname()[:2]))
    taken, _ = listener.accept(); held[-3].sendall(b"y" * 123)
    closed, _ = listener.accept(); held[-2].close()
    held += [udp, listener, taken, closed]
print("ready", flush=True)
time.sleep(3600)
`;

const DEVICES = `
link add v0 type veth peer name v1
link add bridge0 type bridge
link set v1 master bridge0
link set v0 mtu 1400 txqueuelen 123 alias outside
link set v0 up
link set v1 up
addr add 192.0.2.1/24 dev v0
addr add 2001:db8::1/64 dev v0 nodad
route add default via 192.0.2.2 dev v0 proto static metric 5
route add 10.9.0.0/16 proto bgp nexthop via 192.0.2.2 dev v0 weight 2 nexthop via 192.0.2.3 dev v0 weight 9
route add 10.7.0.0/16 dev v0 src 192.0.2.1 table 4000000000
route add blackhole 10.4.0.0/16
route add 2001:db8:9::/48 via 2001:db8::2 dev v0
neigh add 192.0.2.9 lladdr 02:00:00:00:00:09 dev v0
neigh add 192.0.2.10 lladdr 02:00:00:00:00:0a dev v0
`;

let namespace: Namespace;
beforeAll(async () => {
  if (unable() !== undefined) return;
  namespace = new Namespace();
  namespace.ip(DEVICES);
  const flags = NODE_COLLECTORS.filter(({ name }) => !NEWER_COLLECTORS.has(name)).map(
    ({ name }) => `--collector.${name}`,
  );
  const stdio: SpawnOptions = { stdio: ["ignore", "pipe", "pipe"] };
  const scene = namespace.spawn("python3", ["-c", SCENE], stdio);
  const theirs = namespace.spawn(
    THEIRS,
    [
      ...["--web.listen-address=127.0.0.1:9100", "--web.disable-exporter-metrics", "--collector.disable-defaults"],
      ...["--collector.netdev.device-exclude=^$", ...flags],
    ],
    stdio,
  );
  // With what node_exporter asks the kernel for too.
  const ours = namespace.spawn(
    process.execPath,
    [BIN, "serve", "--listen", "127.0.0.1:9909", "--max-age", "1ms", "--enable", "network_route"],
    stdio,
  );
  await Promise.all([said(scene, /ready/), said(theirs, /Listening on/), said(ours, /http:/)]);
});
afterAll(() => namespace?.remove());

const query = NODE_COLLECTORS.map(({ name }) => `collect[]=${name}`).join("&");
const [OURS, OTHERS] = [`http://127.0.0.1:9909/metrics?${query}`, "http://127.0.0.1:9100/metrics"] as const;

type Families = ReadonlyMap<string, ReadFamily>;

/** Ours, theirs and ours, one after the other. */
function scrapes(): [Families, Families, Families] {
  const printed = namespace.run(process.execPath, [`${ROOT}/test/support/scrapes.mjs`, OURS, OTHERS, OURS]);
  const [before, theirs, after] = (JSON.parse(printed) as string[]).map(readExposition);
  return [before!, theirs!, after!];
}

it("gives what node_exporter gives: families, types, labels, values where they do not move", async (context) => {
  skipIf(context, unable());
  // What others on this machine move, as the memory of all sockets, can leave the range in between: not each time.
  let last: [Families, Families, Families] | undefined;
  const look = (): string[] => {
    last = scrapes();
    return differences(last);
  };
  await expect.poll(look).toEqual([]);
  const [, theirs] = last!;
  expect(theirs.size).toBeGreaterThan(140);
  const value = (name: string, labels: string): number | undefined => theirs.get(name)?.samples.get(labels);
  expect(value("node_udp_queues", 'ip="v4",queue="rx"')).toBeGreaterThan(6010);
  expect(value("node_arp_entries", 'device="v0"')).toBe(2);
  expect(value("node_network_mtu_bytes", 'device="v0"')).toBe(1400);
  expect(value("node_tcp_connection_states", 'state="close_wait"')).toBe(2);
});

it("differs by the backlogs of listeners in bytes of TCP to be sent", (context) => {
  skipIf(context, unable());
  const label = 'state="tx_queued_bytes"';
  const [before, theirs] = scrapes().map((families) => families.get("node_tcp_connection_states")!.samples);
  const backlogs = namespace.run("ss", ["-Hltn"]).trim().split("\n");
  const sum = backlogs.reduce((all, line) => all + Number(line.trim().split(/\s+/)[2]), 0);
  expect(sum).toBeGreaterThan(500);
  // The request itself may be under way while it is answered.
  expect(Math.abs(theirs!.get(label)! - before!.get(label)! - sum)).toBeLessThan(500);
});

it("knows which collectors there are, as node_exporter does", (context) => {
  skipIf(context, unable());
  for (const [asked, status] of [
    ["collect[]=netdev", "200"],
    ["collect[]=nothing", "400"],
    ["collect[]=netdev&collect[]=nothing", "400"],
  ]) {
    for (const port of [9100, 9909]) {
      const script = `fetch("http://127.0.0.1:${port}/metrics?${asked}").then(({ status }) => console.log(status))`;
      expect(namespace.run(process.execPath, ["-e", script]).trim(), `${port} ${asked}`).toBe(status);
    }
  }
});

it("is read by promtool without a complaint, whatever devices are called", (context) => {
  skipIf(context, unable() ?? missingTools("promtool"));
  for (const name of ['a"b\\c', "{x}=1,", "\\n", "größe", "$'`"])
    namespace.run("ip", ["link", "add", "name", name, "type", "bridge"]);
  // Two that are not UTF-8, and look the same to those who read them as if they were.
  for (const byte of ["376", "377"])
    namespace.run("sh", ["-c", `ip link add name "$(printf 'x\\${byte}')" type bridge`]);
  const script = `fetch("http://127.0.0.1:9909/metrics").then((answer) => answer.text()).then((text) => process.stdout.write(text))`;
  const text = namespace.run(process.execPath, ["-e", script]);
  const families = readExposition(text);
  for (const family of ["node_network_mtu_bytes", "node_network_receive_bytes_total"]) {
    const devices = [...(families.get(family)?.samples.keys() ?? [])];
    expect(devices, family).toEqual(
      expect.arrayContaining(['device="a\\"b\\\\c"', 'device="\\\\n"', 'device="größe"', 'device="x\\\\xfe"']),
    );
    expect(devices.length, family).toBe(11);
  }
  const { stdout, stderr } = spawnSync("promtool", ["check", "metrics"], { input: text, encoding: "utf8" });
  // Of names that are node_exporter's.
  const known = /^node_netstat_\w+ metric names should be written in 'snake_case' not 'camelCase'$/;
  expect(`${stdout}${stderr}`.split("\n").filter((line) => line !== "" && !known.test(line))).toEqual([]);
});
