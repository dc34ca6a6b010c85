import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken, outcome } from "../../../../../test/support/tables/broken.ts";
import { parseSnmp6 } from "./snmp6.ts";

const print = (name: string, value: number | bigint) => `${name.padEnd(32)}\t${value}\n`;

/* From a capture on Linux 6.18 in a namespace of its own, zeros left out; nstat showed the same numbers. */
const COUNTERS = {
  Ip6: {
    InReceives: 8,
    OutRequests: 8,
    InMcastPkts: 8,
    OutMcastPkts: 8,
    InOctets: 640,
    OutOctets: 640,
    InMcastOctets: 640,
    OutMcastOctets: 640,
    InNoECTPkts: 8,
    InECT1Pkts: 0,
    OutTransmits: 8,
  },
  Icmp6: {
    OutMsgs: 8,
    InMLDv2Reports: 0,
    OutRouterSolicits: 1,
    OutNeighborSolicits: 2,
    OutMLDv2Reports: 5,
    OutType133: 1,
    OutType135: 2,
    OutType143: 5,
  },
  Udp6: { InDatagrams: 0, MemErrors: 0 },
  UdpLite6: { InDatagrams: 0, MemErrors: 0 },
} as const;
const CAPTURE = Object.entries(COUNTERS)
  .flatMap(([protocol, counters]) => Object.entries(counters).map(([name, value]) => print(protocol + name, value)))
  .join("");

it("reads counters by protocol, then by name, types by number too", () => {
  expect(parseSnmp6(bytes(CAPTURE))).toEqual(COUNTERS);
});

it("reads kernels without UDP-Lite (7.1 on) and with counters that are new", () => {
  const text = CAPTURE.slice(0, CAPTURE.indexOf("UdpLite6")) + print("Ip6InNewPkts6", 5) + print("Sctp6InPkts", 6);
  const snmp6 = parseSnmp6(bytes(text));
  expect(snmp6.UdpLite6).toBeUndefined();
  expect(snmp6.Ip6.InNewPkts6).toBe(5);
  expect(snmp6.Sctp6).toEqual({ InPkts: 6 });
});

it("gives 64-bit counters exactly when asked", () => {
  const text = bytes(print("Ip6InOctets", 18446744073709551615n));
  expect(parseSnmp6(text, { bigint: true })).toEqual({ Ip6: { InOctets: 18446744073709551615n } });
  expect(parseSnmp6(text).Ip6.InOctets).toBe(2 ** 64);
});

it("reports a bad line, and keeps the others", () => {
  const { kept, issues } = outcome(
    parseSnmp6,
    bytes(`${print("Ip6InReceives", 1)}Ip6InOctets\n${print("Udp6NoPorts", 2)}`),
  );
  expect(kept).toEqual({ Ip6: { InReceives: 1 }, Udp6: { NoPorts: 2 } });
  expect(issues).toMatchObject([{ code: "ERR_PARSE", line: 2, field: "Ip6InOctets" }]);
});

it("gives back all counters printed as the kernel prints them", () => {
  const name = fc.stringMatching(/^[A-Z][A-Za-z]{0,30}$/);
  const counters = fc.dictionary(name, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { minKeys: 1 });
  const protocols = fc.record({ Ip6: counters, Icmp6: counters, Udp6: counters });
  fc.assert(
    fc.property(protocols, (expected) => {
      const text = Object.entries(expected).flatMap(([protocol, values]) =>
        Object.entries(values).map(([key, value]) => print(protocol + key, value)),
      );
      expect(parseSnmp6(bytes(text.join("")), { bigint: true })).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

describeBroken("snmp6", CAPTURE, parseSnmp6);
