import { expect, it } from "vitest";
import { tcpSocket } from "../../../../test/support/sockets/tcp-socket.ts";
import { TrafficSums } from "./sums.ts";
import type { ConnectionTraffic } from "./traffic.ts";

function connection(remoteAddress: string, sent: number): ConnectionTraffic {
  const where = { cgroup: undefined, container: undefined, unit: undefined };
  const kinds = { isAccepted: false, isClosed: false, isGuessed: false };
  const socket = tcpSocket({ remoteAddress, remotePort: 443 });
  return { socket, sent, received: 0, retransmitted: 0, segmentsOut: 1, segmentsIn: 1, ...where, ...kinds };
}

it("of more names than are kept forgets those that do least, and of earlier ones those that are quiet", () => {
  const sums = new TrafficSums("peer", 2);
  const told = (...connections: ConnectionTraffic[]) =>
    sums.take({ connections, seconds: 1 }).map(({ name, sent }) => [name, sent]);
  const [a, b, c] = ["192.0.2.1", "192.0.2.2", "192.0.2.3"] as const;
  expect(told(connection(a, 10), connection(b, 30), connection(c, 20))).toEqual([
    [b, 30],
    [c, 20],
  ]);
  expect(told(connection(a, 5), connection(c, 1))).toEqual([
    [a, 5],
    [c, 21],
  ]);
});
