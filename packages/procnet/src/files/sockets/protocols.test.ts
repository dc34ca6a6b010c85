import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken, outcome } from "../../../../../test/support/tables/broken.ts";
import { type ProtocolEntry, parseProtocols } from "./protocols.ts";

const HEADER =
  "protocol  size sockets  memory press maxhdr  slab module     cl co di ac io in de sh ss gs se re bi br ha uh gp em\n";
const CAPTURE = `${HEADER}PACKET    1600      0      -1   NI       0   no   kernel      n  n  n  n  n  n  n  n  n  n  n  n  n  n  n  n  n  n
PINGv6    1344      0      -1   NI       0   yes  kernel      y  y  y  n  n  y  n  n  y  y  y  y  y  y  n  y  y  n
UNIX-STREAM 1152     54      -1   NI       0   yes  kernel      y  n  n  n  n  n  n  n  n  n  n  n  n  n  n  n  n  n
TCP       2304 120057       7   no     192   yes  kernel      y  y  y  y  y  y  y  y  y  y  y  y  n  y  y  y  y  y
`;

it("reads families with and without memory accounting", () => {
  const rows = parseProtocols(bytes(CAPTURE));
  expect(rows.map((row) => [row.protocol, row.size, row.sockets, row.memory, row.pressure, row.slab])).toEqual([
    ["PACKET", 1600, 0, -1, undefined, false],
    ["PINGv6", 1344, 0, -1, undefined, true],
    ["UNIX-STREAM", 1152, 54, -1, undefined, true],
    ["TCP", 2304, 120057, 7, false, true],
  ]);
  expect(rows[3]).toMatchObject({ maxHeader: 192, module: "kernel" });
  expect(rows[1]?.methods).toEqual({
    close: true,
    connect: true,
    disconnect: true,
    accept: false,
    ioctl: false,
    init: true,
    destroy: false,
    shutdown: false,
    setsockopt: true,
    getsockopt: true,
    sendmsg: true,
    recvmsg: true,
    bind: true,
    backlogRcv: true,
    hash: false,
    unhash: true,
    getPort: true,
    enterMemoryPressure: false,
  });
});

it("takes the methods by their names: sendpage up to Linux 6.4, columns of a later kernel", () => {
  const row = "TCP       2304      3       7  yes     192   yes  tcp_mod     y  y  y  y  y  y  y  y  y  y  y  y";
  const [old] = parseProtocols(bytes(`${HEADER.replace(" bi ", " sp bi ")}${row}  y  n  y  y  y  y  n\n`));
  expect(old).toMatchObject({
    pressure: true,
    module: "tcp_mod",
    methods: { sendpage: true, bind: false, getPort: true },
  });
  expect(old?.methods.enterMemoryPressure).toBe(false);
  const [later] = parseProtocols(bytes(`${HEADER.replace(" bi ", " zz bi ")}${row}  q  n  y  y  y  y  n  !\n`));
  expect(later).toMatchObject({ methods: { bind: false, hash: true }, otherColumns: { zz: "q" }, extra: ["!"] });
  expect(later?.methods).not.toHaveProperty("sendpage");
});

it.each([
  ["  -1   NI ", "  -1   xx ", "press"],
  ["   no   kernel ", "   ??   kernel ", "slab"],
  ["kernel      n ", "kernel      x ", "cl"],
  ["1600      0", "1600      z", "sockets"],
])("names the field of a bad row: %j", (from, to, field) => {
  const { strict, kept } = outcome(parseProtocols, bytes(CAPTURE.replace(from, to)));
  expect(strict).toMatchObject({ code: "ERR_PARSE", line: 2, field });
  expect(kept).toHaveLength(3);
});

it("gives back every row printed as the kernel prints it", () => {
  const methods = ["close", "connect", "disconnect", "accept", "ioctl", "init", "destroy", "shutdown", "setsockopt"];
  methods.push("getsockopt", "sendmsg", "recvmsg", "bind", "backlogRcv", "hash", "unhash", "getPort");
  methods.push("enterMemoryPressure");
  const entry: fc.Arbitrary<ProtocolEntry> = fc.record({
    protocol: fc.stringMatching(/^[!-~]{1,20}$/),
    size: fc.nat(0xffffffff),
    sockets: fc.nat(0x7fffffff),
    memory: fc.integer({ min: -1 }),
    pressure: fc.constantFrom(true, false, undefined),
    maxHeader: fc.nat(0xffffffff),
    slab: fc.boolean(),
    module: fc.stringMatching(/^[a-z_]{1,14}$/),
    methods: fc.record(Object.fromEntries(methods.map((method) => [method, fc.boolean()]))),
  });
  const word = (value: boolean | undefined) => (value === undefined ? "NI" : value ? "yes" : "no");
  const print = (row: ProtocolEntry) =>
    `${row.protocol.padEnd(9)} ${String(row.size).padStart(4)} ${String(row.sockets).padStart(6)}  ` +
    `${String(row.memory).padStart(6)}   ${word(row.pressure).padEnd(3)} ${String(row.maxHeader).padStart(6)}   ` +
    `${word(row.slab).padEnd(3)}  ${row.module.padEnd(10)} ` +
    `${methods.map((name) => ((row.methods as Record<string, boolean>)[name] ? " y" : " n")).join(" ")}\n`;
  fc.assert(
    fc.property(fc.array(entry), (rows) => {
      expect(parseProtocols(bytes(HEADER + rows.map(print).join("")))).toEqual(rows);
    }),
    { numRuns: 60 },
  );
});

describeBroken("protocols", CAPTURE, parseProtocols, { header: HEADER });
