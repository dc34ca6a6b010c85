import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken } from "../../../../../test/support/tables/broken.ts";
import {
  address4,
  deviceName,
  digits4,
  pad,
  roundTrip,
  u16,
  u32,
  upperHex,
} from "../../../../../test/support/tables/print.ts";
import { RouteCacheFlags } from "../../codes/route-type.ts";
import { flagNames } from "../../codes/two-way.ts";
import { parseRtCache, type RtCache } from "./rt-cache.ts";

const COLUMNS =
  "Iface\tDestination\tGateway \tFlags\t\tRefCnt\tUse\tMetric\tSource\t\tMTU\tWindow\tIRTT\tTOS\tHHRef\tHHUptod\tSpecDst";
const HEADER = `${COLUMNS.padEnd(127)}\n`;
const ROWS = [
  "eth0\t0200000A\t0100000A\t       0\t1\t17\t0\t0300000A\t1500\t0\t120\t00\t3\t1\t0300000A",
  "lo\t0100007F\t0100007F\t80000000\t0\t0\t0\t0100007F\t16436\t0\t0\t10\t-1\t0\t0100007F",
];
const TEXT = HEADER + ROWS.map((row) => `${row.padEnd(127)}\n`).join("");

it("reads the rows of kernels before 3.6, in either byte order", () => {
  const [first, second] = parseRtCache(bytes(TEXT), { byteOrder: "LE" });
  expect(first).toEqual({
    iface: "eth0",
    destination: "10.0.0.2",
    gateway: "10.0.0.1",
    flags: 0,
    refCnt: 1,
    use: 17,
    metric: 0,
    source: "10.0.0.3",
    mtu: 1500,
    window: 0,
    irtt: 120,
    tos: 0,
    hhRef: 3,
    hhUptod: 1,
    specDst: "10.0.0.3",
  });
  expect(second).toMatchObject({ destination: "127.0.0.1", tos: 16, hhRef: -1 });
  expect(flagNames(RouteCacheFlags, second?.flags ?? 0)).toEqual(["LOCAL"]);
  expect(parseRtCache(bytes(TEXT.replaceAll("0100007F", "7F000001")), { byteOrder: "BE" })[1]).toEqual(second);
});

it("reads the bare header of kernels since 3.6, and refuses that of route", () => {
  expect(parseRtCache(bytes(HEADER))).toEqual([]);
  const route = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n";
  expect(() => parseRtCache(bytes(route))).toThrow("header");
});

it("gives back every row printed as the kernel prints it", () => {
  const row = { iface: deviceName, destination: address4, gateway: address4, flags: u32, refCnt: u16, use: u32 };
  const rest = { metric: fc.constant(0), source: address4, mtu: u16, window: u32, irtt: u16, specDst: address4 };
  const tos = fc.integer({ min: 0, max: 255 });
  const hh = { hhRef: fc.integer({ min: -1, max: 9 }), hhUptod: fc.integer({ min: 0, max: 1 }) };
  roundTrip<RtCache>(
    { ...row, ...rest, tos, ...hh },
    (one) =>
      [
        one.iface,
        digits4(one.destination, "BE"),
        digits4(one.gateway, "BE"),
        pad(upperHex(one.flags), 8),
        one.refCnt,
        one.use,
        one.metric,
        digits4(one.source, "BE"),
        one.mtu,
        one.window,
        one.irtt,
        upperHex(one.tos, 2),
        one.hhRef,
        one.hhUptod,
        digits4(one.specDst, "BE"),
      ]
        .join("\t")
        .padEnd(127),
    parseRtCache,
    { header: HEADER, byteOrder: "BE" },
  );
});

describeBroken("rt_cache", TEXT, parseRtCache, { header: HEADER });
