import { expect, it } from "vitest";
import { ARPFlags, ProcFs, type RouteEntry, RouteFlags } from "../../packages/procnet/src/index.ts";
import type { Scene } from "../support/scene.ts";
import { sorted } from "../support/ss.ts";
import { expectSame, useScene } from "../support/use-scene.ts";

const scene = useScene("nstat");
const procfs = new ProcFs();
const netOf = ({ pid }: Scene): typeof procfs.net => procfs.process(pid).net;
const ip = (...args: string[]): unknown[] => JSON.parse(scene().namespace.run("ip", ["-j", ...args])) as unknown[];

/** A route as `ip -j route` prints it. */
interface IpRoute {
  readonly type?: string;
  readonly dst: string;
  readonly gateway?: string;
  readonly via?: { readonly family: string; readonly host: string };
  readonly dev?: string;
  readonly metric?: number;
  readonly metrics?: readonly { readonly advmss?: number; readonly window?: number; readonly rtt?: number }[];
}

it("gives the routes of ip route", () => {
  expectSame(
    () => sorted(netOf(scene()).route()),
    () => sorted((ip("route", "show", "table", "main") as IpRoute[]).map(asRow)),
  );
  expect(
    netOf(scene())
      .route()
      .map(({ metric }) => metric),
  ).toContain(4294967295);
});

/** What the kernel writes to `route` for a route that `ip` shows. */
function asRow({ type, dst, gateway, via, dev, metric = 0, metrics: [metrics = {}] = [] }: IpRoute): RouteEntry {
  const [destination, length] = dst === "default" ? ["0.0.0.0", "0"] : dst.split("/");
  const bits = Number(length ?? 32);
  const rejects = type === "unreachable" || type === "prohibit";
  return {
    iface: dev ?? "*",
    destination: destination!,
    gateway: gateway ?? "0.0.0.0",
    flags:
      RouteFlags.UP |
      (gateway !== undefined || via !== undefined ? RouteFlags.GATEWAY : 0) |
      (bits === 32 ? RouteFlags.HOST : 0) |
      (rejects ? RouteFlags.REJECT : 0),
    refCnt: 0,
    use: 0,
    metric,
    mask: netmask(bits),
    mtu: metrics.advmss === undefined ? 0 : metrics.advmss + 40,
    window: metrics.window ?? 0,
    irtt: metrics.rtt ?? 0,
  };
}

function netmask(bits: number): string {
  const mask = 2 ** 32 - 2 ** (32 - bits);
  return [24, 16, 8, 0].map((shift) => Math.floor(mask / 2 ** shift) % 256).join(".");
}

/** A neighbour as `ip -j neigh` prints it. */
interface IpNeighbour {
  readonly dst: string;
  readonly dev: string;
  readonly lladdr?: string;
  readonly state?: readonly string[];
}

const COMPLETE = new Set(["REACHABLE", "STALE", "DELAY", "PROBE", "PERMANENT"]);

it("gives the neighbours and the proxies of ip neigh", () => {
  const { COM, PERM, PUBL } = ARPFlags;
  const neighbour = ({ dst, dev, lladdr, state: [state = ""] = [] }: IpNeighbour): unknown => ({
    ipAddress: dst,
    flags: (COMPLETE.has(state) ? COM : 0) | (state === "PERMANENT" ? PERM : 0),
    hwAddress: lladdr,
    device: dev,
  });
  const proxy = ({ dst, dev }: IpNeighbour): unknown => ({
    ipAddress: dst,
    flags: PERM | PUBL,
    hwAddress: undefined,
    device: dev,
  });
  expectSame(
    () =>
      sorted(
        netOf(scene())
          .arp()
          .map(({ ipAddress, flags, hwAddress, device }) => ({ ipAddress, flags, hwAddress, device })),
      ),
    () => {
      // The kernel leaves entries without resolution out of the file.
      const neighbours = (ip("-4", "neigh", "show", "nud", "all") as IpNeighbour[]).filter(
        ({ state }) => state?.[0] !== "NOARP",
      );
      return sorted([
        ...neighbours.map(neighbour),
        ...(ip("-4", "neigh", "show", "proxy") as IpNeighbour[]).map(proxy),
      ]);
    },
  );
  const all = netOf(scene()).arp();
  expect(new Set(all.map(({ flags }) => flags))).toEqual(new Set([0, COM, COM | PERM, PERM | PUBL]));
});

interface IpLink {
  readonly ifname: string;
  readonly stats64: { readonly rx: Readonly<Record<string, number>>; readonly tx: Readonly<Record<string, number>> };
}

it("gives the counters of ip link, in its order", () => {
  expectSame(
    () => [...netOf(scene()).devStatus().values()],
    () => (ip("-s", "-s", "link") as IpLink[]).map(deviceOf),
  );
  expect(netOf(scene()).devStatus().get("lo")!.recvBytes).toBeGreaterThan(0);
});

function deviceOf({ ifname, stats64: { rx, tx } }: IpLink): unknown {
  const sum = (of: Readonly<Record<string, number>>, ...names: string[]): number =>
    names.reduce((total, name) => total + of[name]!, 0);
  return {
    name: ifname,
    recvBytes: rx.bytes,
    recvPackets: rx.packets,
    recvErrs: rx.errors,
    recvDrop: sum(rx, "dropped", "missed_errors"),
    recvFifo: rx.fifo_errors,
    recvFrame: sum(rx, "length_errors", "over_errors", "crc_errors", "frame_errors"),
    recvCompressed: 0,
    recvMulticast: rx.multicast,
    sentBytes: tx.bytes,
    sentPackets: tx.packets,
    sentErrs: tx.errors,
    sentDrop: tx.dropped,
    sentFifo: tx.fifo_errors,
    sentColls: tx.collisions,
    sentCarrier: sum(tx, "carrier_errors", "aborted_errors", "window_errors", "heartbeat_errors"),
    sentCompressed: 0,
  };
}

/** Settings and constants, which nstat takes for no counters. */
const NO_COUNTERS = new Set([
  "Ip Forwarding",
  "Ip DefaultTTL",
  "Tcp RtoAlgorithm",
  "Tcp RtoMin",
  "Tcp RtoMax",
  "Tcp MaxConn",
  "Tcp CurrEstab",
]);

it("gives the counters of nstat, and its names", () => {
  const ours = (): Map<string, number> => {
    const net = netOf(scene());
    const all = Object.entries({ ...net.snmp(), ...net.snmp6() }).flatMap(([protocol, counters]) =>
      Object.entries(counters ?? {}).map(([name, value]): [string, number] => [`${protocol} ${name}`, value!]),
    );
    return new Map(
      all.filter(([name]) => !NO_COUNTERS.has(name)).map(([name, value]) => [name.replace(" ", ""), value]),
    );
  };
  const before = ours();
  const text = scene().namespace.run("nstat", ["-asz", "--json"]);
  const after = ours();
  const theirs = (JSON.parse(text) as { kernel: Readonly<Record<string, number>> }).kernel;
  // nstat also shows what is in the file netstat.
  const shared = Object.keys(theirs).filter((name) => !/^(TcpExt|IpExt|MPTcpExt)/.test(name));
  // Counters by the type of a message are there from the first such message on, which may come meanwhile.
  expect(shared).toEqual(expect.arrayContaining([...before.keys()]));
  expect([...after.keys()]).toEqual(expect.arrayContaining(shared));
  for (const name of shared) {
    expect(theirs[name], name).toBeGreaterThanOrEqual(before.get(name) ?? 0);
    expect(theirs[name], name).toBeLessThanOrEqual(after.get(name)!);
  }
  expect(before.get("TcpActiveOpens")).toBeGreaterThan(10);
  expect(before.get("UdpInErrors")).toBeGreaterThan(0);
});

it("gives the same numbers as bigint", () => {
  const net = netOf(scene());
  const asNumbers = (exact: unknown): unknown =>
    JSON.parse(JSON.stringify(exact, (_, value: unknown) => (typeof value === "bigint" ? Number(value) : value)));
  expectSame<unknown>(
    () => [net.snmp(), net.snmp6(), [...net.devStatus()]],
    () => asNumbers([net.snmp({ bigint: true }), net.snmp6({ bigint: true }), [...net.devStatus({ bigint: true })]]),
  );
  expect(net.snmp({ bigint: true }).Tcp.MaxConn).toBe(-1n);
  expect(typeof net.devStatus({ bigint: true }).get("lo")!.recvBytes).toBe("bigint");
});
