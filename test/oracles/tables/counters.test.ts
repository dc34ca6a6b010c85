import { expect, it } from "vitest";
import { sorted } from "../../support/ss.ts";
import { useTables } from "../../support/tables-scene.ts";
import { missingTools, skipIf } from "../../support/tools.ts";
import { expectSame } from "../../support/use-scene.ts";

const scene = useTables();

/** Counters grow while they are read: what another program read in between lies between. */
function expectBetween(
  ours: () => ReadonlyMap<string, number>,
  theirs: () => ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const [before, other, after] = [ours(), theirs(), ours()];
  for (const [name, value] of other) {
    expect(value, name).toBeGreaterThanOrEqual(before.get(name) ?? Number.NaN);
    expect(value, name).toBeLessThanOrEqual(after.get(name) ?? Number.NaN);
  }
  return other;
}

it("netstat has the counters of nstat, and no others", (context) => {
  skipIf(context, missingTools("nstat"));
  const { net, namespace } = scene();
  const ours = (): Map<string, number> =>
    new Map(
      Object.entries(net.netstat()).flatMap(([protocol, counters]) =>
        Object.entries(counters ?? {}).map(([name, value]): [string, number] => [protocol + name, value!]),
      ),
    );
  const theirs = expectBetween(ours, () => {
    const { kernel } = JSON.parse(namespace.run("nstat", ["-asz", "--json"])) as { kernel: Record<string, number> };
    return new Map(Object.entries(kernel).filter(([name]) => /^(TcpExt|IpExt|MPTcpExt)/.test(name)));
  });
  expect([...ours().keys()].sort()).toEqual([...theirs.keys()].sort());
  expect(net.netstat().IpExt.InOctets).toBeGreaterThan(3000);
});

it("snmp and dev have the numbers of netstat -s and netstat -i", (context) => {
  skipIf(context, missingTools("netstat"));
  const { net, namespace } = scene();
  const phrases: readonly (readonly [string, (snmp: ReturnType<typeof net.snmp>) => number])[] = [
    ["total packets received", ({ Ip }) => Ip.InReceives],
    ["requests sent out", ({ Ip }) => Ip.OutRequests],
    ["active connection openings", ({ Tcp }) => Tcp.ActiveOpens],
    ["passive connection openings", ({ Tcp }) => Tcp.PassiveOpens],
    ["segments received", ({ Tcp }) => Tcp.InSegs],
    ["segments sent out", ({ Tcp }) => Tcp.OutSegs],
  ];
  const theirs = expectBetween(
    () => {
      const snmp = net.snmp();
      return new Map(phrases.map(([phrase, value]) => [phrase, value(snmp)]));
    },
    () => {
      const text = namespace.run("netstat", ["-s"]);
      return new Map(
        phrases.map(([phrase]) => [phrase, Number(new RegExp(`^ +(\\d+) ${phrase}$`, "m").exec(text)?.[1])]),
      );
    },
  );
  expect(theirs.get("active connection openings")).toBe(1);
  expectSame(
    () =>
      sorted(
        [...net.devStatus().values()].map((row) => [
          ...[row.name, row.recvPackets, row.recvErrs, row.recvDrop, row.recvFifo],
          ...[row.sentPackets, row.sentErrs, row.sentDrop, row.sentFifo],
        ]),
      ),
    () =>
      sorted(
        namespace
          .run("netstat", ["-ia"])
          .split("\n")
          .slice(2)
          .filter(Boolean)
          .map((line) => line.split(/ +/))
          .map(([name, , ...numbers]) => [name!, ...numbers.slice(0, 8).map(Number)]),
      ),
  );
});

it("sockstat and sockstat6 have the numbers of ss -s", (context) => {
  skipIf(context, missingTools("ss"));
  const { net, namespace } = scene();
  expectSame(
    () => {
      const { sockets, TCP, UDP, RAW, FRAG } = net.sockstat();
      const { TCP6, UDP6, RAW6, FRAG6 } = net.sockstat6();
      const pair = (a: number, b: number): number[] => [a + b, a, b];
      return {
        used: sockets.used,
        timeWait: TCP.tw,
        RAW: pair(RAW.inuse, RAW6.inuse),
        UDP: pair(UDP.inuse, UDP6.inuse),
        TCP: pair(TCP.inuse, TCP6.inuse),
        FRAG: pair(FRAG.inuse, FRAG6.inuse),
      };
    },
    () => {
      const text = namespace.run("ss", ["-s"]);
      const numbers = (name: string): number[] =>
        new RegExp(`^${name}\\s+(\\d+)\\s+(\\d+)\\s+(\\d+)`, "m").exec(text)!.slice(1).map(Number);
      return {
        used: Number(/^Total: (\d+)/.exec(text)![1]),
        timeWait: Number(/timewait (\d+)/.exec(text)![1]),
        ...{ RAW: numbers("RAW"), UDP: numbers("UDP"), TCP: numbers("TCP"), FRAG: numbers("FRAG") },
      };
    },
  );
  expect(net.sockstat().RAW.inuse).toBe(1);
  expect(net.sockstat6().UDP6.inuse).toBeGreaterThan(1);
});

it("igmp and igmp6 have the groups of netstat -g", (context) => {
  skipIf(context, missingTools("netstat"));
  const { net, namespace } = scene();
  expectSame(
    () => sorted([...net.igmp(), ...net.igmp6()].map(({ device, users, group }) => [device, users, group])),
    () =>
      sorted(
        namespace
          .run("netstat", ["-gn"])
          .split("\n")
          .slice(3)
          .filter(Boolean)
          .map((line) => line.split(/ +/))
          .map(([device, users, group]) => [device!, Number(users), group!]),
      ),
  );
});
