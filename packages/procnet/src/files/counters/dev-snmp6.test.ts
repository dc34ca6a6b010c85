import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken, outcome } from "../../../../../test/support/tables/broken.ts";
import { counterPairs, mibText } from "../../../../../test/support/tables/mib.ts";
import { parseDevSnmp6 } from "./dev-snmp6.ts";

const CAPTURE = `ifIndex                         	1
Ip6InReceives                   	1
Ip6InOctets                     	128
Ip6InNoECTPkts                  	1
Ip6OutTransmits                 	0
Icmp6InMsgs                     	0
Icmp6InErrors                   	1
Icmp6OutMLDv2Reports            	0
Icmp6OutType133                 	2
`;
const COUNTERS = {
  ifIndex: 1,
  Ip6: { InReceives: 1, InOctets: 128, InNoECTPkts: 1, OutTransmits: 0 },
  Icmp6: { InMsgs: 0, InErrors: 1, OutMLDv2Reports: 0, OutType133: 2 },
};

it("reads the index and the counters of an interface", () => {
  expect(parseDevSnmp6(bytes(CAPTURE))).toEqual(COUNTERS);
  expect(parseDevSnmp6(bytes(CAPTURE)).Ip6.InOctets).toBe(128);
});

it("gives counters, but not the index, as bigint", () => {
  const text = CAPTURE.replace("\t128", "\t18446744073709551615");
  const { ifIndex, Ip6, Icmp6 } = parseDevSnmp6(bytes(text), { bigint: true });
  expect([ifIndex, Ip6.InOctets, Icmp6.OutType133]).toEqual([1, 18446744073709551615n, 2n]);
});

it("keeps protocols and names that nobody knows", () => {
  const text = `${CAPTURE}Udp6InDatagrams                 	9\nfresh                           	7\n`;
  expect(parseDevSnmp6(bytes(text))).toEqual({ ...COUNTERS, Udp6: { InDatagrams: 9 }, fresh: 7 });
});

it("reports a bad line and keeps the others", () => {
  const { strict, kept } = outcome(parseDevSnmp6, bytes(CAPTURE.replace("\t128", "\t")));
  expect(strict).toMatchObject({ code: "ERR_PARSE", line: 3, field: "Ip6InOctets" });
  expect(kept).toEqual({ ...COUNTERS, Ip6: { InReceives: 1, InNoECTPkts: 1, OutTransmits: 0 } });
});

it("gives back every text printed as the kernel prints it", () => {
  fc.assert(
    fc.property(fc.nat(0x7fffffff), counterPairs, counterPairs, (ifIndex, ip6, icmp6) => {
      const named = (protocol: string, pairs: [string, bigint][]) =>
        Object.fromEntries(pairs.map(([name, value]) => [protocol + name, value]));
      const text = mibText({ ifIndex, ...named("Ip6", ip6), ...named("Icmp6", icmp6) }, 32);
      const read = parseDevSnmp6(bytes(text), { bigint: true });
      expect(read.ifIndex).toBe(ifIndex);
      expect(Object.entries(read.Ip6 ?? {})).toEqual(ip6);
      expect(Object.entries(read.Icmp6 ?? {})).toEqual(icmp6);
    }),
    { numRuns: 60 },
  );
});

describeBroken("dev_snmp6", CAPTURE, parseDevSnmp6);
