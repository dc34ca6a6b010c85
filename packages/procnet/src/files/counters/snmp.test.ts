import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken, outcome } from "../../../../../test/support/tables/broken.ts";
import { IpForwarding, TcpRtoAlgorithm } from "../../codes/snmp.ts";
import { parseSnmp } from "./snmp.ts";

/* Captured on Linux 6.18 in a namespace of its own; nstat showed the same numbers. */
const CAPTURE = `Ip: Forwarding DefaultTTL InReceives InHdrErrors InAddrErrors ForwDatagrams InUnknownProtos InDiscards InDelivers OutRequests OutDiscards OutNoRoutes ReasmTimeout ReasmReqds ReasmOKs ReasmFails FragOKs FragFails FragCreates OutTransmits
Ip: 2 64 7 0 0 0 0 0 7 7 0 0 0 0 0 0 0 0 0 7
Icmp: InMsgs InErrors InCsumErrors InDestUnreachs InTimeExcds InParmProbs InSrcQuenchs InRedirects InEchos InEchoReps InTimestamps InTimestampReps InAddrMasks InAddrMaskReps OutMsgs OutErrors OutRateLimitGlobal OutRateLimitHost OutDestUnreachs OutTimeExcds OutParmProbs OutSrcQuenchs OutRedirects OutEchos OutEchoReps OutTimestamps OutTimestampReps OutAddrMasks OutAddrMaskReps
Icmp: 1 0 0 1 0 0 0 0 0 0 0 0 0 0 1 0 0 0 1 0 0 0 0 0 0 0 0 0 0
IcmpMsg: InType3 OutType3
IcmpMsg: 1 1
Tcp: RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens PassiveOpens AttemptFails EstabResets CurrEstab InSegs OutSegs RetransSegs InErrs OutRsts InCsumErrors
Tcp: 1 200 120000 -1 0 0 0 0 0 0 0 0 0 0 0
Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors IgnoredMulti MemErrors
Udp: 0 1 2 6 2 0 0 0 0
UdpLite: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors IgnoredMulti MemErrors
UdpLite: 0 0 0 0 0 0 0 0 0
`;

it("reads every counter under its own name", () => {
  const snmp = parseSnmp(bytes(CAPTURE));
  expect(Object.keys(snmp)).toEqual(["Ip", "Icmp", "IcmpMsg", "Tcp", "Udp", "UdpLite"]);
  expect(snmp.Ip).toMatchObject({ Forwarding: 2, DefaultTTL: 64, InReceives: 7, InDelivers: 7, OutTransmits: 7 });
  expect(snmp.Icmp).toMatchObject({
    InMsgs: 1,
    InDestUnreachs: 1,
    OutMsgs: 1,
    OutRateLimitHost: 0,
    OutDestUnreachs: 1,
  });
  expect(snmp.IcmpMsg).toEqual({ InType3: 1, OutType3: 1 });
  expect(snmp.Tcp).toMatchObject({ RtoAlgorithm: 1, RtoMin: 200, RtoMax: 120000, MaxConn: -1, CurrEstab: 0 });
  expect(snmp.Udp).toMatchObject({
    InDatagrams: 0,
    NoPorts: 1,
    InErrors: 2,
    OutDatagrams: 6,
    RcvbufErrors: 2,
    MemErrors: 0,
  });
  expect([IpForwarding[snmp.Ip.Forwarding], TcpRtoAlgorithm[snmp.Tcp.RtoAlgorithm]]).toEqual([
    "NotForwarding",
    "Other",
  ]);
});

it("reads kernels without UDP-Lite (7.1 on), and with fewer counters", () => {
  const newer = CAPTURE.slice(0, CAPTURE.indexOf("UdpLite"));
  expect(parseSnmp(bytes(newer)).UdpLite).toBeUndefined();
  const old = parseSnmp(
    bytes("Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors\nUdp: 1 2 3 4 5 6\n"),
  );
  expect(old.Udp).toEqual({
    InDatagrams: 1,
    NoPorts: 2,
    InErrors: 3,
    OutDatagrams: 4,
    RcvbufErrors: 5,
    SndbufErrors: 6,
  });
  expect(old.Udp.MemErrors).toBeUndefined();
});

it("goes by names, wherever a newer kernel puts them, and keeps what it does not know", () => {
  const text = "New: a __proto__\nNew: 1 2\nTcp: MaxConn Brandnew RetransSegs\nTcp: -1 7 9\n";
  const snmp = parseSnmp(bytes(text));
  expect(snmp.Tcp).toMatchObject({ MaxConn: -1, RetransSegs: 9, Brandnew: 7 });
  expect(Object.entries(snmp.New ?? {})).toEqual([
    ["a", 1],
    ["__proto__", 2],
  ]);
});

it("merges the pairs of IcmpMsg, 16 types each", () => {
  const names = Array.from({ length: 18 }, (_, type) => `InType${type}`);
  const pair = (part: string[]) => `IcmpMsg: ${part.join(" ")}\nIcmpMsg: ${part.map((_, at) => at + 1).join(" ")}\n`;
  const { IcmpMsg = {} } = parseSnmp(bytes(pair(names.slice(0, 16)) + pair(names.slice(16))));
  expect(Object.keys(IcmpMsg)).toEqual(names);
  expect(IcmpMsg.InType17).toBe(2);
});

it("gives 64-bit counters exactly when asked", () => {
  const text = bytes("Ip: InReceives\nIp: 18446744073709551615\nTcp: MaxConn\nTcp: -1\n");
  expect(parseSnmp(text, { bigint: true })).toEqual({ Ip: { InReceives: 2n ** 64n - 1n }, Tcp: { MaxConn: -1n } });
});

it("reports pairs that do not match, and keeps the others", () => {
  const pairs = ["Tcp: a b\nTcp: 1\n", "Tcp: a\nTcp: 1 2\n", "Tcp: a\nTcp: x\n"];
  for (const wrong of [...pairs, "Tcp: a\nUdp: 1\n"]) {
    const { strict, kept, issues } = outcome(parseSnmp, bytes(`${wrong}Udp: c\nUdp: 3\n`));
    expect(strict, wrong).toBeInstanceOf(Error);
    expect(kept, wrong).toEqual({ Udp: { c: 3 } });
    // Names and values of different protocols are two lines without their other half.
    expect(issues.length, wrong).toBe(pairs.includes(wrong) ? 1 : 2);
  }
});

it("gives back all counters printed as the kernel prints them", () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[A-Z][A-Za-z0-9]{0,20}$/), { minLength: 1 });
  const protocols = fc.dictionary(
    fc.stringMatching(/^[A-Z][a-z]{1,9}$/),
    names.chain((list) =>
      fc
        .array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { minLength: list.length, maxLength: list.length })
        .map((values) => Object.fromEntries(list.map((name, at) => [name, values[at]!]))),
    ),
  );
  fc.assert(
    fc.property(protocols, (expected) => {
      const text = Object.entries(expected).map(
        ([protocol, values]) =>
          `${protocol}: ${Object.keys(values).join(" ")}\n${protocol}: ${Object.values(values).join(" ")}\n`,
      );
      expect(parseSnmp(bytes(text.join("")), { bigint: true })).toEqual({ ...expected });
    }),
    { numRuns: 60 },
  );
});

it("takes a minus for MaxConn alone, which %ld prints", () => {
  expect(parseSnmp(bytes("Tcp: MaxConn ActiveOpens\nTcp: -1 5\n"))).toEqual({ Tcp: { MaxConn: -1, ActiveOpens: 5 } });
  const text = bytes("Tcp: MaxConn ActiveOpens\nTcp: -1 -5\n");
  for (const bigint of [false, true]) {
    expect(() => parseSnmp(text, { bigint } as { bigint: true })).toThrow('ActiveOpens: "-5" is not a decimal number');
  }
});

describeBroken("snmp", CAPTURE, parseSnmp);
