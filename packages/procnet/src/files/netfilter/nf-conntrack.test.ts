import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken } from "../../../../../test/support/tables/broken.ts";
import { failingField } from "../../../../../test/support/tables/file-case.ts";
import { ConntrackStatus, TcpConntrackState } from "../../codes/conntrack.ts";
import { flagNames } from "../../codes/two-way.ts";
import { parseIpConntrack, parseNfConntrack } from "./nf-conntrack.ts";

const V6 = "fd00:0000:0000:0000:0000:0000:0000:0001";
/** Linux 6.18 with accounting and timestamps; the values were compared with `conntrack -L -o extended`. */
const CAPTURE = `ipv4     2 udp      17 29 src=127.0.0.1 dst=127.0.0.1 sport=35500 dport=5557 packets=1 bytes=48 [UNREPLIED] src=127.0.0.1 dst=127.0.0.1 sport=5557 dport=35500 zone-reply=7 packets=0 bytes=0 mark=0 delta-time=0 use=2
ipv6     10 tcp      6 431999 ESTABLISHED src=${V6} dst=${V6} sport=47186 dport=8081 packets=3 bytes=229 src=${V6} dst=${V6} sport=8081 dport=47186 packets=2 bytes=152 [ASSURED] mark=7 zone=0 delta-time=1 use=2
ipv4     2 sctp     132 9 CLOSED src=127.0.0.1 dst=127.0.0.1 sport=1000 dport=2000 packets=1 bytes=52 [UNREPLIED] src=127.0.0.1 dst=127.0.0.1 sport=2000 dport=1000 packets=0 bytes=0 mark=0 zone=0 delta-time=0 use=2
ipv4     2 gre      47 29 timeout=30, stream_timeout=180 src=127.0.0.1 dst=127.0.0.1 srckey=0x0 dstkey=0x1234 packets=1 bytes=32 [UNREPLIED] src=127.0.0.1 dst=127.0.0.1 srckey=0x1234 dstkey=0x0 packets=0 bytes=0 mark=0 zone=0 delta-time=0 use=2
ipv4     2 udp      17 29 src=127.0.0.1 dst=127.0.0.1 sport=52585 dport=5555 packets=1 bytes=48 [UNREPLIED] src=127.0.0.1 dst=127.0.0.1 sport=5555 dport=52585 packets=0 bytes=0 mark=0 zone=5 delta-time=0 use=2
ipv4     2 icmp     1 29 src=127.0.0.1 dst=127.0.0.1 type=8 code=0 id=77 packets=1 bytes=28 src=127.0.0.1 dst=127.0.0.1 type=0 code=0 id=77 packets=1 bytes=28 mark=0 zone=0 delta-time=0 use=2
ipv4     2 udp      17 29 src=127.0.0.1 dst=127.0.0.1 sport=57574 dport=5556 zone-orig=6 packets=1 bytes=48 [UNREPLIED] src=127.0.0.1 dst=127.0.0.1 sport=5556 dport=57574 packets=0 bytes=0 mark=0 delta-time=0 use=2
ipv4     2 unknown  89 599 src=127.0.0.1 dst=127.0.0.1 packets=1 bytes=24 [UNREPLIED] src=127.0.0.1 dst=127.0.0.1 packets=0 bytes=0 mark=0 zone=0 delta-time=0 use=2
`;
const rows = parseNfConntrack(bytes(CAPTURE));
const { SEEN_REPLY, ASSURED, OFFLOAD, HW_OFFLOAD } = ConntrackStatus;

it("reads every field of a TCP connection", () => {
  const end = { src: "fd00::1", dst: "fd00::1" };
  expect(rows[1]).toEqual({
    ...{ l3Protocol: "ipv6", l3Number: 10, protocol: "tcp", protocolNumber: 6, timeout: 431999, state: "ESTABLISHED" },
    original: { ...end, sport: 47186, dport: 8081, packets: 3, bytes: 229 },
    reply: { ...end, sport: 8081, dport: 47186, packets: 2, bytes: 152 },
    ...{ status: SEEN_REPLY | ASSURED, mark: 7, zone: 0, deltaTime: 1, use: 2 },
  });
  expect(flagNames(ConntrackStatus, rows[1]!.status)).toEqual(["SEEN_REPLY", "ASSURED"]);
  expect(TcpConntrackState[rows[1]!.state as "ESTABLISHED"]).toBe(3);
});

it("reads what each protocol has of its own", () => {
  expect(rows.map((row) => [row.protocol, row.timeout, row.state, row.status])).toEqual([
    ["udp", 29, undefined, 0],
    ["tcp", 431999, "ESTABLISHED", 6],
    ["sctp", 9, "CLOSED", 0],
    ["gre", 29, undefined, 0],
    ["udp", 29, undefined, 0],
    ["icmp", 29, undefined, 2],
    ["udp", 29, undefined, 0],
    ["unknown", 599, undefined, 0],
  ]);
  expect(rows.map((row) => [row.zone, row.original.zone, row.reply.zone])).toEqual([
    [undefined, undefined, 7],
    [0, undefined, undefined],
    [0, undefined, undefined],
    [0, undefined, undefined],
    [5, undefined, undefined],
    [0, undefined, undefined],
    [undefined, 6, undefined],
    [0, undefined, undefined],
  ]);
  expect(rows[3]).toMatchObject({ greTimeout: 30, greStreamTimeout: 180, original: { srckey: 0, dstkey: 0x1234 } });
  expect(rows[5]).toMatchObject({ original: { type: 8, code: 0, id: 77 }, reply: { type: 0, code: 0, id: 77 } });
  expect(rows[7]).toMatchObject({ protocolNumber: 89, original: { sport: undefined, packets: 1 } });
  expect(rows.every((row) => row.extra === undefined)).toBe(true);
});

const TUPLES = "src=10.0.0.2 dst=10.0.0.1 sport=5 dport=80";
const REPLY = "src=10.0.0.1 dst=10.0.0.2 sport=80 dport=5";

it.each([
  ["without accounting", `432 ESTABLISHED ${TUPLES} ${REPLY} [ASSURED] mark=0 use=1`, { timeout: 432, status: 6 }],
  ["offloaded", `${TUPLES} ${REPLY} [OFFLOAD] mark=0 use=2`, { timeout: undefined, status: SEEN_REPLY | OFFLOAD }],
  ["offloaded to hardware", `${TUPLES} ${REPLY} [HW_OFFLOAD] use=2`, { mark: undefined, status: 2 | HW_OFFLOAD }],
  ["2.6.31", `9 CLOSE ${TUPLES} ${REPLY} mark=0 secmark=3 use=1`, { secmark: 3, secctx: undefined }],
  // ct_show_secctx prints what the security module says, and AppArmor's labels hold blanks.
  [
    "with AppArmor's label",
    `9 CLOSE ${TUPLES} ${REPLY} secctx=/usr/sbin/foo (enforce) zone=7 use=1`,
    { secctx: "/usr/sbin/foo (enforce)", zone: 7, use: 1 },
  ],
  [
    "with a label that has what stands behind it",
    `9 CLOSE ${TUPLES} ${REPLY} mark=0 secctx=a use=1 zone=2 use=3 (x) use=4 zone=5 delta-time=6 use=7`,
    { mark: 0, secctx: "a use=1 zone=2 use=3 (x) use=4", zone: 5, use: 7 },
  ],
  ["with a label", `9 CLOSE ${TUPLES} ${REPLY} secctx=u:r:t=x:s0,c1 use=1`, { secctx: "u:r:t=x:s0,c1" }],
  ["a newer kernel", `9 X9 ${TUPLES} a=1 ${REPLY} [NEW] use=1 b=2`, { state: "X9", extra: ["a=1", "[NEW]", "b=2"] }],
])("reads a row %s", (_, text, expected) => {
  expect(parseNfConntrack(bytes(`ipv4     2 tcp      6 ${text}\n`))[0]).toMatchObject(expected);
});

it("gives counters as bigint on demand, and knows ip_conntrack without the first two words", () => {
  const wide = CAPTURE.replace("bytes=229", "bytes=18446744073709551615");
  expect(parseNfConntrack(bytes(wide), { bigint: true })[1]?.original.bytes).toBe(18446744073709551615n);
  const old = `tcp      6 431999 ESTABLISHED ${TUPLES} packets=4 bytes=9 ${REPLY} [ASSURED] mark=0 use=1\n`;
  const expected = { l3Protocol: undefined, l3Number: undefined, protocol: "tcp", timeout: 431999, use: 1 };
  expect(parseIpConntrack(bytes(old))[0]).toMatchObject({ ...expected, original: { packets: 4, bytes: 9, sport: 5 } });
});

it("names the field of a row that is no good", () => {
  const start = "ipv4     2 tcp      6 9 CLOSE";
  expect(failingField(parseNfConntrack, `${start} ${TUPLES} ${REPLY} mark=0\n`)).toBe("use");
  expect(failingField(parseNfConntrack, `${start} ${TUPLES} use=1\n`)).toBe("src");
  expect(failingField(parseNfConntrack, `${start} src=10.0.0.256 dst=10.0.0.1\n`)).toBe("src");
  expect(failingField(parseNfConntrack, `${start} ${TUPLES.replace("=80", "=x")} ${REPLY} use=1\n`)).toBe("dport");
});

it("gives back every row printed as the kernel prints it", () => {
  const number = fc.nat({ max: 0xffff });
  const octets = fc.tuple(...Array.from({ length: 4 }, () => fc.nat({ max: 255 }))).map((parts) => parts.join("."));
  const tuple = fc.record({ src: octets, dst: octets, sport: number, dport: number, packets: number, bytes: number });
  const flow = fc.record({
    timeout: number,
    mark: number,
    use: number,
    original: tuple,
    reply: tuple,
    seen: fc.boolean(),
  });
  const print = (t: Record<string, number | string>) =>
    Object.entries(t)
      .map(([key, value]) => `${key}=${value} `)
      .join("");
  fc.assert(
    fc.property(flow, ({ timeout, mark, use, original, reply, seen }) => {
      const text = `ipv4     2 udp      17 ${timeout} ${print(original)}${seen ? "" : "[UNREPLIED] "}${print(reply)}mark=${mark} use=${use}\n`;
      const expected = { timeout, mark, use, original, reply, status: seen ? 2 : 0, state: undefined };
      expect(parseNfConntrack(bytes(text))).toMatchObject([expected]);
    }),
    { numRuns: 60 },
  );
});

describeBroken("nf_conntrack", CAPTURE, parseNfConntrack);
describeBroken("ip_conntrack", CAPTURE.replaceAll(/^ipv\d +\d+ /gm, ""), parseIpConntrack);
