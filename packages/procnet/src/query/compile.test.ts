import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAddressRange, rangeText } from "../codes/address-range.ts";
import { isProcfsError } from "../errors.ts";
import type { SocketsOptions } from "../sockets/options.ts";
import { type CompiledFilter, compileFilter } from "./compile.ts";
import { everyFilter, heldBy } from "./filters.ts";
import { between, complement, intersection, isWithin, numbersOf, sizeOf, union } from "./intervals.ts";
import { parseFilter } from "./parser.ts";

const compiled = (text: string, protocol?: SocketsOptions["protocol"]): CompiledFilter =>
  compileFilter(parseFilter(text), protocol === undefined ? {} : { protocol });

/** The options without the tables, and what of the filter is left. */
function partsOf(text: string, protocol?: SocketsOptions["protocol"]): [object, CompiledFilter["rest"]] {
  const { options, rest } = compiled(text, protocol);
  const { protocol: _, ...others } = options;
  return [others, rest];
}

describe("all of these is asked of the tables:", () => {
  it.each<[string, SocketsOptions["protocol"], object]>([
    ["sport = :2000", undefined, { localPort: [2000] }],
    ["sport = :22 or sport = :80", undefined, { localPort: [22, 80] }],
    ["dport <= :2", undefined, { remotePort: [0, 1, 2] }],
    ["not dport > :2", undefined, { remotePort: [0, 1, 2] }],
    ["sport = :22 and dport = :0", undefined, { localPort: [22], remotePort: [0] }],
    ["sport >= :22 sport <= :23", undefined, { localPort: [22, 23] }],
    ["state established", "tcp", { state: ["ESTABLISHED"] }],
    ["state listening", ["tcp", "tcp6"], { state: ["LISTEN"] }],
    ["state closed", undefined, { state: ["CLOSE"] }],
    ["not ( not state time-wait or not uid = 7 )", undefined, { state: ["TIME_WAIT"], uid: [7] }],
    ["host 10/8", undefined, { address: ["10.0.0.0/8"] }],
    ["host 10/8 or host ::1", undefined, { address: ["10.0.0.0/8", "::1/128"] }],
    ["dst :22", undefined, { remotePort: [22] }],
    ["pid = 7 or pid = 9", undefined, { pid: [7, 9] }],
    ["inode = 5 uid < 2", undefined, { uid: [0, 1], inode: [5] }],
    ["sport = :*", undefined, {}],
  ])("%s of %j", (text, protocol, options) => {
    expect(partsOf(text, protocol)).toEqual([options, undefined]);
  });

  it("every state but some, by the names that tables have", () => {
    const { options, rest } = compiled("exclude time-wait", "tcp");
    expect(options.state).toHaveLength(255);
    expect(options.state).not.toContain("TIME_WAIT");
    expect(rest).toBeUndefined();
  });
});

describe("a rest is asked of each socket", () => {
  it.each<[string, SocketsOptions["protocol"], object, string]>([
    ["sport = :22 and recvq > 0", undefined, { localPort: [22] }, "recvq > 0"],
    ["port = :22", undefined, {}, "port = :22"],
    ["src 10/8", undefined, { address: ["10.0.0.0/8"] }, "src 10/8"],
    ["dst 10.0.0.1:22", undefined, { address: ["10.0.0.1/32"], remotePort: [22] }, "dst 10.0.0.1:22"],
    ["sport = :22 or dport = :22", undefined, {}, "sport = :22 or dport = :22"],
    [
      "sport = :22 and uid = 1 or sport = :80",
      undefined,
      { localPort: [22, 80] },
      "sport = :22 and uid = 1 or sport = :80",
    ],
    ["host 10/8 host ::1 uid = 0", undefined, { address: ["10.0.0.0/8"], uid: [0] }, "host ::1"],
    ["pid = 7 and pid = 9", undefined, { pid: [7] }, "pid = 9"],
    ["not pid = 7", undefined, {}, "not pid = 7"],
    ["not ( pid != 7 or pid != 9 )", undefined, { pid: [7] }, "not ( pid != 7 or pid != 9 )"],
    [
      "( host 10/8 host ::1 ) or host 10/8",
      undefined,
      { address: ["10.0.0.0/8"] },
      "( host 10/8 host ::1 ) or host 10/8",
    ],
    ["uid != 0", undefined, {}, "uid != 0"],
    ["sport != :22", "all", {}, "sport != :22"],
  ])("%s of %j", (text, protocol, options, rest) => {
    const [others, left] = partsOf(text, protocol);
    expect(others).toEqual(options);
    // A pattern is a function: filters are compared as text.
    expect(JSON.stringify(left)).toBe(JSON.stringify(parseFilter(rest)));
  });
});

describe("tables in which nothing can pass are not read", () => {
  it.each([
    ["state listening", ["tcp", "udp", "unix", "netlink"], "tcp udp unix"],
    ["state unconnected", ["tcp", "udp", "unix", "netlink", "packet"], "tcp udp unix netlink packet"],
    ["state connected", "all", "tcp tcp6 udp udp6 udplite udplite6 raw raw6 icmp icmp6 unix"],
    ["sport = :22 or path ~ a", ["tcp", "unix", "packet"], "tcp unix"],
    ["src inet6:*", undefined, "tcp6 udp6"],
    ["proto = udp*", undefined, "udp udp6"],
    ["not proto = udp*", undefined, "tcp tcp6"],
    ["uid = 0", "all", "tcp tcp6 udp udp6 udplite udplite6 raw raw6 icmp icmp6 unix packet"],
    ["rtt > 100ms", "all", "tcp tcp6"],
    ["rtt != 100ms", ["tcp", "udp"], "tcp udp"],
    ["congestion = bbr or peerinode = 5", "all", "tcp tcp6 unix"],
    ["mark = 1", ["tcp", "icmp", "udp6", "packet"], "tcp udp6"],
    ["uid != 0", ["unix", "tcp"], "tcp unix"],
    ["sendq > 0", ["unix", "packet", "netlink"], "unix netlink"],
    ["sport = :22 and path ~ a", "all", ""],
    ["sport < :0", undefined, ""],
  ] as const)("%s of %j", (text, protocol, read) => {
    expect(compiled(text, protocol).options.protocol.join(" ")).toBe(read);
  });
});

it("joins filters, and what processes hold", () => {
  const { options, rest } = compileFilter(everyFilter(undefined, heldBy([3, 5]), parseFilter("sport = 1"))!);
  expect([options.pid, options.localPort, rest]).toEqual([[3, 5], [1], undefined]);
  expect(everyFilter(undefined, undefined)).toBeUndefined();
});

it("refuses what is no table, and options that it does not have", () => {
  const refusal = expect.toSatisfy((error) => isProcfsError(error) && error.code === "ERR_INVALID_ARG");
  const filter = parseFilter("uid = 0");
  const attempt = (options: object): unknown => {
    try {
      return compileFilter(filter, options);
    } catch (error) {
      return error;
    }
  };
  for (const wrong of [{ protocol: "sctp" }, { protocol: 5 }, { state: "LISTEN" }])
    expect(attempt(wrong)).toEqual(refusal);
});

it("takes thousands of conditions in no more than their number", () => {
  const many = (text: (at: number) => string, word: string): string =>
    Array.from({ length: 20_000 }, (_, at) => text(at)).join(word);
  expect(compiled(many((at) => `sport = :${at}`, " or ")).options.localPort).toHaveLength(20_000);
  expect(compiled(many((at) => `sport != :${at}`, " and ")).options.localPort).toHaveLength(65_536 - 20_000);
  const hosts = compiled(many((at) => `host 10.${at >> 8}.${at & 255}.1`, " or "));
  expect([hosts.options.address?.length, hosts.rest]).toEqual([20_000, undefined]);
});

describe("runs of numbers", () => {
  const MOST = 40;
  const some = fc
    .array(fc.tuple(fc.nat(MOST), fc.nat(8)), { maxLength: 6 })
    .map((runs) => union(runs.map(([first, more]) => between(first, Math.min(MOST, first + more)))));
  const setOf = (of: ReturnType<typeof union>): Set<number> => new Set(numbersOf(of));

  it("are joined, cut and turned round as sets are", () => {
    fc.assert(
      fc.property(some, some, (one, other) => {
        const [a, b] = [setOf(one), setOf(other)];
        for (let number = 0; number <= MOST; number++) {
          expect(setOf(union([one, other])).has(number)).toBe(a.has(number) || b.has(number));
          expect(setOf(intersection([one, other], MOST)).has(number)).toBe(a.has(number) && b.has(number));
          expect(setOf(complement(one, MOST)).has(number)).toBe(!a.has(number));
        }
        expect(isWithin(one, other)).toBe([...a].every((number) => b.has(number)));
        expect(sizeOf(one)).toBe(a.size);
      }),
    );
  });
});

it("a range in text is read as the same range", () => {
  const bytes = fc.oneof(
    fc.uint8Array({ minLength: 16, maxLength: 16 }),
    fc
      .uint8Array({ minLength: 4, maxLength: 4 })
      .map((tail) => new Uint8Array([...Array(10).fill(0), 255, 255, ...tail])),
  );
  fc.assert(
    fc.property(bytes, fc.nat(128), (address, bits) => {
      expect(parseAddressRange(rangeText({ bytes: address, bits }))).toEqual({ bytes: address, bits });
    }),
  );
});
