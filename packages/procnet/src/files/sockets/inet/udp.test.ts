import { expect, it } from "vitest";
import { bytes, outcome } from "../../../../../../test/support/tables/broken.ts";
import { describeDatagrams } from "../../../../../../test/support/tables/datagram.ts";
import { parseUdp, parseUdp6, udp, udp6 } from "./udp.ts";

const HEADER = `${"   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops".padEnd(127)}\n`;
const HEADER6 =
  "  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops\n";
const IDLE = "00000000:00000000 00:00000000 00000000";

/*
 * Captured on Linux 6.18 in a namespace of its own. ss -uane showed the same: 10.9.0.1:777 with 3840 bytes to read, a socket
 * connected to it, 0.0.0.0:5353, 127.0.0.1:38811; [::1]:9, [fd00:9::1]:1234, [::ffff:127.0.0.1]:55756 connected to port 9.
 */
const CAPTURE = [
  " 9022: 0100090A:0309 00000000:0000 07 00000000:00000F00 00:00000000 00000000     0        0 1494704 2 00000000cdddeb0a 2",
  `13598: 00000000:14E9 00000000:0000 07 ${IDLE}     0        0 1494703 2 0000000053b1f14d 0`,
  `14129: 0100090A:D6FC 0100090A:0309 01 ${IDLE}     0        0 1494705 2 00000000f44df4ae 0`,
  `14288: 0100007F:979B 00000000:0000 07 ${IDLE} 65534        0 1494702 2 000000003342b1c0 0`,
];
const CAPTURE6 = [
  ` 8254: 00000000000000000000000001000000:0009 00000000000000000000000000000000:0000 07 ${IDLE}     0        0 1494706 2 000000008c71bc07 0`,
  ` 9479: 090000FD000000000000000001000000:04D2 00000000000000000000000000000000:0000 07 ${IDLE}     0        0 1494708 2 00000000f517badf 0`,
  `14849: 0000000000000000FFFF00000100007F:D9CC 0000000000000000FFFF00000100007F:0009 01 ${IDLE}     0        0 1494707 2 00000000c278af60 0`,
];

describeDatagrams({
  name: "udp",
  parse: parseUdp,
  table: udp,
  text: HEADER + CAPTURE.map((line) => `${line.padEnd(127)}\n`).join(""),
  rows: [
    {
      localAddress: "10.9.0.1",
      localPort: 777,
      remoteAddress: "0.0.0.0",
      remotePort: 0,
      state: "CLOSE",
      txQueue: 0,
      rxQueue: 3840,
      timer: 0,
      uid: 0,
      inode: 1494704,
      refCount: 2,
      drops: 2,
    },
    { localAddress: "0.0.0.0", localPort: 5353, inode: 1494703, drops: 0 },
    { localPort: 55036, remoteAddress: "10.9.0.1", remotePort: 777, state: "ESTABLISHED" },
    { localAddress: "127.0.0.1", localPort: 38811, uid: 65534 },
  ],
  slWidth: 5,
  pad: 127,
});

describeDatagrams({
  name: "udp6",
  parse: parseUdp6,
  table: udp6,
  text: HEADER6 + CAPTURE6.map((line) => `${line}\n`).join(""),
  rows: [
    { localAddress: "::1", localPort: 9, remoteAddress: "::", remotePort: 0, state: "CLOSE", inode: 1494706 },
    { localAddress: "fd00:9::1", localPort: 1234, inode: 1494708 },
    { localAddress: "::ffff:127.0.0.1", localPort: 55756, remoteAddress: "::ffff:127.0.0.1", state: "ESTABLISHED" },
  ],
  slWidth: 5,
  pad: 0,
});

it("reads rows of other kernels: no drops before 2.6.27, negative ones up to 4.x, more columns in newer ones", () => {
  const [row = ""] = CAPTURE;
  const parse = (line: string) => parseUdp(bytes(`${HEADER}${line}\n`), { byteOrder: "LE" })[0];
  expect(parse(row.slice(0, -2))).toMatchObject({ inode: 1494704, drops: undefined });
  expect(parse(`${row.slice(0, -2)} -1`)).toMatchObject({ drops: 0xffffffff });
  expect(parse(`${row} 17 x`)).toMatchObject({ drops: 2, extra: ["17", "x"] });
  expect(parse(row.slice(0, -2))).not.toHaveProperty("extra");
});

it("reads memory that is negative for a moment, pointers of every kind, and states that UDP does not use", () => {
  const [, row = ""] = CAPTURE;
  const parse = (line: string) => parseUdp(bytes(`${HEADER}${line}\n`))[0];
  expect(parse(row.replace("00000000:00000000", "FFFFFF00:FFFFFFFF"))).toMatchObject({
    txQueue: 0xffffff00,
    rxQueue: 0xffffffff,
  });
  for (const pointer of ["0000000000000000", "c0ffee00", "(____ptrval____)", "(ptrval)"]) {
    expect(parse(row.replace("0000000053b1f14d", pointer))).toMatchObject({ refCount: 2, drops: 0 });
  }
  expect(parse(row.replace(" 07 ", " 0E "))?.state).toBe("UNKNOWN(14)");
});

it("skips a bad row and keeps the others", () => {
  const lines = CAPTURE.map((line, index) => (index === 1 ? line.replace("14E9", "14G9") : line));
  const { kept, issues } = outcome(parseUdp, bytes(`${HEADER}${lines.join("\n")}\n`));
  expect((kept as unknown[]).length).toBe(3);
  expect(issues).toMatchObject([{ code: "ERR_PARSE", line: 3, field: "local_address" }]);
});
