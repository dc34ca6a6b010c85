import * as fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { compiled, noCompiler } from "../../../../test/support/kernel/compiled.ts";
import { skipIf } from "../../../../test/support/tools.ts";
import { type KernelBytes, kernelBytes } from "../netlink/bytes.ts";
import { BrokenMessage, Writer } from "../netlink/message.ts";
import type { Dump } from "./dump.ts";
import { inetSockets } from "./inet.ts";
import { mptcpInfo, mptcpSubflow } from "./mptcp-info.ts";
import { netlinkSockets } from "./netlink.ts";
import { packetSockets } from "./packet.ts";
import { unixSockets } from "./unix.ts";
import { vsockSockets } from "./vsock.ts";

const told = (row: object | undefined): object =>
  Object.fromEntries(Object.entries(row ?? {}).filter(([, value]) => value !== undefined));
const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe.each([
  ["little-endian", true],
  ["big-endian", false],
])("of a %s machine", (_, littleEndian) => {
  const writer = (): Writer => new Writer(littleEndian);
  const u32 = (...values: number[]): Uint8Array => {
    const made = writer();
    for (const value of values) made.u32(value);
    return made.bytes();
  };
  const u16 = (...values: number[]): Uint8Array => {
    const made = writer();
    for (const value of values) made.u16(value);
    return made.bytes();
  };
  const read = <Row>(dump: Dump<Row>, made: Writer): Row | undefined => {
    const bytes = made.bytes();
    return dump.reader()(kernelBytes(bytes, littleEndian), 0, bytes.length);
  };
  const unix = (type: number, state: number, inode: number): Writer =>
    writer().u8(1, type, state, 0).u32(inode).u32(0x1a).u32(2);

  it("a unix socket has all that the kernel tells", () => {
    const made = unix(1, 10, 4000000000)
      .attribute(0, bytesOf("/run/\xff\0"))
      .attribute(1, u32(77, (254 << 20) | 0x1234))
      .attribute(3, u32(5, 6))
      .attribute(4, u32(2, 128))
      .attribute(5, u32(1, 2, 3, 4, 5, 6, 7, 8, 9))
      .attribute(6, Uint8Array.of(3))
      .attribute(7, u32(65534))
      .attribute(9, Uint8Array.of(0xab));
    expect(told(read(unixSockets({ cookie: true, namespace: 4 }), made))).toEqual({
      ...{ protocol: "unix", namespace: 4, flags: 0x10000, listening: true, type: "STREAM", state: "UNCONNECTED" },
      ...{ inode: 4000000000, path: "/run/\ufffd", pathBytes: bytesOf("/run/\xff"), cookie: "20000001a", shutdown: 3 },
      ...{
        peer: 0,
        vfs: { inode: 77, dev: 0x34 | (254 << 8) | (0x1200 << 12) },
        icons: [5, 6],
        rxQueue: 2,
        txQueue: 128,
        uid: 65534,
      },
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
      unknownAttributes: { 9: "ab" },
    });
  });

  it.each([
    ["\0abc\0", "@abc@"],
    ["\0", "@"],
    ["@abc", "@abc"],
    ["/a b\nc\0behind", "/a b\nc"],
    ["\0\xc3\xa9", "@é"],
    ["", undefined],
    ["\0".repeat(108), "@".repeat(108)],
  ])("a unix name %j is printed as %j", (name, path) => {
    const row = read(unixSockets(), unix(2, 7, 1).attribute(0, bytesOf(name)));
    expect([row?.path, row?.pathBytes]).toEqual([path, undefined]);
  });

  it.each([
    [1, 9, "CONNECTED"],
    [7, 9, "UNCONNECTED"],
    [1, 0, "CONNECTING"],
    [7, 0, "DISCONNECTING"],
  ])("a unix socket in state %i with inode %i is %s", (state, inode, name) => {
    expect(read(unixSockets(), unix(5, state, inode))).toMatchObject({
      state: name,
      type: "SEQPACKET",
      listening: false,
      flags: 0,
    });
  });

  it("a netlink socket has its groups' first word, and is told once", () => {
    const made = (): Writer =>
      writer()
        .u8(16, 3, 15, 7)
        .u32(4000000000)
        .u32(0)
        .u32(0)
        .u32(99)
        .u32(7)
        .u32(0)
        .attribute(0, u32(1, 2, 3, 4, 5, 6, 7, 8, 9))
        .attribute(1, writer().u64(0x1_0000_0005n).bytes())
        .attribute(4, u32(9));
    const dump = netlinkSockets({ cookie: true });
    expect(told(read(dump, made()))).toMatchObject({
      ...{
        protocol: "netlink",
        netlinkProtocol: 15,
        portId: 4000000000,
        groups: 5,
        rmem: 1,
        wmem: 3,
        dump: true,
        drops: 9,
      },
      ...{ inode: 99, cookie: "7" },
    });
    const reader = dump.reader();
    const bytes = made().bytes();
    const again = (): unknown => reader(kernelBytes(bytes, littleEndian), 0, bytes.length);
    expect([again() === undefined, again()]).toEqual([false, undefined]);
    // Of a machine of 32 bits the word is as wide.
    const narrow = writer().u8(16, 3, 0, 7).u32(1).u32(0).u32(0).u32(99).u32(7).u32(0).attribute(1, u32(6));
    expect(read(netlinkSockets(), narrow)).toMatchObject({ groups: 6, dump: undefined, drops: undefined });
  });

  it("a packet socket", () => {
    const made = writer()
      .u8(17, 3)
      .u16(0x0800)
      .u32(12)
      .u32(1)
      .u32(0)
      .attribute(0, u32(2, 1, 16, 0xffffffff, 80, 0x0b))
      .attribute(1, Uint8Array.from([...u32(2, 3), ...u16(0, 6), ...bytesOf("\x01\0^\0\0\xfb"), ...Array(26).fill(9)]))
      .attribute(2, u32(4096, 4, 2048, 8, 0, 0, 0))
      .attribute(4, u32(0x8006fde8))
      .attribute(5, u32(1000))
      .attribute(6, u32(40, 2, 3, 4, 5, 6, 7, 8, 9))
      .attribute(7, Uint8Array.from([...u16(0x28), 0, 255, ...u32(12), 1, 2, 3]))
      .attribute(8, Uint8Array.of(1));
    expect(told(read(packetSockets({ cookie: true, filter: true }), made))).toEqual({
      ...{
        protocol: "packet",
        etherType: 0x0800,
        type: 3,
        ifIndex: 2,
        running: true,
        rmem: 40,
        uid: 1000,
        inode: 12,
        cookie: "1",
      },
      skMem: expect.objectContaining({ rmem_alloc: 40, drops: 9 }),
      version: "TPACKET_V2",
      reserve: 16,
      copyThreshold: -1,
      timestamp: 80,
      packetOptions: { auxdata: true, origdev: false, vnethdr: true, loss: false },
      memberships: [{ ifIndex: 2, count: 3, type: "MULTICAST", address: "01:00:5e:00:00:fb" }],
      rxRing: {
        ...{ blockSize: 4096, blockCount: 4, frameSize: 2048, frameCount: 8 },
        ...{ retireTimeout: 0, privateSize: 0, features: 0 },
      },
      fanout: { id: 65000, type: "cbpf", flags: 0x8000 },
      filter: [{ code: 0x28, jt: 0, jf: 255, k: 12 }],
      unknownAttributes: { 8: "01" },
    });
  });

  it("a packet socket with what no kernel says yet, or with less than there should be", () => {
    const head = (): Writer => writer().u8(17, 3).u16(3).u32(12).u32(1).u32(0);
    const address = Array.from({ length: 32 }, (_, at) => at);
    const odd = head()
      .attribute(0, u32(2, 7, 0, 0, 0, 0xffffffe0))
      .attribute(
        1,
        Uint8Array.from([...u32(1, 1), ...u16(9, 40), ...address, ...u32(1, 1), ...u16(1, 0), ...address, 1]),
      )
      .attribute(4, u32(0x00090001));
    expect(read(packetSockets(), odd)).toMatchObject({
      version: "UNKNOWN(7)",
      running: false,
      packetOptions: { auxdata: false, origdev: false, vnethdr: false, loss: false },
      memberships: [
        {
          ifIndex: 1,
          count: 1,
          type: "UNKNOWN(9)",
          address: address.map((one) => one.toString(16).padStart(2, "0")).join(":"),
        },
        { ifIndex: 1, count: 1, type: "PROMISC", address: undefined },
      ],
      fanout: { id: 1, type: "UNKNOWN(9)" },
      filter: undefined,
    });
    const short = head();
    for (const type of [0, 2, 3, 4, 5, 6]) short.attribute(type, Uint8Array.of(1, 2));
    expect(told(read(packetSockets({ filter: true }), short.attribute(1, Uint8Array.of(1))))).toEqual({
      ...{ protocol: "packet", etherType: 3, type: 3, ifIndex: 0, running: false, rmem: 0, uid: 0, inode: 12 },
      memberships: [],
      filter: [],
    });
    // Without the right the kernel gives one that is empty.
    expect(read(packetSockets({ filter: true }), head().attribute(7, new Uint8Array()))).toMatchObject({
      filter: undefined,
    });
  });

  it("a socket between machines", () => {
    const made = writer().u8(40, 1, 1, 2).u32(3).u32(1024).u32(2).u32(22).u32(55).u32(9).u32(1);
    expect(read(vsockSockets({ namespace: 8 }), made)).toEqual({
      ...{ protocol: "vsock", namespace: 8, type: "STREAM", state: "ESTABLISHED", localCid: 3, localPort: 1024 },
      ...{ remoteCid: 2, remotePort: 22, inode: 55, shutdown: 2, cookie: "100000009" },
    });
  });

  it("a UDP socket has its drops by its memory, and a raw one its protocol as its port", () => {
    const head = (port: number): Writer =>
      writer()
        .u8(2, 7, 0, 0)
        .u8(port >> 8, port & 0xff, 0, 0)
        .raw(Uint8Array.from([127, 0, 0, 1, ...Array(28).fill(0)]))
        .u32(0)
        .u32(5)
        .u32(0)
        .u32(0)
        .u32(17)
        .u32(18)
        .u32(19)
        .u32(20);
    const udp = head(53).attribute(7, u32(1, 2, 3, 4, 5, 6, 7, 8, 4294967295));
    expect(read(inetSockets({ protocol: "udp" }), udp)).toMatchObject({
      state: "CLOSE",
      localAddress: "127.0.0.1",
      localPort: 53,
      drops: 4294967295,
      rxQueue: 17,
      txQueue: 18,
      uid: 19,
      inode: 20,
    });
    const old = head(1)
      .attribute(7, u32(1, 2, 3, 4, 5, 6, 7, 8))
      .attribute(10, Uint8Array.of(1));
    expect(read(inetSockets({ protocol: "raw" }), old)).toMatchObject({
      protocol: "raw",
      localPort: 1,
      drops: undefined,
      unknownAttributes: undefined,
    });
  });
});

const DUMPS: readonly (readonly [string, Dump<object>, number])[] = [
  ["unix", unixSockets({ cookie: true }), 16],
  ["netlink", netlinkSockets({ cookie: true }), 28],
  ["packet", packetSockets({ cookie: true, memberships: true, filter: true }), 16],
  ["vsock", vsockSockets(), 32],
  ["udp6", inetSockets({ protocol: "udp6", cookie: true }), 72],
];

it.each(DUMPS)(
  "whatever comes as a socket of %s, it is one or BrokenMessage, and nothing behind it is in it",
  (_, dump, head) => {
    const attribute = fc.tuple(fc.nat(12), fc.uint8Array({ maxLength: 100 }));
    const whole = fc
      .tuple(fc.uint8Array({ minLength: head, maxLength: head }), fc.array(attribute, { maxLength: 5 }))
      .map(([bytes, attributes]) => {
        const writer = new Writer(true).raw(bytes);
        for (const [type, value] of attributes) writer.attribute(type, value);
        return writer.bytes();
      });
    const bytes = fc.oneof(
      whole,
      fc.uint8Array({ maxLength: 120 }),
      fc.tuple(whole, fc.nat(20)).map(([all, cut]) => all.slice(0, Math.max(0, all.length - cut))),
    );
    fc.assert(
      fc.property(bytes, fc.boolean(), (message, littleEndian) => {
        const within = (filler: number): unknown => {
          const room = new Uint8Array(message.length + 64).fill(filler);
          room.set(message, 16);
          try {
            return dump.reader()(kernelBytes(room, littleEndian), 16, 16 + message.length);
          } catch (error) {
            if (!(error instanceof BrokenMessage)) throw error;
            return error.message;
          }
        };
        const found = within(0xff);
        expect(found).toEqual(within(0));
        expect(typeof found).toBe(message.length < head ? "string" : "object");
      }),
      { numRuns: 500 },
    );
  },
);

describe("what is asked", () => {
  const dumps: Record<string, [Dump<object>, string]> = {
    inet: [
      inetSockets({ protocol: "tcp6", states: 0x402, memory: true }),
      "struct inet_diag_req_v2 r = { .sdiag_family = 10, .sdiag_protocol = 6, .idiag_ext = (1 << (INET_DIAG_INFO - 1)) | (1 << (INET_DIAG_SKMEMINFO - 1)), .idiag_states = (1 << 1) | (1 << 10) };",
    ],
    unix: [
      unixSockets({ states: 2, uid: false }),
      "struct unix_diag_req r = { .sdiag_family = 1, .udiag_states = 2, .udiag_show = UDIAG_SHOW_NAME | UDIAG_SHOW_VFS | UDIAG_SHOW_PEER | UDIAG_SHOW_ICONS | UDIAG_SHOW_RQLEN, .udiag_cookie = { -1, -1 } };",
    ],
    netlink: [
      netlinkSockets(),
      "struct netlink_diag_req r = { .sdiag_family = 16, .sdiag_protocol = NDIAG_PROTO_ALL, .ndiag_show = NDIAG_SHOW_MEMINFO | NDIAG_SHOW_GROUPS | NDIAG_SHOW_FLAGS, .ndiag_cookie = { -1, -1 } };",
    ],
    packet: [
      packetSockets(),
      "struct packet_diag_req r = { .sdiag_family = 17, .pdiag_show = PACKET_SHOW_INFO | PACKET_SHOW_MEMINFO | PACKET_SHOW_RING_CFG | PACKET_SHOW_FANOUT, .pdiag_cookie = { -1, -1 } };",
    ],
    "packet, apart": [
      packetSockets({ rings: false, fanout: false, memberships: true, filter: true }),
      "struct packet_diag_req r = { .sdiag_family = 17, .pdiag_show = PACKET_SHOW_INFO | PACKET_SHOW_MEMINFO | PACKET_SHOW_MCLIST | PACKET_SHOW_FILTER, .pdiag_cookie = { -1, -1 } };",
    ],
    vsock: [
      vsockSockets({ states: 2 }),
      "struct vsock_diag_req r = { .sdiag_family = 40, .vdiag_states = 2, .vdiag_cookie = { -1, -1 } };",
    ],
  };

  beforeEach((context) => skipIf(context, noCompiler()));

  it.each(Object.entries(dumps))(
    "of %s is what the C compiler makes of the kernel's header",
    (_, [dump, declaration]) => {
      const said = compiled(`
      #include <linux/sock_diag.h>
      #include <linux/inet_diag.h>
      #include <linux/unix_diag.h>
      #include <linux/netlink_diag.h>
      #include <linux/packet_diag.h>
      #include <linux/types.h>
      #include <linux/vm_sockets_diag.h>
      #include <stdio.h>
      int main(void) { ${declaration} for (unsigned at = 0; at < sizeof r; at++) printf("%02x", ((unsigned char *)&r)[at]); }`);
      expect(Buffer.from(dump.question.payload).toString("hex")).toBe(said);
    },
  );
});

it("figures of MPTCP are as many as came", () => {
  const bytes = Uint8Array.from({ length: 96 }, (_, at) => at);
  const of: KernelBytes = kernelBytes(bytes, true);
  expect(mptcpInfo(of, 0, 43)).toMatchObject({
    subflows: 0,
    add_addr_accepted_max: 5,
    flags: 0x0b0a0908,
    token: 0x0f0e0d0c,
    write_seq: "1716151413121110",
    csum_enabled: 42,
  });
  expect(Object.keys(mptcpInfo(of, 0, 43))).not.toContain("retransmits");
  expect(mptcpInfo(of, 0, 96)).toMatchObject({
    retransmits: 0x2f2e2d2c,
    subflows_total: 80,
    last_data_sent: 0x57565554,
    last_ack_recv: 0x5f5e5d5c,
  });
  const subflow = new Writer(true)
    .attribute(1, Uint8Array.of(1, 0, 0, 0))
    .attribute(4, bytes.slice(0, 8))
    .attribute(7, Uint8Array.of(9, 1))
    .attribute(9, Uint8Array.of(3))
    .attribute(20, bytes.slice(0, 4))
    .bytes();
  expect(mptcpSubflow(kernelBytes(subflow, true), 0, subflow.length)).toEqual({
    token_rem: 1,
    map_seq: "706050403020100",
    map_datalen: 265,
    id_rem: 3,
  });
});
