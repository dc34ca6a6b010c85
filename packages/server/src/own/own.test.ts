import {
  digestSockets,
  FINDINGS,
  type LimitName,
  type Limits,
  limits,
  type Sample,
  type TcpSocket,
  type WatchBatch,
  type WatchedSocket,
} from "procnet";
import { describe, expect, it } from "vitest";
import { ownerNamed, tcpSocket } from "../../../../test/support/sockets/tcp-socket.ts";
import type { Family } from "../metrics/family.ts";
import { OwnMetrics, type OwnOptions } from "./own.ts";

const BATCH: WatchBatch = {
  kind: "batch",
  at: new Date(0),
  took: 1,
  counts: [],
  skipped: [],
  opened: [],
  closed: [],
  changed: [],
  traces: [],
  missed: [],
};

/** Settings of this machine, but for these. */
function settings(some: Partial<Record<LimitName, readonly number[] | undefined>>): Limits {
  const read = limits();
  const set = Object.entries(some).map(([name, values]) => {
    const limit = { ...read[name as LimitName], values, unknown: values === undefined ? "other-namespace" : undefined };
    return [name, limit];
  });
  return { ...read, ...Object.fromEntries(set) };
}

const RANGE = settings({
  "net.ipv4.ip_local_port_range": [40_000, 40_199],
  "net.ipv4.ip_local_reserved_ports": [40_100, 40_199],
  "net.ipv4.tcp_tw_reuse": [0],
});

function sampleOf(sockets: readonly WatchedSocket[]): Sample {
  const own = sockets.filter(({ namespace }) => namespace === 1);
  const when = { at: 1, takenAt: new Date(1), uptime: 1, namespace: 1, missing: [] };
  return { ...when, sockets: digestSockets(own) };
}

function told(all: readonly Family[], name: string): string[] {
  const { metric, values } = all.find((family) => family.metric.name === `procnet_${name}`)!;
  return values.map(({ labels, value }) => `${metric.labels.map((label) => labels[label]).join(",")}=${value}`).sort();
}

async function familiesOf(
  sockets: readonly WatchedSocket[],
  options: Partial<OwnOptions>,
  limits = RANGE,
): Promise<Family[]> {
  const own = new OwnMetrics({ maxSeries: 5000, ...options });
  return own.count(sockets).done({ item: BATCH, sample: sampleOf(sockets), limits });
}

const many = (count: number, some: Partial<TcpSocket>): TcpSocket[] =>
  Array.from({ length: count }, (_, at) => tcpSocket({ localPort: 40_000 + at, ...some }));

it("ports that were asked for are counted on both sides, and no others", async () => {
  const sockets = [
    tcpSocket({ localPort: 443, remotePort: 0, state: "LISTEN" }),
    tcpSocket({ localPort: 443, remotePort: 50_000 }),
    tcpSocket({ localPort: 443, remotePort: 50_001, namespace: 2 }),
    tcpSocket({ localPort: 50_000, remotePort: 443, protocol: "tcp6" }),
    tcpSocket({ localPort: 443, remotePort: 443, state: "TIME_WAIT" }),
    tcpSocket({ localPort: 80, remotePort: 50_002 }),
  ];
  expect(told(await familiesOf(sockets, { ports: [443, 9999] }), "port_sockets")).toEqual([
    "443,tcp,local,ESTABLISHED=2",
    "443,tcp,local,LISTEN=1",
    "443,tcp,local,TIME_WAIT=1",
    "443,tcp,remote,TIME_WAIT=1",
    "443,tcp6,remote,ESTABLISHED=1",
  ]);
  expect(told(await familiesOf(sockets, {}), "port_sockets")).toEqual([]);
});

it("destinations are networks and ports; what a listener here took is none", async () => {
  const to = (remoteAddress: string, some: Partial<TcpSocket> = {}): TcpSocket =>
    tcpSocket({ remoteAddress, remotePort: 443, localPort: 50_000, ...some });
  const sockets = [
    to("192.0.2.1"),
    to("192.0.2.2", { namespace: 2 }),
    to("2001:db8:1:2::1", { protocol: "tcp6" }),
    to("198.51.100.1"),
    to("198.51.100.1", { remotePort: 80 }),
    // An IPv4 client of a listener that takes both, whose own row comes later.
    to("203.0.113.1", { localPort: 8080, remotePort: 6000 }),
    tcpSocket({ protocol: "tcp6", localPort: 8080, remotePort: 0, state: "LISTEN" }),
    // The same port in a namespace where nobody listens.
    to("203.0.113.1", { localPort: 8080, remotePort: 6000, namespace: 2 }),
  ];
  expect(told(await familiesOf(sockets, { destinations: 20 }), "destination_sockets")).toEqual([
    "192.0.2.0/24,443=2",
    "198.51.100.0/24,443=1",
    "198.51.100.0/24,80=1",
    "2001:db8:1::/48,443=1",
    "203.0.113.0/24,6000=1",
  ]);
  const few = await familiesOf(sockets, { destinations: 1 });
  expect(told(few, "destination_sockets")).toEqual(["192.0.2.0/24,443=2", "other,other=4"]);
  expect(told(few, "series_folded")).toEqual(["procnet_destination_sockets=4"]);
  expect(told(await familiesOf(sockets, {}), "destination_sockets")).toEqual([]);
});

it("local ports are a share of those usable for one destination, the fullest of a network", async () => {
  const sockets = [
    ...many(60, { remoteAddress: "192.0.2.1", remotePort: 443 }),
    ...many(80, { remoteAddress: "192.0.2.2", remotePort: 443 }),
    // The most connections, and nearly all from ports out of the range.
    ...many(95, { remoteAddress: "192.0.2.3", remotePort: 443 }).map((one, at) => ({ ...one, localPort: 39_910 + at })),
    ...many(51, { remoteAddress: "198.51.100.1", remotePort: 443 }),
    ...many(70, { remoteAddress: "198.51.100.2", remotePort: 443 }).map((one, at) => ({
      ...one,
      localPort: 30_000 + at,
    })),
    ...many(49, { remoteAddress: "203.0.113.1", remotePort: 443 }),
    ...many(90, { remoteAddress: "203.0.113.2", remotePort: 443, namespace: 2 }),
  ];
  const ratio = async (destinations: number, limits = RANGE): Promise<string[]> =>
    told(await familiesOf(sockets, { destinations }, limits), "ephemeral_ports_used_ratio");
  expect(await ratio(20)).toEqual(["192.0.2.0/24,443=0.8", "198.51.100.0/24,443=0.51"]);
  expect(await ratio(1)).toEqual(["192.0.2.0/24,443=0.8", "other,other=0.51"]);
  expect(await ratio(0)).toEqual([]);
  expect(await ratio(20, settings({ "net.ipv4.ip_local_port_range": undefined }))).toEqual([]);
});

it("a hundred ports in all states stay below the limit of series, and are counted to the last", async () => {
  const states = ["ESTABLISHED", "SYN_SENT", "SYN_RECV", "FIN_WAIT1", "FIN_WAIT2", "TIME_WAIT", "CLOSE_WAIT"] as const;
  const ports = Array.from({ length: 100 }, (_, at) => at + 1);
  const sockets = ports.flatMap((localPort) =>
    states.flatMap((state) => [tcpSocket({ localPort, state }), tcpSocket({ localPort, state, protocol: "tcp6" })]),
  );
  const all = await familiesOf(sockets, { ports, maxSeries: 500 });
  expect(all.reduce((sum, { values }) => sum + values.length, 0)).toBeLessThanOrEqual(500);
  const counted = all.find(({ metric }) => metric.name === "procnet_port_sockets")!;
  expect(counted.values.reduce((sum, { value }) => sum + value, 0)).toBe(1400);
});

describe("with 100,000 sockets of 5,000 programs, 300 listeners and 50,000 peers", () => {
  const STATES = ["ESTABLISHED", "CLOSE_WAIT", "FIN_WAIT2", "SYN_SENT"] as const;
  const sockets = [
    ...Array.from({ length: 300 }, (_, at) =>
      tcpSocket({ state: "LISTEN", localPort: at + 1, remotePort: 0, owners: [ownerNamed(`p${at}`)] }),
    ),
    ...Array.from({ length: 99_700 }, (_, at) => {
      const peer = at % 50_000;
      return tcpSocket({
        // A half of them came to listeners.
        localPort: at % 2 === 0 ? (at % 300) + 1 : 30_000 + (at % 30_000),
        remoteAddress: `10.${peer >> 8}.${peer & 255}.1`,
        remotePort: 1 + (at % 7),
        state: STATES[at % 4]!,
        inode: at + 1000,
        owners: [ownerNamed(`p${at % 5000}`)],
      });
    }),
  ];
  const isAway = ({ localPort, state }: TcpSocket): boolean => state !== "LISTEN" && localPort >= 30_000;

  it.each([5000, 1000, 300])(
    "no more than %d series are told, destinations too, and sums are exact",
    async (maxSeries) => {
      const all = await familiesOf(sockets, { maxSeries, destinations: 500, ports: [1, 2, 3] });
      const told = all.reduce((total, { values }) => total + values.length, 0);
      expect(told + FINDINGS.length + 10).toBeLessThanOrEqual(maxSeries);
      const sum = (name: string): number =>
        all
          .find(({ metric }) => metric.name === `procnet_${name}`)!
          .values.reduce((total, { value }) => total + value, 0);
      expect(new Set(sockets.map(({ remoteAddress }) => remoteAddress)).size).toBe(50_001);
      expect(sum("sockets")).toBe(100_000);
      expect(sum("process_sockets")).toBe(100_000);
      expect(sum("destination_sockets")).toBe(sockets.filter(isAway).length);
      const onPorts = sockets.reduce((total, { localPort, remotePort }) => {
        const at = [1, 2, 3];
        return total + Number(at.includes(localPort)) + Number(at.includes(remotePort));
      }, 0);
      expect(sum("port_sockets")).toBe(onPorts);
    },
  );
});

it("what came and what was missed is told of the server's own namespace and of all others", async () => {
  const own = new OwnMetrics({ maxSeries: 5000 });
  const take = (item: WatchBatch): Promise<Family[]> =>
    own.count([]).done({ item, sample: sampleOf([]), limits: RANGE });
  const first = await take({
    ...BATCH,
    opened: [tcpSocket({}), tcpSocket({ namespace: 2 }), tcpSocket({ namespace: 3 })],
    traces: [tcpSocket({ namespace: 2, state: "TIME_WAIT" })],
    missed: [
      { namespace: 1, connections: 5 },
      { namespace: 2, connections: 7 },
      { namespace: 3, connections: undefined, why: "first" },
    ],
  });
  expect(told(first, "opened_total")).toEqual(["other=3", "own=1"]);
  expect(told(first, "missed_total")).toEqual(["other=7", "own=5"]);
  const next = await take({ ...BATCH, opened: [tcpSocket({})], missed: [{ namespace: 2, connections: 1 }] });
  expect(told(next, "opened_total")).toEqual(["other=3", "own=2"]);
  expect(told(next, "missed_total")).toEqual(["other=8", "own=5"]);
});
