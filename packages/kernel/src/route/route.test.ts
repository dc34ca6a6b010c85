import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Dump } from "../diag/dump.ts";
import { kernelBytes } from "../netlink/bytes.ts";
import { BrokenMessage, Writer } from "../netlink/message.ts";
import { addresses } from "./addresses.ts";
import { links } from "./links.ts";
import { neighbours } from "./neighbours.ts";
import { routes } from "./routes.ts";
import { rules } from "./routing-rules.ts";

/*
 * Messages by hand, of what this machine's kernel has not: kinds of interfaces, new attributes, the other order of bytes. Numbers of
 * attributes are those of include/uapi/linux.
 */

const told = (row: object | undefined): object =>
  Object.fromEntries(Object.entries(row ?? {}).filter(([, value]) => value !== undefined));
const text = (letters: string): Uint8Array => new TextEncoder().encode(`${letters}\0`);
const IPV4 = Uint8Array.of(192, 0, 2, 1);
const IPV6 = Uint8Array.of(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9);
const HARDWARE = Uint8Array.of(2, 0, 0, 0, 0, 0xab);

describe.each([
  ["little-endian", true],
  ["big-endian", false],
])("of a %s machine", (_, littleEndian) => {
  const writer = (): Writer => new Writer(littleEndian);
  const u16 = (value: number): Uint8Array => writer().u16(value).bytes();
  const u32 = (...values: number[]): Uint8Array => {
    const made = writer();
    for (const value of values) made.u32(value);
    return made.bytes();
  };
  const u64 = (...values: bigint[]): Uint8Array => {
    const made = writer();
    for (const value of values) made.u64(value);
    return made.bytes();
  };
  const nest = (...attributes: (readonly [number, Uint8Array])[]): Uint8Array => {
    const made = writer();
    for (const [type, value] of attributes) made.attribute(type, value);
    return made.bytes();
  };
  const read = <Row>(dump: Dump<Row>, made: Writer): Row | undefined => {
    const bytes = made.bytes();
    return dump.reader()(kernelBytes(bytes, littleEndian), 0, bytes.length);
  };
  const link = (): Writer => writer().u8(0, 0).u16(1).u32(300).u32(0x11043).u32(0);
  const ofKind = (kind: string, data: Uint8Array, slaveKind?: string, slaveData?: Uint8Array): Uint8Array =>
    nest(
      [1, text(kind)],
      [2, data],
      ...(slaveKind === undefined
        ? []
        : ([
            [4, text(slaveKind)],
            [5, slaveData!],
          ] as const)),
    );

  it("an interface has all that the kernel tells", () => {
    const counters = Array.from({ length: 25 }, (_, place) => 2n ** 60n + BigInt(place));
    const made = link()
      .attribute(3, text("eth0"))
      .attribute(1, HARDWARE)
      .attribute(54, HARDWARE)
      .attribute(4, u32(9000))
      .attribute(5, u32(0))
      .attribute(10, u32(70000))
      .attribute(16, Uint8Array.of(6))
      .attribute(33, Uint8Array.of(1))
      .attribute(34, Uint8Array.of(0xde, 0xad))
      .attribute(35, u32(4))
      .attribute(37, u32(0xffffffff))
      .attribute(38, text("p0"))
      .attribute(39, Uint8Array.of(1))
      .attribute(55, nest([1, u32(3)], [2, u32(2)]))
      .attribute(43, nest([2, Uint8Array.of(1)], [4, u32(77)]))
      .attribute(14, writer().u64(1n).u64(2n).u64(3n).u16(11).u8(4, 5).u32(0).bytes())
      .attribute(26, nest([10, nest([1, u32(0x80000000)], [7, IPV6], [8, Uint8Array.of(3)], [9, u32(1280)])]))
      .attribute(52 | 0x8000, nest([53, text("enp0s3")], [53, text("enx02")]))
      .attribute(56, text("0000:00:03.0"))
      .attribute(57, text("pci"))
      .attribute(62, nest([1, text("pci")], [2, text("0000:00:03.0")], [3, u32(9)]))
      .attribute(65, nest([1, u32(12)]))
      .attribute(66, u32(5000))
      .attribute(67, Uint8Array.of(1))
      .attribute(68, u16(128))
      .attribute(69, u16(64))
      .attribute(23, u64(...counters))
      .attribute(7, new Uint8Array(96))
      .attribute(999, Uint8Array.of(1, 2));
    const row = read(links({ bigint: true }), made)!;
    const { statistics, ...rest } = row;
    expect(told(rest)).toEqual({
      ...{ index: 300, name: "eth0", flags: 0x11043, hwType: 1, altNames: ["enp0s3", "enx02"], mtu: 9000 },
      ...{ hwAddress: "02:00:00:00:00:ab", permanentHwAddress: "02:00:00:00:00:ab", master: 70000, operState: "up" },
      ...{ carrier: 1, carrierChanges: 4, physicalPortId: "dead", physicalPortName: "p0", linkNamespace: -1 },
      ...{ protoDown: 1, protoDownReasons: 2, xdp: { attached: 1, programId: 77 } },
      map: { memStart: 1, memEnd: 2, baseAddress: 3, irq: 11, dma: 4, port: 5 },
      ipv6: { flags: 0x80000000, addressGenerationMode: 3, token: "2001:db8::9", routerMtu: 1280 },
      ...{ parentDevice: "0000:00:03.0", parentBus: "pci", devlinkPort: "pci/0000:00:03.0/9", dpllPin: 12 },
      ...{ maxPacingOffloadHorizon: 5000, isNamespaceImmutable: 1, headroom: 128, tailroom: 64 },
      unknownAttributes: { 999: "0102" },
    });
    expect(Object.values(statistics!)).toEqual(counters);
    expect(statistics).toMatchObject({ rx_packets: 2n ** 60n, tx_bytes: 2n ** 60n + 3n, collisions: 2n ** 60n + 9n });
    expect(read(links(), made)!.statistics!.rx_bytes).toBe(2 ** 60);
    // Before Linux 4.6 the structure was shorter.
    const old = read(links(), link().attribute(23, u64(...counters.slice(0, 23))))!.statistics!;
    expect([old.tx_compressed, old.rx_nohandler, old.rx_otherhost_dropped]).toEqual([2 ** 60, undefined, undefined]);
  });

  it.each([
    [
      "vlan",
      nest([1, u16(4094)], [2, u32(1, 0xff)], [5, Uint8Array.of(0x81, 0)]),
      { id: 4094, flags: 1, protocol: 0x8100 },
    ],
    [
      "vxlan",
      nest(
        [1, u32(77)],
        [2, IPV4],
        [10, Uint8Array.of(0, 80, 0x20, 0)],
        [15, Uint8Array.of(0x12, 0xb5)],
        [17, IPV6],
        [23, new Uint8Array(0)],
        [26, Uint8Array.of(0, 0, 1, 2)],
        [40, u32(1)],
      ),
      {
        ...{
          id: 77,
          group: "192.0.2.1",
          port_range: "80-8192",
          port: 4789,
          local6: "2001:db8::9",
          gbp: 1,
          label: 0x102,
        },
        "UNKNOWN(40)": littleEndian ? "01000000" : "00000001",
      },
    ],
    [
      "bond",
      nest(
        [1, Uint8Array.of(4)],
        [3, u32(100)],
        [11, u32(3)],
        [14, Uint8Array.of(1)],
        [24, u16(65535)],
        [26, HARDWARE],
      ),
      {
        mode: 4,
        miimon: 100,
        primary: 3,
        xmit_hash_policy: 1,
        ad_actor_sys_prio: 65535,
        ad_actor_system: "02:00:00:00:00:ab",
      },
    ],
    ["vrf", nest([1, u32(4000000000)]), { table: 4000000000 }],
    ["macvlan", nest([1, u32(4)], [2, u16(1)], [9, u32(0xffffffff)]), { mode: 4, flags: 1, bc_cutoff: -1 }],
    ["ipvlan", nest([1, u16(1)], [2, u16(2)]), { mode: 1, flags: 2 }],
    [
      "gre",
      nest([4, Uint8Array.of(0, 0, 0, 7)], [6, IPV4], [7, IPV4]),
      { ikey: 7, local: "192.0.2.1", remote: "192.0.2.1" },
    ],
    ["ip6tnl", nest([2, IPV6], [9, Uint8Array.of(41)]), { local: "2001:db8::9", proto: 41 }],
    ["tun", nest([1, u32(1000)], [3, Uint8Array.of(2)], [8, u32(4)]), { owner: 1000, type: 2, num_queues: 4 }],
    ["constructor", nest([1, Uint8Array.of(9)]), { "UNKNOWN(1)": "09" }],
  ])("an interface of the kind %s tells of itself", (kind, data, expected) => {
    const row = read(links(), link().attribute(18, ofKind(kind, data)))!;
    expect(row.kind).toBe(kind);
    expect(row.data).toEqual(expected);
  });

  it("a part of a bond tells of itself", () => {
    const slave = nest([1, Uint8Array.of(0)], [3, u32(5)], [4, HARDWARE], [5, u16(2)], [9, u32(0xffffffff)]);
    expect(read(links(), link().attribute(18, ofKind("veth", new Uint8Array(0), "bond", slave)))!.slaveData).toEqual({
      ...{ state: 0, link_failure_count: 5, perm_hwaddr: "02:00:00:00:00:ab", queue_id: 2, prio: -1 },
    });
  });

  it("an address has all that the kernel tells", () => {
    const made = writer()
      .u8(2, 25, 0x80, 253)
      .u32(70000)
      .attribute(1, Uint8Array.of(192, 0, 2, 2))
      .attribute(2, IPV4)
      .attribute(4, Uint8Array.of(192, 0, 2, 127))
      .attribute(3, text("eth0:1"))
      .attribute(6, u32(0xffffffff, 7200, 12345, 678))
      .attribute(8, u32(0x80000380))
      .attribute(9, u32(77))
      .attribute(11, Uint8Array.of(3))
      .attribute(20, Uint8Array.of(7));
    expect(told(read(addresses(), made))).toEqual({
      ...{ family: "IPv4", ifIndex: 70000, address: "192.0.2.1", prefixLength: 25, peer: "192.0.2.2" },
      ...{ broadcast: "192.0.2.127", scope: "link", flags: 0x80000380, label: "eth0:1", validLifetime: 7200 },
      ...{ createdAt: 123.45, updatedAt: 6.78, metric: 77, protocol: 3, unknownAttributes: { 20: "07" } },
    });
    expect(told(read(addresses(), writer().u8(10, 64, 0x80, 0).u32(3).attribute(1, IPV6)))).toEqual({
      ...{ family: "IPv6", ifIndex: 3, address: "2001:db8::9", prefixLength: 64, scope: "universe", flags: 0x80 },
    });
    expect(read(addresses({ ifIndex: 4 }), writer().u8(10, 64, 0x80, 0).u32(3).attribute(1, IPV6))).toBeUndefined();
    expect(read(addresses(), writer().u8(28, 0, 0, 0).u32(1).attribute(1, IPV4))).toBeUndefined();
  });

  it("a route has all that the kernel tells", () => {
    const hops = [
      [writer().attribute(5, IPV4).attribute(11, u32(0x50009)), 4, 255],
      [
        writer()
          .attribute(18, writer().u16(10).raw(IPV6).bytes())
          .attribute(21, u16(1))
          .attribute(22, nest([1, u32(1)])),
        0,
        0,
      ],
    ] as const;
    const multipath = writer();
    for (const [attributes, flags, weight] of hops) {
      const bytes = attributes.bytes();
      multipath
        .u16(8 + bytes.length)
        .u8(flags, weight)
        .u32(70000)
        .raw(bytes);
    }
    const made = writer()
      .u8(2, 24, 0, 0x10)
      .u8(252, 186, 0, 1)
      .u32(0x4000)
      .attribute(1, IPV4)
      .attribute(15, u32(4000000000))
      .attribute(6, u32(4294967295))
      .attribute(7, IPV4)
      .attribute(9, multipath.bytes())
      .attribute(8, nest([1, u32(4)], [2, u32(1400)], [4, u32(320)], [16, text("bbr")], [30, u32(1)]))
      .attribute(12, u32(1, 2, 300, 0, 5, 0, 0, 0))
      .attribute(20, Uint8Array.of(1))
      .attribute(26, Uint8Array.of(1))
      .attribute(30, u32(9))
      .attribute(77, Uint8Array.of(1));
    const one = littleEndian ? "0800010001000000" : "0008000100000001";
    const nothing = { encapsulation: undefined, realm: undefined, unknownAttributes: undefined };
    expect(told(read(routes(), made))).toEqual({
      ...{ family: "IPv4", table: 4000000000, type: "UNICAST", protocol: "BGP", scope: "universe" },
      ...{ destination: "192.0.2.1", prefixLength: 24, sourcePrefixLength: 0, tos: 0x10, nextHopId: 9 },
      ...{ metric: 4294967295, preferredSource: "192.0.2.1", flags: 0x4000, preference: "HIGH", ttlPropagate: 1 },
      metrics: {
        ...{ lock: 4, mtu: 1400, rtt: 320, cc_algo: "bbr" },
        unknownAttributes: { 30: littleEndian ? "01000000" : "00000001" },
      },
      cacheInfo: { clntref: 1, lastuse: 2, expires: 300, error: 0, used: 5 },
      expires: 3,
      nextHops: [
        { ...nothing, gateway: "192.0.2.1", ifIndex: 70000, weight: 256, flags: 4, realm: 0x50009 },
        {
          ...nothing,
          gateway: "2001:db8::9",
          ifIndex: 70000,
          weight: 1,
          flags: 0,
          encapsulation: { type: "MPLS", data: one },
        },
      ],
      unknownAttributes: { 77: "01" },
    });
  });

  it("a route of one way has it in the same form, and one that leads nowhere has none", () => {
    const bare = (type: number): Writer => writer().u8(10, 0, 64, 0).u8(254, 200, 0, type).u32(0x14);
    const one = read(
      routes(),
      bare(1).attribute(2, IPV6).attribute(4, u32(3)).attribute(5, IPV6).attribute(21, u16(99)),
    )!;
    expect(one).toMatchObject({
      destination: "::",
      source: "2001:db8::9",
      sourcePrefixLength: 64,
      protocol: "UNKNOWN(200)",
    });
    expect(one.nextHops.map(told)).toEqual([
      { gateway: "2001:db8::9", ifIndex: 3, weight: 1, flags: 0x14, encapsulation: { type: "UNKNOWN(99)", data: "" } },
    ]);
    expect(read(routes(), bare(6))).toMatchObject({ type: "BLACKHOLE", nextHops: [] });
  });

  it("a neighbour has all that the kernel tells", () => {
    const made = writer().u8(10, 0, 0, 0).u32(70000).u16(0x04).u8(0x90, 1);
    made
      .attribute(1, IPV6)
      .attribute(2, HARDWARE)
      .attribute(3, u32(6000, 150, 20, 2))
      .attribute(4, u32(3));
    made.attribute(9, u32(7)).attribute(12, Uint8Array.of(11)).attribute(15, u32(3)).attribute(5, u16(1));
    expect(told(read(neighbours(), made))).toEqual({
      ...{ family: "IPv6", address: "2001:db8::9", ifIndex: 70000, hwAddress: "02:00:00:00:00:ab", state: "STALE" },
      ...{ flags: 0x390, type: "UNICAST", probes: 3, confirmedAgo: 60, usedAgo: 1.5, updatedAgo: 0.2, refCount: 2 },
      ...{ protocol: "ZEBRA", master: 7, unknownAttributes: { 5: littleEndian ? "0100" : "0001" } },
    });
  });

  it("a rule has all that the kernel tells", () => {
    const made = writer().u8(2, 24, 8, 0x10).u8(0, 0, 0, 1).u32(2);
    made
      .attribute(1, IPV4)
      .attribute(2, IPV4)
      .attribute(3, text("eth0"))
      .attribute(17, text("lo"))
      .attribute(6, u32(100));
    made.attribute(4, u32(200)).attribute(10, u32(0xffffffff)).attribute(16, u32(0xff)).attribute(11, u32(0x30004));
    made
      .attribute(12, Uint8Array.of(0, 0, 0, 0x11, 0, 0, 0, 7))
      .attribute(13, u32(0xffffffff))
      .attribute(14, u32(24));
    made.attribute(15, u32(70000)).attribute(19, Uint8Array.of(1)).attribute(20, u32(0, 0xfffffffe));
    made.attribute(21, Uint8Array.of(4)).attribute(22, Uint8Array.of(17));
    made.attribute(23, writer().u16(53).u16(53).bytes()).attribute(24, writer().u16(1).u16(65535).bytes());
    made
      .attribute(25, Uint8Array.of(46))
      .attribute(26, Uint8Array.of(0, 1, 0, 2))
      .attribute(27, Uint8Array.of(0, 0xf, 0xff, 0xff));
    made
      .attribute(28, u16(0xff00))
      .attribute(29, u16(0xf))
      .attribute(30, Uint8Array.of(63))
      .attribute(31, Uint8Array.of(1));
    expect(told(read(rules(), made))).toEqual({
      ...{ family: "IPv4", priority: 100, action: "TO_TBL", table: 70000, isInverted: true, flags: 2, goto: 200 },
      ...{
        source: "192.0.2.1",
        sourcePrefixLength: 8,
        destination: "192.0.2.1",
        destinationPrefixLength: 24,
        tos: 0x10,
      },
      ...{ inInterface: "eth0", outInterface: "lo", mark: 0xffffffff, markMask: 0xff, realms: 0x30004 },
      ...{ tunnelId: 0x1100000007, suppressPrefixLength: 24, isL3mdev: true, users: { first: 0, last: 0xfffffffe } },
      ...{ protocol: "STATIC", ipProtocol: 17, sourcePorts: { first: 53, last: 53 }, dscp: 46, dscpMask: 63 },
      ...{ destinationPorts: { first: 1, last: 65535 }, flowLabel: 0x10002, flowLabelMask: 0xfffff },
      ...{ sourcePortMask: 0xff00, destinationPortMask: 0xf, unknownAttributes: { 31: "01" } },
    });
  });

  it("whatever bytes come give a row, none, or say that the message is broken", () => {
    const dumps: readonly Dump<unknown>[] = [
      links(),
      links({ bigint: true }),
      addresses(),
      routes(),
      neighbours(),
      rules(),
    ];
    // A head of a known family, and attributes that may say to be of any length.
    const attribute = fc
      .tuple(
        fc.integer({ min: 0, max: 90 }),
        fc.uint8Array({ maxLength: 220 }),
        fc.option(fc.integer({ min: 0, max: 300 })),
      )
      .map(([type, value, lie]) => {
        const bytes = writer().attribute(type, value).bytes();
        new DataView(bytes.buffer).setUint16(0, lie ?? value.length + 4, littleEndian);
        return [...bytes];
      });
    const message = fc
      .tuple(
        fc.constantFrom(2, 10, 7),
        fc.uint8Array({ minLength: 7, maxLength: 15 }),
        fc.array(attribute, { maxLength: 9 }),
      )
      .map(([family, head, attributes]) => Uint8Array.from([family, ...head, ...attributes.flat()]));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), message), (bytes) => {
        for (const dump of dumps)
          try {
            const row = dump.reader()(kernelBytes(bytes, littleEndian), 0, bytes.length);
            if (row !== undefined) expect(typeof row).toBe("object");
          } catch (error) {
            expect(error).toBeInstanceOf(BrokenMessage);
          }
      }),
      { numRuns: 500 },
    );
  });
});
