import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken, outcome } from "../../../../../test/support/tables/broken.ts";
import { counterPairs } from "../../../../../test/support/tables/mib.ts";
import { parseNetstat } from "./netstat.ts";

/** From Linux 6.18, of TcpExt and MPTcpExt the first names. */
const CAPTURE = `TcpExt: SyncookiesSent SyncookiesRecv TW PAWSEstab BeyondWindow TSEcrRejected DelayedACKs ListenDrops TCPHPHits TCPTimeouts TCPAODroppedIcmps
TcpExt: 0 0 50011 0 0 0 77 0 133 2 0
IpExt: InNoRoutes InTruncatedPkts InMcastPkts OutMcastPkts InBcastPkts OutBcastPkts InOctets OutOctets InMcastOctets OutMcastOctets InBcastOctets OutBcastOctets InCsumErrors InNoECTPkts InECT1Pkts InECT0Pkts InCEPkts ReasmOverlaps
IpExt: 0 0 0 0 0 0 723545175 48771569 0 0 0 0 0 872448 0 0 0 0
MPTcpExt: MPCapableSYNRX MPCapableSYNTX MPCurrEstab
MPTcpExt: 0 4 2
`;
/** Linux 3.2: no ECN, no MPTCP, and counters that are gone. */
const OLD = `TcpExt: SyncookiesSent PAWSPassive DelayedACKs TCPPrequeued TCPHPHits TCPLoss TCPTimeouts
TcpExt: 1 2 3 4 5 6 7
IpExt: InNoRoutes InOctets OutOctets
IpExt: 8 9 10
`;

it("reads counters by their names", () => {
  const { TcpExt, IpExt, MPTcpExt } = parseNetstat(bytes(CAPTURE));
  expect(Object.keys(TcpExt)).toHaveLength(11);
  expect(TcpExt).toMatchObject({ TW: 50011, DelayedACKs: 77, ListenDrops: 0, TCPHPHits: 133, TCPTimeouts: 2 });
  expect([IpExt.InOctets, IpExt.OutOctets, IpExt.InNoECTPkts]).toEqual([723545175, 48771569, 872448]);
  expect(MPTcpExt).toEqual({ MPCapableSYNRX: 0, MPCapableSYNTX: 4, MPCurrEstab: 2 });
});

it("reads old kernels: what they lack is absent, what is gone by now is kept", () => {
  const { TcpExt, IpExt, MPTcpExt } = parseNetstat(bytes(OLD));
  expect([TcpExt.TCPTimeouts, TcpExt.TCPPrequeued, TcpExt.TCPLoss]).toEqual([7, 4, 6]);
  expect([TcpExt.TCPAOBad, IpExt.InCEPkts, MPTcpExt]).toEqual([undefined, undefined, undefined]);
});

it("gives bigint counters, and protocols that nobody knows", () => {
  const text = CAPTURE.replace("723545175", "18446744073709551615").replaceAll("MPTcpExt:", "QuicExt:");
  const netstat = parseNetstat(bytes(text), { bigint: true });
  expect(netstat.IpExt.InOctets).toBe(18446744073709551615n);
  expect(netstat.QuicExt?.MPCurrEstab).toBe(2n);
});

it.each([
  ["a value too few", "133 2 0", "133 2", "TCPAODroppedIcmps"],
  ["a value too many", "133 2 0", "133 2 0 0", "TcpExt"],
  ["a bad value", "50011", "5x11", "TW"],
])("reports %s and keeps the other protocols", (_name, from, to, field) => {
  const { strict, kept, issues } = outcome(parseNetstat, bytes(CAPTURE.replace(from, to)));
  expect(strict).toMatchObject({ code: "ERR_PARSE", line: 2, field });
  expect(issues).toHaveLength(1);
  expect(Object.keys(kept as object)).toEqual(["IpExt", "MPTcpExt"]);
});

it("gives back every text printed as the kernel prints it, exact to 64 bits", () => {
  fc.assert(
    fc.property(counterPairs, counterPairs, (tcp, ip) => {
      const pair = (name: string, pairs: [string, bigint][]) =>
        `${name}:${pairs.map(([key]) => ` ${key}`).join("")}\n${name}:${pairs.map(([, value]) => ` ${value}`).join("")}\n`;
      const read = parseNetstat(bytes(pair("TcpExt", tcp) + pair("IpExt", ip)), { bigint: true });
      expect([Object.entries(read.TcpExt), Object.entries(read.IpExt)]).toEqual([tcp, ip]);
    }),
    { numRuns: 60 },
  );
});

describeBroken("netstat", CAPTURE, parseNetstat);
