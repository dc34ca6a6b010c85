import fc from "fast-check";
import { expect, it } from "vitest";
import { ARPFlags, ARPHardware } from "./arp.ts";
import { RouteFlags } from "./route-flags.ts";
import { TcpState, TcpTimer } from "./tcp-state.ts";
import { flagNames, nameOf, twoWay } from "./two-way.ts";
import { SocketType, UnixState } from "./unix.ts";

it("leads from names to codes and from codes to names", () => {
  expect(TcpState.LISTEN).toBe(10);
  expect(TcpState[10]).toBe("LISTEN");
  expect(TcpState[99]).toBeUndefined();
  expect(ARPHardware["6LOWPAN"]).toBe(825);
  expect(nameOf(TcpState, 10)).toBe("LISTEN");
  expect(nameOf(TcpState, 99)).toBe("UNKNOWN(99)");
});

it("leads back from every code of every table", () => {
  const tables = { ARPFlags, ARPHardware, RouteFlags, SocketType, TcpState, TcpTimer, UnixState };
  for (const [table, codes] of Object.entries<object>(tables)) {
    const names = Object.entries(codes).filter(([, code]) => typeof code === "number");
    expect(names.length, table).toBeGreaterThan(1);
    for (const [name, code] of names) expect(nameOf(codes as typeof TcpState, code as number), table).toBe(name);
  }
});

it("calls a code by the first of its names, and cannot be changed", () => {
  const table = twoWay({ FIRST: 1, SECOND: 1, THIRD: 2 });
  expect([table.FIRST, table.SECOND, table[1], table[2]]).toEqual([1, 1, "FIRST", "THIRD"]);
  expect(Object.isFrozen(table)).toBe(true);
  expect(() => Object.assign(table, { FIRST: 3 })).toThrow(TypeError);
});

it("names flags from the lowest bit, bit 31 and unknown ones too", () => {
  expect(flagNames(RouteFlags, 0)).toEqual([]);
  expect(flagNames(RouteFlags, 0x205)).toEqual(["UP", "HOST", "REJECT"]);
  expect(flagNames(RouteFlags, 0x80200001)).toEqual(["UP", "NONEXTHOP", "LOCAL"]);
  expect(flagNames(RouteFlags, 0x8001)).toEqual(["UP", "UNKNOWN(0x8000)"]);
  expect(flagNames(ARPFlags, 6)).toEqual(["COM", "PERM"]);
});

it("names every bit once, whatever is set", () => {
  fc.assert(
    fc.property(fc.nat(0xffffffff), (flags) => {
      const values = flagNames(RouteFlags, flags).map((name) => {
        const unknown = /^UNKNOWN\((0x[0-9a-f]+)\)$/.exec(name)?.[1];
        return unknown === undefined ? RouteFlags[name as "UP"] : Number(unknown);
      });
      expect(values.reduce((sum: number, value) => sum + value, 0)).toBe(flags);
      expect(values).toEqual([...values].sort((one, other) => one - other));
    }),
  );
});
