import { describe, expect, it } from "vitest";
import { bytes, describeBroken, outcome } from "../../../../../../test/support/tables/broken.ts";
import { InetScanner } from "./inet-scanner.ts";
import { parseTcp, parseTcp6, tcp, tcp6 } from "./tcp.ts";

const HEADER = `${"  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode".padEnd(149)}\n`;
const ROWS = [
  "   0: 0100007F:ADED 00000000:0000 0A 00000000:00000001 00:00000000 00000000 65534        0 350302 2 00000000979a9b83 100 0 0 10 0",
  "   1: 0100007F:ADED 0100007F:9C12 08 0000000A:00000001 01:00000014 00000003 65534        2 0 1 00000000b11b24ed 20 4 31 10 -1",
  "   2: 0100007F:9C12 0100007F:ADED 05 00000000:00000000 03:0000175C 00000000     0        0 0 3 00000000f630fbde",
  "   3: 0100007F:0016 0200000A:C350 03 00000000:00000000 01:00000064 00000001     0        0 0 0 00000000f630fbde",
];
const TEXT = HEADER + ROWS.map((row) => `${row.padEnd(149)}\n`).join("");
const LISTENER = {
  localAddress: "127.0.0.1",
  localPort: 44525,
  remoteAddress: "0.0.0.0",
  remotePort: 0,
  state: "LISTEN",
  txQueue: 0,
  rxQueue: 1,
  timer: 0,
  timerExpires: 0,
  retransmits: 0,
  uid: 65534,
  probes: 0,
  inode: 350302,
  refCount: 2,
  rto: 100,
  ato: 0,
  quickAck: 0,
  cwnd: 10,
  ssthresh: 0,
};

it("reads full rows, and short rows of time-wait and connection requests", () => {
  const rows = parseTcp(bytes(TEXT), { byteOrder: "LE" });
  expect(rows).toEqual([
    LISTENER,
    {
      ...LISTENER,
      remoteAddress: "127.0.0.1",
      remotePort: 39954,
      state: "CLOSE_WAIT",
      txQueue: 10,
      timer: 1,
      timerExpires: 20,
      retransmits: 3,
      probes: 2,
      inode: 0,
      refCount: 1,
      rto: 20,
      ato: 4,
      quickAck: 31,
      ssthresh: -1,
    },
    expect.objectContaining({ state: "FIN_WAIT2", timer: 3, timerExpires: 5980, refCount: 3, rto: undefined }),
    expect.objectContaining({ state: "SYN_RECV", remoteAddress: "10.0.0.2", refCount: 0, ssthresh: undefined }),
  ]);
  expect(Object.keys(rows[2] ?? {})).toEqual(Object.keys(LISTENER));
});

it("takes every kernel row on the fast path", () => {
  const scanner = new InetScanner(tcp.format, {});
  const text = bytes(TEXT);
  scanner.scan(text, 0, text.length, []);
  expect(scanner.fastRows).toBe(ROWS.length);
});

it("reads IPv6 addresses word by word, mapped ones as such, in either byte order", () => {
  const header =
    "  sl  local_address                         remote_address                        st tx_queue rx_queue tr\n";
  const rest = "0A 00000000:00000000 00:00000000 00000000     0        0 7 1 0000000000000000 100 0 0 10 0\n";
  const row = (local: string, remote: string) => bytes(`${header}   0: ${local}:1F90 ${remote}:0000 ${rest}`);
  const little = row("B80D0120000000000000000001000000", "0000000000000000FFFF00000100007F");
  const big = row("20010DB8000000000000000000000001", "00000000000000000000FFFF7F000001");
  for (const rows of [parseTcp6(little, { byteOrder: "LE" }), parseTcp6(big, { byteOrder: "BE" })]) {
    expect(rows[0]).toMatchObject({ localAddress: "2001:db8::1", localPort: 8080, remoteAddress: "::ffff:127.0.0.1" });
  }
  const scanner = new InetScanner(tcp6.format, {});
  scanner.scan(little, 0, little.length, []);
  expect(scanner.fastRows).toBe(1);
});

it("reads IPv4 of a big-endian machine", () => {
  const text = bytes(TEXT.replaceAll("0100007F", "7F000001"));
  expect(parseTcp(text, { byteOrder: "BE" })[0]?.localAddress).toBe("127.0.0.1");
});

describe("numbers beyond the fast path", () => {
  const only = (row: string) => parseTcp(bytes(`${HEADER}${row}\n`), { byteOrder: "LE" })[0];
  const base = ROWS[0] ?? "";

  it.each([
    [
      "queues from 2^31 on",
      base.replace("00000000:00000001", "FFFFFFFF:80000000"),
      { txQueue: 0xffffffff, rxQueue: 0x80000000 },
    ],
    [
      "the 16 digits of an old kernel's timer",
      base.replace("00:00000000", "01:00000001FFFFFFFF"),
      { timer: 1, timerExpires: 0x1ffffffff },
    ],
    ["a negative uid of Linux 3.10", base.replace(" 65534", "    -2"), { uid: 4294967294 }],
    ["a state of a later kernel", base.replace(" 0A ", " 0E "), { state: "UNKNOWN(14)" }],
    ["columns of a later kernel", `${base} 77 x`, { ssthresh: 0, extra: ["77", "x"] }],
    ["unhashed and hidden pointers", base.replace("00000000979a9b83", "(____ptrval____)"), { rto: 100 }],
    ["a large row number", base.replace("   0:", "1000000:"), { inode: 350302 }],
    ["an inode beyond 32 bits", base.replace("350302", "9007199254740991"), { inode: 9007199254740991 }],
  ])("%s", (_name, row, expected) => {
    expect(only(row)).toMatchObject(expected);
  });
});

describe("bad rows", () => {
  const cases: [string, string, string][] = [
    ["sl", "   0:", "   0 "],
    ["local_address", "0100007F:ADED", "0100007G:ADED"],
    ["local_address", "0100007F:ADED", "00007F:ADED"],
    ["st", " 0A ", " ZZ "],
    ["uid", " 65534 ", " uid "],
    ["inode", " 350302 ", " 35x302 "],
    ["ssthresh", "10 0", "10"],
    ["rto", " 100 0 0 10 0", ""],
  ];

  it.each(cases)("name the field %s", (field, from, to) => {
    const broken = (ROWS[0] ?? "").replace(from, to);
    const { strict, kept, issues } = outcome(parseTcp, bytes(`${HEADER}${broken}\n${ROWS[1]}\n`));
    expect(strict).toMatchObject({ code: "ERR_PARSE", line: 2, field, text: broken });
    expect(issues).toHaveLength(1);
    expect(kept).toHaveLength(1);
  });
});

it("filters by state, ports, uid and inode, on either path", () => {
  const odd = (ROWS[0] ?? "").replace("00000000:00000001", "00000000:80000001");
  const text = bytes(`${TEXT}${odd}\n`);
  const inodes = (where: object) => parseTcp(text, { where, byteOrder: "LE" }).map((row) => [row.state, row.inode]);
  expect(inodes({ state: "CLOSE_WAIT" })).toEqual([["CLOSE_WAIT", 0]]);
  expect(inodes({ state: ["SYN_RECV", "CLOSE_WAIT"] })).toHaveLength(2);
  expect(inodes({ localPort: 22 })).toEqual([["SYN_RECV", 0]]);
  expect(inodes({ remotePort: [39954] })).toEqual([["CLOSE_WAIT", 0]]);
  expect(inodes({ uid: 65534, inode: new Set([350302]) })).toHaveLength(2);
  // The one after other states too: bytes that were handed in may be of any writer.
  expect(inodes({ state: "LISTEN" })).toEqual([
    ["LISTEN", 350302],
    ["LISTEN", 350302],
  ]);
});

it("takes a threshold from its own line alone, and a minus only with its digits", () => {
  const short = (ROWS[1] ?? "").slice(0, -" -1".length);
  const lines = [`${short}\n-1\n`, `${short} - 1\n`, `${short} -0\n`];
  const lost = lines.map((line) => {
    const { kept, issues } = outcome(parseTcp, bytes(`${HEADER}${line}${ROWS[0]}\n`));
    return [(kept as unknown[]).length, issues.map((issue) => issue.line)];
  });
  expect(lost).toEqual([
    [1, [2, 3]],
    [1, [2]],
    [1, [2]],
  ]);
  // Behind the last row of a piece lie bytes of an earlier one.
  expect(outcome(parseTcp, bytes(`${HEADER}${ROWS[1]}\n${short}`)).kept).toHaveLength(1);
});

describeBroken("tcp", TEXT, parseTcp, { header: HEADER });

it("tells of a row that ends within the columns of fixed width, wanted or not", () => {
  const head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
  const row =
    "   0: 0100007F:D341 0100007F:0016 01 00000000:00000000 00:00000000 00000000     0        0 624252 1 0 100 0 0 10 0";
  for (const at of [8, 22, 40, 48, 60, 71]) {
    const broken = `${row.slice(0, at)}\n${row.slice(at + 1)}\n`;
    for (const where of [{ state: "LISTEN" }, { localPort: 1 }, { uid: 1 }, { inode: 1 }] as const) {
      const lines: (number | undefined)[] = [];
      parseTcp(new TextEncoder().encode(head + broken), { where, onIssue: ({ line }) => lines.push(line) });
      expect(lines).toEqual([2, 3]);
    }
  }
});
