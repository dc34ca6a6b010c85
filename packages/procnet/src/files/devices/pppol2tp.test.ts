import { expect, it } from "vitest";
import { bytes, describeBroken, outcome } from "../../../../../test/support/tables/broken.ts";
import { PppoxState } from "../../codes/pppox.ts";
import { nameOf } from "../../codes/two-way.ts";
import { parsePppol2tp } from "./pppol2tp.ts";

const HEADER = `PPPoL2TP driver info, V2.0
TUNNEL name, user-data-ok session-count
 debug tx-pkts/bytes/errs rx-pkts/bytes/errs
  SESSION name, addr/port src-tid/sid dest-tid/sid state user-data-ok
   mtu/mru/rcvseq/sendseq/lns debug reorderto
   nr/ns tx-pkts/bytes/errs rx-pkts/bytes/errs
`;
const TEXT = `${HEADER}
TUNNEL 'tunl 1', Y 3
 00000000 12/18446744073709551615/0 10/1200/1
  SESSION 'sess 1/1' C0A80001/1701 0001/000A -> 0002/FFFF 1 Y
   0/0/R/-/LAC 00000000 20
   5/6 10/1000/0 9/900/0
   interface ppp0
  SESSION 'sess 1/2' C0A80001/1701 0001/0002 -> 0002/0003 0 N
   1460/1500/-/S/LNS 0000001f 0
   0/0 0/0/0 0/0/0

TUNNEL 'tunl 7', N 0
 00000000 0/0/0 0/0/0
`;

it("reads tunnels with their sessions", () => {
  const [first, second] = parsePppol2tp(bytes(TEXT));
  expect(second).toEqual({
    name: "tunl 7",
    userDataOk: false,
    sessionCount: 0,
    debug: 0,
    sentPackets: 0,
    sentBytes: 0,
    sentErrs: 0,
    recvPackets: 0,
    recvBytes: 0,
    recvErrs: 0,
    sessions: [],
  });
  expect(first).toMatchObject({ name: "tunl 1", userDataOk: true, sessionCount: 3, sentPackets: 12, recvErrs: 1 });
  expect(first?.sessions).toEqual([
    {
      name: "sess 1/1",
      address: "192.168.0.1",
      port: 1701,
      tunnelId: 1,
      sessionId: 10,
      peerTunnelId: 2,
      peerSessionId: 65535,
      state: PppoxState.CONNECTED,
      userDataOk: true,
      mtu: 0,
      mru: 0,
      recvSeq: true,
      sendSeq: false,
      mode: "LAC",
      debug: 0,
      reorderTimeout: 20,
      nr: 5,
      ns: 6,
      sentPackets: 10,
      sentBytes: 1000,
      sentErrs: 0,
      recvPackets: 9,
      recvBytes: 900,
      recvErrs: 0,
      interface: "ppp0",
    },
    expect.objectContaining({
      name: "sess 1/2",
      mtu: 1460,
      sendSeq: true,
      mode: "LNS",
      debug: 31,
      interface: undefined,
    }),
  ]);
  expect(nameOf(PppoxState, 16)).toBe("DEAD");
});

it("gives exact counters when asked", () => {
  const [tunnel] = parsePppol2tp(bytes(TEXT), { bigint: true });
  expect(tunnel?.sentBytes).toBe(18446744073709551615n);
  expect(tunnel?.sessions[0]?.recvBytes).toBe(900n);
});

it.each([
  ["10/1000/0 9/900/0", "10/1000/0 9/900", "rx-pkts/bytes/errs", ["sess 1/2"]],
  ["0/0/R/-/LAC", "0/x/R/-/LAC", "mtu/mru/rcvseq/sendseq/lns", ["sess 1/2"]],
  ["C0A80001/1701 0001/0002", "C0A80001 0001/0002", "addr/port", ["sess 1/1"]],
])("loses one session to the bad line that %s becomes", (from, to, field, left) => {
  const { strict, kept, issues } = outcome(parsePppol2tp, bytes(TEXT.replace(from, to)));
  expect(strict).toMatchObject({ code: "ERR_PARSE", field });
  expect(issues.length).toBeGreaterThan(0);
  const tunnels = kept as ReturnType<typeof parsePppol2tp>;
  expect(tunnels.map((tunnel) => tunnel.name)).toEqual(["tunl 1", "tunl 7"]);
  expect(tunnels[0]?.sessions.map((session) => session.name)).toEqual(left);
});

it("gives the sessions of a bad tunnel to no other", () => {
  const { kept, issues } = outcome(parsePppol2tp, bytes(TEXT.replace("TUNNEL 'tunl 1', Y 3", "TUNNEL 'tunl 1', Y x")));
  expect(kept).toEqual([expect.objectContaining({ name: "tunl 7", sessions: [] })]);
  expect(issues[0]).toMatchObject({ field: "session-count", line: 8 });
});

describeBroken("pppol2tp", TEXT, parsePppol2tp, { header: HEADER });
