import { expect, it } from "vitest";
import type { Rate } from "./counters/between.ts";
import { historyValues } from "./history-series.ts";

const rate = (name: string, perSecond: number | undefined, of?: Rate["of"]): Rate => ({
  ...{ name, file: "net/dev", scope: "namespace", kind: "counter", bits: 64, of, value: 1, delta: perSecond },
  perSecond,
});
const lo = { kind: "interface", interface: "lo", index: 1 } as const;

it("states of TCP are of both families, other tables have one number", () => {
  const counts = [
    { protocol: "tcp", state: "LISTEN", sockets: 2 },
    { protocol: "tcp6", state: "LISTEN", sockets: 3 },
    { protocol: "udp", state: "CLOSE", sockets: 1 },
    { protocol: "udp6", state: "ESTABLISHED", sockets: 1 },
    { protocol: "netlink", state: undefined, sockets: 9 },
  ] as const;
  expect(historyValues(counts, [])).toEqual([
    ["tcp LISTEN", 5],
    ["udp", 2],
    ["netlink", 9],
  ]);
});

it("rates are of what is drawn, and absent where there is none", () => {
  const rates = [
    rate("dev.recvBytes", 10, lo),
    rate("dev.sentBytes", undefined, lo),
    rate("Tcp.RetransSegs", 3),
    rate("Tcp.RtoMin", 4),
  ];
  expect(historyValues([], rates)).toEqual([
    ["in lo", 10],
    ["out lo", undefined],
    ["retransmitted", 3],
  ]);
});

it("a host with thousands of interfaces has a hundred of them in it", () => {
  const many = Array.from({ length: 5000 }, (_, index): Rate[] => {
    const of = { kind: "interface", interface: `veth${index}`, index } as const;
    return [rate("dev.recvBytes", 1, of), rate("dev.sentBytes", 1, of)];
  });
  expect(historyValues([], many.flat())).toHaveLength(200);
});
