import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inetMessage, tcpInfo } from "../../../../test/support/kernel/inet-message.ts";
import { kernelBytes } from "../netlink/bytes.ts";
import { BrokenMessage, Writer } from "../netlink/message.ts";
import { tcpInfoReader } from "./tcp-info.ts";
import { tcpRows } from "./tcp-row.ts";

const ROWS = {
  protocol: "tcp",
  namespace: 7,
  ipProtocol: undefined,
  readInfo: tcpInfoReader(),
  isCookieTold: true,
  isTimerExact: false,
} as const;
const read = (bytes: Uint8Array, littleEndian = true, rows: Parameters<typeof tcpRows>[0] = ROWS) =>
  tcpRows(rows)(kernelBytes(bytes, littleEndian), 0, bytes.length);
const text = (value: string): Uint8Array => new TextEncoder().encode(`${value}\0`);

/** What is there, without what is absent. */
const told = (row: object): object =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));

describe.each([
  ["little-endian", true],
  ["big-endian", false],
])("a TCP socket of a %s machine", (_, littleEndian) => {
  const u32 = (...values: number[]): Uint8Array => {
    const writer = new Writer(littleEndian);
    for (const value of values) writer.u32(value);
    return writer.bytes();
  };

  it("has what a row of procfs has, in its units, and more", () => {
    const info = tcpInfo(
      [
        ...([
          [2, 1, 3],
          [3, 1, 1],
          [8, 4, 204000],
          [12, 4, 44000],
          [68, 4, 1234],
          [72, 4, 56],
          [76, 4, 7],
          [80, 4, 10],
        ] as const),
        ...([
          [100, 4, 5],
          [120, 8, 2 ** 40 + 1],
          [128, 8, 9],
          [136, 4, 11],
          [140, 4, 12],
          [148, 4, 99],
        ] as const),
        ...([
          [200, 8, 2 ** 33],
          [208, 8, 14],
        ] as const),
      ],
      littleEndian,
    );
    const bytes = inetMessage(
      {
        ...{
          state: 1,
          timer: 1,
          retrans: 3,
          localPort: 8080,
          remotePort: 443,
          local: [192, 0, 2, 1],
          remote: [198, 51, 100, 7],
        },
        ...{
          interface: 3,
          cookie: [0x1a, 0x2],
          expires: 1239,
          rqueue: 17,
          wqueue: 18,
          uid: 4294967294,
          inode: 4000000000,
        },
        attributes: [
          [8, Uint8Array.of(2)],
          [2, info],
          [4, text("bbr")],
          [16, u32(5, 1, 77, 739, 512)],
          [15, u32(0xdeadbeef)],
          [17, u32(6)],
          [5, Uint8Array.of(0x10)],
          [7, u32(1, 2, 3, 4, 5, 6, 7, 8, 9)],
          [21, new Writer(littleEndian).raw(littleEndian ? u32(9, 1) : u32(1, 9)).bytes()],
          [18, text("a key of TCP-MD5")],
          [99, Uint8Array.of(0xab, 0xcd)],
        ],
      },
      littleEndian,
    );
    expect(read(bytes, littleEndian, { ...ROWS, isTimerExact: true }).timerExpires).toBe(123.9);
    expect(told(read(bytes, littleEndian))).toEqual({
      ...{ protocol: "tcp", namespace: 7, localAddress: "192.0.2.1", localPort: 8080 },
      ...{ remoteAddress: "198.51.100.7", remotePort: 443, state: "ESTABLISHED", txQueue: 18, rxQueue: 17 },
      ...{ timer: 1, timerExpires: 123, retransmits: 3, uid: 4294967294, probes: 1, inode: 4000000000 },
      ...{ rto: 20, ato: 4, cwnd: 10, ssthresh: 7, cookie: "20000001a", shutdown: 2, ifIndex: 3 },
      ...{ cgroupId: 4294967305, mark: 0xdeadbeef, classId: 6, tos: 16, congestion: "bbr" },
      bbr: { bw: 4294967301, min_rtt: 77, pacing_gain: 739, cwnd_gain: 512 },
      skMem: {
        rmem_alloc: 1,
        rcvbuf: 2,
        wmem_alloc: 3,
        sndbuf: 4,
        fwd_alloc: 5,
        wmem_queued: 6,
        optmem: 7,
        backlog: 8,
        drops: 9,
      },
      tcpInfo: {
        ...{ rto: 204000, ato: 44000, rtt: 1234, rttvar: 56, snd_ssthresh: 7, snd_cwnd: 10, total_retrans: 5 },
        ...{ bytes_acked: 2 ** 40 + 1, bytes_received: 9, segs_out: 11, segs_in: 12, min_rtt: 99 },
        ...{ bytes_sent: 2 ** 33, bytes_retrans: 14 },
      },
      unknownAttributes: { 99: "abcd" },
    });
  });

  it("that listens has its limit as backlog, and neither timeouts nor a threshold, which the kernel does not fill", () => {
    const info = tcpInfo([[80, 4, 10]], littleEndian);
    const row = read(
      inetMessage({ state: 10, rqueue: 2, wqueue: 128, attributes: [[2, info]] }, littleEndian),
      littleEndian,
    );
    expect(row).toMatchObject({ state: "LISTEN", txQueue: 0, rxQueue: 2, backlog: 128, cwnd: 10 });
    expect([row.rto, row.ato, row.ssthresh]).toEqual([undefined, undefined, undefined]);
  });

  it("in its first slow start has the threshold that procfs prints", () => {
    const info = tcpInfo([[76, 4, 0x7fffffff]], littleEndian);
    expect(read(inetMessage({ attributes: [[2, info]] }, littleEndian), littleEndian).ssthresh).toBe(-1);
  });

  it.each([
    [{ timer: 2, retrans: 4 }, [0, 4]],
    [{ timer: 4, retrans: 5 }, [0, 5]],
    [{ timer: 1, retrans: 6 }, [6, 0]],
  ])("without figures counts what was tried by its timer: %o", (message, [retransmits, probes]) => {
    expect(read(inetMessage(message, littleEndian), littleEndian)).toMatchObject({ retransmits, probes });
  });

  it("has the flags of its options", () => {
    const byte = littleEndian ? [0b0101_0010, 0b100] : [0b0100_1010, 0b0010_0000];
    const options = read(inetMessage({ attributes: [[22, Uint8Array.from(byte)]] }, littleEndian), littleEndian)
      .sockOpt!;
    const set = Object.entries(options).flatMap(([name, value]) => (value ? name : []));
    expect(set).toEqual(["is_icsk", "mc_loop", "mc_all", "defer_connect"]);
  });

  it("of IPv6 has its address in the library's words", () => {
    const rows = { ...ROWS, protocol: "tcp6" as const };
    const message = inetMessage(
      {
        family: 10,
        local: [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
        remote: [...Array(10).fill(0), 255, 255, 192, 0, 2, 9],
        attributes: [
          [11, Uint8Array.of(1)],
          [6, Uint8Array.of(8)],
        ],
      },
      littleEndian,
    );
    expect(read(message, littleEndian, rows)).toMatchObject({
      localAddress: "2001:db8::1",
      remoteAddress: "::ffff:192.0.2.9",
      v6only: true,
      tclass: 8,
    });
  });
});

it("the figures of MPTCP are not taken for those of TCP", () => {
  const row = read(inetMessage({ attributes: [[2, tcpInfo([], true, 96)]] }, true), true, {
    ...ROWS,
    ipProtocol: 262,
    readInfo: undefined,
  });
  expect([row.ipProtocol, row.tcpInfo, row.cwnd]).toEqual([262, undefined, undefined]);
});

it("a message that is shorter than its head is none", () => {
  expect(() => read(new Uint8Array(71))).toThrow(BrokenMessage);
});

it("whatever comes, a row or BrokenMessage, and nothing that lies behind the message is in it", () => {
  const attribute = fc.tuple(fc.integer({ min: 0, max: 30 }), fc.uint8Array({ maxLength: 300 }));
  const messages = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc
      .tuple(fc.array(attribute, { maxLength: 6 }), fc.boolean())
      .map(([attributes]) => inetMessage({ attributes }, true)),
    fc
      .tuple(fc.uint8Array({ minLength: 72, maxLength: 72 }), fc.uint8Array({ maxLength: 200 }))
      .map(([head, rest]) => Uint8Array.from([...head, ...rest])),
  );
  fc.assert(
    fc.property(messages, fc.boolean(), fc.nat(40), (message, littleEndian, cut) => {
      const bytes = message.subarray(0, Math.max(0, message.length - cut));
      const within = (filler: number): unknown => {
        const room = new Uint8Array(bytes.length + 64).fill(filler);
        room.set(bytes, 32);
        const row = tcpRows({ ...ROWS, readInfo: tcpInfoReader("all") });
        try {
          return row(kernelBytes(room, littleEndian), 32, 32 + bytes.length);
        } catch (error) {
          if (!(error instanceof BrokenMessage)) throw error;
          return error.message;
        }
      };
      expect(within(0xff)).toEqual(within(0));
    }),
    { numRuns: 2000 },
  );
});
