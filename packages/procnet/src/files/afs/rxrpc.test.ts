import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken } from "../../../../../test/support/tables/broken.ts";
import { describeAlike } from "../../../../../test/support/tables/tree-of.ts";
import { parseRxrpcBundles } from "./rxrpc-bundles.ts";
import { oldRxrpcCalls, parseRxrpcCalls } from "./rxrpc-calls.ts";
import { oldRxrpcConns, parseRxrpcConns } from "./rxrpc-conns.ts";
import { parseRxrpcLocals } from "./rxrpc-locals.ts";
import { parseRxrpcPeers } from "./rxrpc-peers.ts";
import { parseRxrpcStats } from "./rxrpc-stats.ts";

const ends = (local: string, remote: string) => `UDP   ${local.padEnd(47)} ${remote.padEnd(47)}`;
const HEAD = `${"Proto Local".padEnd(54)}${"Remote".padEnd(47)}`;
const BOTH = ends("0.0.0.0:7001", "[2001:db8::9]:7000");
const END_FIELDS = {
  proto: "UDP",
  localAddress: "0.0.0.0",
  localPort: 7001,
  remoteAddress: "2001:db8::9",
  remotePort: 7000,
};
const NO_ENDS = { localAddress: undefined, localPort: undefined, remoteAddress: undefined, remotePort: undefined };

const CALL_COLUMNS = " SvID ConnID   CallID   End Use State    Abort   ";
const CALLS_HEADER = `${HEAD}${CALL_COLUMNS} DebugId  TxSeq    TW RxSeq    RW RxSerial CW RxTimo\n`;
const CALL = "  34 5a5a0004 00000001 Clt   2 ClAwRply 00000000";
const CALLS = `${CALLS_HEADER}${BOTH} ${CALL} 0000002f 00000001 0a 00000001 0b 00000007 04 007d2a
${ends("no_socket", "no_connection")} 1234 00000000 00000000 Svc   1 Uninit   00000005 00000030 00000000 00 00000000 00 00000000 04 fffffffffffffff6
`;
const CONNS_HEADER = `${HEAD} SvID ConnID   End Ref Act State    Key      Serial   ISerial  CallId0  CallId1  CallId2  CallId3\n`;
const CONNS = `${CONNS_HEADER}${BOTH}   34 5a5a0004 Clt   1  -1 Client   0000000a 00000007 00000005 00000002 00000000 00000000 0000000f\n`;
const BUNDLES_HEADER = `${HEAD} SvID Ref Act Flg Key      | Bundle   Conn_0   Conn_1   Conn_2   Conn_3\n`;
const BUNDLES = `${BUNDLES_HEADER}${BOTH}   34   2   1 U-u 0000000a | 00000003 5a5a0004 00000000 00000000 00000001\n`;
const PEERS_HEADER = `${HEAD} Use SST   Maxd LastUse      RTT      RTO\n`;
const PEERS = `${PEERS_HEADER}${BOTH}   3    4  1412      3s      411  1000000\n`;
const LOCALS_HEADER = `${"Proto Local".padEnd(54)}Use Act RxQ\n`;
const LOCALS = `${LOCALS_HEADER}UDP   ${"[::]:7001".padEnd(47)}   3   1   0\n`;
const STATS = `Data     : send=1 sendf=2 fail=3 emsz=4
Why-Req-A: acklost=1 mrtt=2 ortt=3 stall=4
Why-Req-A: nolast=5 retx=6 slows=7 smtxw=8
Jumbo-Tx : 5,0,0,0,0,0,0,0,0,9
Buffers  : txb=4,5 rxb=6
IO-thread: loops=4294967295
`;

it("reads calls: both ends or none, timeouts in the past", () => {
  expect(parseRxrpcCalls(bytes(CALLS))).toEqual([
    {
      ...END_FIELDS,
      svId: 0x34,
      connId: 0x5a5a0004,
      callId: 1,
      end: "Clt",
      use: 2,
      state: "ClAwRply",
      abort: 0,
      debugId: 0x2f,
      userId: undefined,
      txSeq: 1,
      tw: 10,
      rxSeq: 1,
      rw: 11,
      rxSerial: 7,
      cw: 4,
      rxTimo: 0x7d2a,
    },
    expect.objectContaining({ ...NO_ENDS, svId: 0x1234, end: "Svc", state: "Uninit", abort: 5, rxTimo: -10 }),
  ]);
});

it("reads the calls of old kernels: no CW, a user's number, values that the header does not name", () => {
  const noCw = `${CALLS_HEADER.replace(" CW", "")}${BOTH} ${CALL} 0000002f 00000001 0a 00000001 0b 00000007 fffffff6\n`;
  expect(parseRxrpcCalls(bytes(noCw))[0]).toMatchObject({ cw: undefined, rxSerial: 7, rxTimo: -10 });
  const old = `${HEAD}${CALL_COLUMNS} UserID\n${BOTH} ${CALL} ffff88003a1b2c3d 00000001 00 00000001 00\n`;
  expect(parseRxrpcCalls(bytes(old))[0]).toMatchObject({
    userId: "ffff88003a1b2c3d",
    debugId: undefined,
    txSeq: undefined,
    rxTimo: undefined,
    extra: ["00000001", "00", "00000001", "00"],
  });
});

it("reads connections of new and old kernels", () => {
  const conn = { ...END_FIELDS, svId: 0x34, connId: 0x5a5a0004, end: "Clt", ref: 1, key: 10, serial: 7, iSerial: 5 };
  expect(parseRxrpcConns(bytes(CONNS))).toEqual([{ ...conn, act: -1, state: "Client", callIds: [2, 0, 0, 15] }]);
  const oldHeader = `${HEAD} SvID ConnID   End Use State    Key      Serial   ISerial\n`;
  const old = `${oldHeader}${BOTH}   34 5a5a0004 Clt   1 SvUnsec  0000000a 00000007 00000005 00000002\n`;
  expect(parseRxrpcConns(bytes(old))).toEqual([
    { ...conn, act: undefined, state: "SvUnsec", callIds: [], extra: ["00000002"] },
  ]);
});

it("reads bundles, peers and local endpoints", () => {
  expect(parseRxrpcBundles(bytes(BUNDLES))).toEqual([
    { ...END_FIELDS, svId: 0x34, ref: 2, act: 1, flags: "U-u", key: 10, bundle: 3, conns: [0x5a5a0004, 0, 0, 1] },
  ]);
  const peer = { ...END_FIELDS, use: 3, lastUse: 3, rtt: 411, rto: 1000000 };
  const unset = { cw: undefined, sst: undefined, mtu: undefined, maxd: undefined };
  expect(parseRxrpcPeers(bytes(PEERS))).toEqual([{ ...peer, ...unset, sst: 4, maxd: 1412 }]);
  const old = PEERS.replace("SST   Maxd", " CW   MTU");
  expect(parseRxrpcPeers(bytes(old))).toEqual([{ ...peer, ...unset, cw: 4, mtu: 1412 }]);
  const local = { proto: "UDP", localAddress: "::", localPort: 7001, use: 3, act: 1 };
  expect(parseRxrpcLocals(bytes(LOCALS))).toEqual([{ ...local, rxQ: 0 }]);
  const oldLocals = LOCALS.replace(" RxQ", "").replace("   0\n", "\n");
  expect(parseRxrpcLocals(bytes(oldLocals))).toEqual([{ ...local, rxQ: undefined }]);
});

it("reads statistics: groups of two lines, lists with and without a name", () => {
  expect(parseRxrpcStats(bytes(STATS))).toEqual({
    Data: { send: 1, sendf: 2, fail: 3, emsz: 4 },
    "Why-Req-A": { acklost: 1, mrtt: 2, ortt: 3, stall: 4, nolast: 5, retx: 6, slows: 7, smtxw: 8 },
    "Jumbo-Tx": { values: [5, 0, 0, 0, 0, 0, 0, 0, 0, 9] },
    Buffers: { txb: [4, 5], rxb: 6 },
    "IO-thread": { loops: 4294967295 },
  });
});

it("gives back every peer printed as the kernel prints it", () => {
  const count = fc.nat(2 ** 31 - 1);
  const port = fc.nat(65535);
  const peer = fc.record({
    proto: fc.constant("UDP"),
    localAddress: fc.ipV4(),
    localPort: port,
    remoteAddress: fc.ipV4(),
    remotePort: port,
    use: count,
    cw: fc.constant(undefined),
    sst: count,
    mtu: fc.constant(undefined),
    maxd: count,
    lastUse: count,
    rtt: count,
    rto: count,
  });
  fc.assert(
    fc.property(fc.array(peer), (rows) => {
      const lines = rows.map((row) => {
        const both = ends(`${row.localAddress}:${row.localPort}`, `${row.remoteAddress}:${row.remotePort}`);
        const pad = (value: number, width: number) => String(value).padStart(width);
        return `${both} ${pad(row.use, 3)} ${pad(row.sst, 4)} ${pad(row.maxd, 5)} ${pad(row.lastUse, 6)}s ${pad(row.rtt, 8)} ${pad(row.rto, 8)}\n`;
      });
      expect(parseRxrpcPeers(bytes(PEERS_HEADER + lines.join("")))).toEqual(rows);
    }),
    { numRuns: 60 },
  );
});

describeBroken("rxrpc/calls", CALLS, parseRxrpcCalls, { header: CALLS_HEADER });
describeBroken("rxrpc/conns", CONNS, parseRxrpcConns, { header: CONNS_HEADER });
describeBroken("rxrpc/bundles", BUNDLES, parseRxrpcBundles, { header: BUNDLES_HEADER });
describeBroken("rxrpc/peers", PEERS, parseRxrpcPeers, { header: PEERS_HEADER });
describeBroken("rxrpc/locals", LOCALS, parseRxrpcLocals, { header: LOCALS_HEADER });
describeBroken("rxrpc/stats", STATS, parseRxrpcStats);

// rxrpc_call_seq_show, rxrpc_connection_seq_show (net/rxrpc/proc.c) of Linux before 4.12, which printed into files of other names.
describeAlike(parseRxrpcCalls, `${HEAD}${CALL_COLUMNS} UserID\n${BOTH} ${CALL} ffff88003a1b2c3d\n`, [
  [oldRxrpcCalls, "rxrpc_calls"],
]);
describeAlike(parseRxrpcConns, CONNS, [[oldRxrpcConns, "rxrpc_conns"]]);
