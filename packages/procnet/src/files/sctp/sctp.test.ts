import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken } from "../../../../../test/support/tables/broken.ts";
import { SctpPathState, SctpState, SctpStyle } from "../../codes/sctp.ts";
import { parseSctpAssocs } from "./sctp-assocs.ts";
import { parseSctpDbgObjcnt } from "./sctp-dbg-objcnt.ts";
import { parseSctpEps, type SctpEpsEntry } from "./sctp-eps.ts";
import { parseSctpRemaddr } from "./sctp-remaddr.ts";
import { parseSctpSnmp } from "./sctp-snmp.ts";

const SNMP = `SctpCurrEstab                   \t1
SctpActiveEstabs                \t18446744073709551615
SctpNewInSomeKernel             \t7
`;
const OBJCNT = ["sock: 2", "ep: 2", "assoc: 1", "transport: 2", "bind_addr: 3"]
  .map((row) => `${row.padEnd(127)}\n`)
  .join("");
const EPS_HEADER = " ENDPT     SOCK   STY SST HBKT LPORT   UID INODE LADDRS\n";
const EPS = `${EPS_HEADER}000000003af07362 000000008b6ed7e6 2   10  29   5000      0 12345 127.0.0.1 10.0.0.1 
d2d3c1c0 d2b51c80 0   7   30   5001   1000 0 2001:0db8:0000:0000:0000:0000:0000:0001 
`;
const OLD_ASSOCS_HEADER =
  " ASSOC     SOCK   STY SST ST HBKT ASSOC-ID TX_QUEUE RX_QUEUE UID INODE LPORT RPORT LADDRS <-> RADDRS";
const ASSOCS_HEADER = `${OLD_ASSOCS_HEADER} HBINT INS OUTS MAXRT T1X T2X RTXC wmema wmemq sndbuf rcvbuf\n`;
const ASSOC = "0000000011e04d56 000000008b6ed7e6 2   1   3  0       5       10       20       0 12346 5000  40000 ";
const ASSOCS = `${ASSOCS_HEADER}${ASSOC} *10.0.0.1 10.1.0.1 <-> 10.0.0.2 *10.1.0.2 \t    7500    10    11   12    1    2        3        4        5   212992   212993
(____ptrval____) 0000000000000000 0   1   9  0       6        0        0       0 0 5000  40001  2001:0db8:0000:0000:0000:0000:0000:0001 <-> *0000:0000:0000:0000:0000:ffff:0a00:0002 \t    7500    10    10   10    0    0        0        1        0   212992   212992
`;
const REMADDR_HEADER = "ADDR ASSOC_ID HB_ACT RTO MAX_PATH_RTX REM_ADDR_RTX START STATE\n";
const REMADDR = `${REMADDR_HEADER}10.0.0.2  5 1 250 5 0 0 2\n10.1.0.2  5 0 750 5 0 0 0\n`;

it("reads counters, also unknown and 64-bit ones", () => {
  expect(parseSctpSnmp(bytes(SNMP))).toEqual({
    SctpCurrEstab: 1,
    SctpActiveEstabs: 2 ** 64,
    SctpNewInSomeKernel: 7,
  });
  expect(parseSctpSnmp(bytes(SNMP), { bigint: true }).SctpActiveEstabs).toBe(18446744073709551615n);
  expect(parseSctpDbgObjcnt(bytes(OBJCNT))).toEqual({ sock: 2, ep: 2, assoc: 1, transport: 2, bind_addr: 3 });
});

it("reads endpoints with addresses of both families", () => {
  expect(parseSctpEps(bytes(EPS))).toEqual([
    {
      endpoint: "000000003af07362",
      sock: "000000008b6ed7e6",
      style: SctpStyle.TCP,
      socketState: "LISTEN",
      bucket: 29,
      localPort: 5000,
      uid: 0,
      inode: 12345,
      localAddresses: ["127.0.0.1", "10.0.0.1"],
    },
    {
      endpoint: "d2d3c1c0",
      sock: "d2b51c80",
      style: 0,
      socketState: "CLOSE",
      bucket: 30,
      localPort: 5001,
      uid: 1000,
      inode: 0,
      localAddresses: ["2001:db8::1"],
    },
  ]);
});

it("reads associations: addresses up to the arrow and the tab, primaries, numbers by the header", () => {
  const [first, second] = parseSctpAssocs(bytes(ASSOCS));
  expect(first).toEqual({
    assoc: "0000000011e04d56",
    sock: "000000008b6ed7e6",
    style: 2,
    socketState: "ESTABLISHED",
    state: "ESTABLISHED",
    bucket: 0,
    assocId: 5,
    txQueue: 10,
    rxQueue: 20,
    uid: 0,
    inode: 12346,
    localPort: 5000,
    remotePort: 40000,
    localAddresses: ["10.0.0.1", "10.1.0.1"],
    localPrimary: "10.0.0.1",
    remoteAddresses: ["10.0.0.2", "10.1.0.2"],
    remotePrimary: "10.1.0.2",
    numbers: {
      HBINT: 7500,
      INS: 10,
      OUTS: 11,
      MAXRT: 12,
      T1X: 1,
      T2X: 2,
      RTXC: 3,
      wmema: 4,
      wmemq: 5,
      sndbuf: 212992,
      rcvbuf: 212993,
    },
  });
  expect(second).toMatchObject({ assoc: "(____ptrval____)", state: "UNKNOWN(9)", localPrimary: undefined });
  expect(second?.remoteAddresses).toEqual(["::ffff:10.0.0.2"]);
  expect(SctpState[3]).toBe("ESTABLISHED");
});

it("reads the associations of old kernels, whose header ends at the addresses, and keeps what newer ones add", () => {
  const old = parseSctpAssocs(bytes(`${OLD_ASSOCS_HEADER}\n${ASSOC} 10.0.0.1 <-> *10.0.0.2 \n`));
  expect(old[0]).toMatchObject({ numbers: {}, remotePrimary: "10.0.0.2" });
  const newer = parseSctpAssocs(bytes(`${OLD_ASSOCS_HEADER} HBINT FUTURE\n${ASSOC} 10.0.0.1 <-> *10.0.0.2 \t 7 8 9\n`));
  expect(newer[0]).toMatchObject({ numbers: { HBINT: 7, FUTURE: 8 }, extra: ["9"] });
});

it("reads paths, with and without their state, and columns of newer kernels by name", () => {
  const path = { address: "10.0.0.2", assocId: 5, heartbeat: 1, rto: 250, maxPathRtx: 5, remAddrRtx: 0, start: 0 };
  expect(parseSctpRemaddr(bytes(REMADDR))[0]).toEqual({ ...path, state: "ACTIVE" });
  const old = `${REMADDR_HEADER.replace(" STATE", "")}10.0.0.2  5 1 250 5 0 0\n`;
  expect(parseSctpRemaddr(bytes(old))).toEqual([{ ...path, state: undefined }]);
  const newer = `${REMADDR_HEADER.replace("RTO", "NEW RTO")}10.0.0.2  5 1 x 250 5 0 0 7 tail\n`;
  expect(parseSctpRemaddr(bytes(newer))).toEqual([
    { ...path, state: "UNKNOWN(7)", otherColumns: { NEW: "x" }, extra: ["tail"] },
  ]);
  expect(SctpPathState.PF).toBe(1);
});

it("gives back every endpoint printed as the kernel prints it", () => {
  const natural = fc.nat(65535);
  const endpoint: fc.Arbitrary<SctpEpsEntry> = fc.record({
    endpoint: fc.stringMatching(/^[0-9a-f]{16}$/),
    sock: fc.stringMatching(/^[0-9a-f]{8}$/),
    style: fc.nat(2),
    socketState: fc.constantFrom("LISTEN" as const, "CLOSE" as const),
    bucket: natural,
    localPort: natural,
    uid: fc.nat(0xffffffff),
    inode: fc.nat(0xffffffff),
    localAddresses: fc.array(fc.ipV4()),
  });
  const print = (row: SctpEpsEntry) =>
    `${row.endpoint} ${row.sock} ${String(row.style).padEnd(3)} ${row.socketState === "LISTEN" ? "10 " : "7  "} ` +
    `${String(row.bucket).padEnd(4)} ${String(row.localPort).padEnd(5)} ${String(row.uid).padStart(5)} ` +
    `${String(row.inode).padStart(5)} ${row.localAddresses.map((address) => `${address} `).join("")}\n`;
  fc.assert(
    fc.property(fc.array(endpoint), (rows) => {
      expect(parseSctpEps(bytes(EPS_HEADER + rows.map(print).join("")))).toEqual(rows);
    }),
    { numRuns: 60 },
  );
});

describeBroken("sctp/snmp", SNMP, parseSctpSnmp);
describeBroken("sctp/sctp_dbg_objcnt", OBJCNT, parseSctpDbgObjcnt);
describeBroken("sctp/eps", EPS, parseSctpEps, { header: EPS_HEADER });
describeBroken("sctp/assocs", ASSOCS, parseSctpAssocs, { header: ASSOCS_HEADER });
describeBroken("sctp/remaddr", REMADDR, parseSctpRemaddr, { header: REMADDR_HEADER });
