import { expect, it } from "vitest";
import type { SocketOwner, TcpSocket } from "../sockets/types.ts";
import { digestSockets, MANY_PORTS } from "./digest.ts";

function ownerOf(pid: number): SocketOwner {
  const unknown = { exe: undefined, cgroup: undefined, container: undefined, unit: undefined };
  return { ...{ pid, startTime: 1, program: "p", comm: "p", cmdline: [], uid: 0, fds: [3] }, ...unknown };
}

/** A connection to a port of one of a few hosts. */
function row(
  local: string,
  localPort: number,
  remote: string,
  remotePort: number,
  state: TcpSocket["state"],
): TcpSocket {
  return {
    ...{ protocol: "tcp", localAddress: local, localPort, remoteAddress: remote, remotePort, state },
    ...{ txQueue: 0, rxQueue: 0, timer: 0, timerExpires: 0, retransmits: 0, uid: 0, probes: 0, inode: localPort },
    ...{ refCount: 1, rto: 20, ato: 40, quickAck: 0, cwnd: 10, ssthresh: -1, namespace: 1 },
    owners: [ownerOf(localPort % 3)],
    ownerless: undefined,
  };
}

/** The same numbers again, whenever it is run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
}

it("knows destinations with many connections, whatever else leads to the same port", () => {
  const next = numbers(7);
  const rows: TcpSocket[] = [];
  const add = (count: number, local: string, remote: string, port: number): void => {
    for (let at = 0; at < count; at++)
      rows.push(row(local, 32_768 + at, remote, port, next(4) === 0 ? "TIME_WAIT" : "ESTABLISHED"));
  };
  add(MANY_PORTS, "192.0.2.1", "198.51.100.1", 443);
  add(MANY_PORTS - 1, "192.0.2.1", "198.51.100.2", 443);
  add(MANY_PORTS - 1, "192.0.2.2", "198.51.100.1", 443);
  add(MANY_PORTS - 1, "192.0.2.1", "198.51.100.1", 5432);
  add(3 * MANY_PORTS, "192.0.2.1", "198.51.100.3", 80);
  for (let at = 0; at < 2000; at++) rows.push(row("192.0.2.1", 8080, "203.0.113.9", 1024 + at, "ESTABLISHED"));
  for (let at = rows.length - 1; at > 0; at--) {
    const other = next(at + 1);
    [rows[at], rows[other]] = [rows[other]!, rows[at]!];
  }
  const { destinations, counts } = digestSockets(rows);
  const told = destinations.map(({ localAddress, remoteAddress, remotePort, localPorts }) => {
    return [localAddress, remoteAddress, remotePort, localPorts.length];
  });
  expect(told).toEqual([
    ["192.0.2.1", "198.51.100.3", 80, 3 * MANY_PORTS],
    ["192.0.2.1", "198.51.100.1", 443, MANY_PORTS],
  ]);
  for (const { localPorts, timeWait, holders, ...where } of destinations) {
    const those = rows.filter(
      (one) => one.remoteAddress === where.remoteAddress && one.remotePort === where.remotePort,
    );
    const own = those.filter((one) => one.localAddress === where.localAddress);
    expect(localPorts).toEqual(own.map(({ localPort }) => localPort).sort((a, b) => a - b));
    const waiting = own.filter(({ state }) => state === "TIME_WAIT");
    expect(timeWait).toEqual(waiting.map(({ localPort }) => localPort).sort((a, b) => a - b));
    for (const { owner, sockets } of holders)
      expect(sockets).toBe(own.filter(({ localPort }) => localPort % 3 === owner.pid).length);
    expect(holders.reduce((sum, { sockets }) => sum + sockets, 0)).toBe(own.length);
  }
  const stateCount = (state: string): number => rows.filter((one) => one.state === state).length;
  expect(counts).toEqual(
    new Map([
      ["tcp ESTABLISHED", stateCount("ESTABLISHED")],
      ["tcp TIME_WAIT", stateCount("TIME_WAIT")],
    ]),
  );
});
