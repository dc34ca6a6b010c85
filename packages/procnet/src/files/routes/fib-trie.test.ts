import fc from "fast-check";
import { expect, it } from "vitest";
import { bytes, describeBroken, outcome } from "../../../../../test/support/tables/broken.ts";
import { address4 } from "../../../../../test/support/tables/print.ts";
import { RouteScope, RouteTableId, RouteType } from "../../codes/route-type.ts";
import { nameOf } from "../../codes/two-way.ts";
import { type FibTrieRoute, localAddresses, parseFibTrie } from "./fib-trie.ts";

// Linux 6.18 with `ip rule add from 10.1.2.3 table 77`, beside `ip route show table all`.
const CAPTURE = `Id 77:
  |-- 10.12.0.0
     /16 universe UNREACHABLE
Main:
  +-- 0.0.0.0/0 3 0 6
     +-- 10.0.0.0/12 3 0 4
        |-- 10.1.2.0
           /24 link UNICAST
        |-- 10.11.0.0
           /16 universe BLACKHOLE
        |-- 10.13.0.0
           /16 link UNICAST tos=16
     |-- 192.0.2.10
        /32 link UNICAST
Local:
  +-- 0.0.0.0/0 3 0 5
     +-- 10.1.2.0/24 2 0 2
        |-- 10.1.2.3
           /32 host LOCAL
        |-- 10.1.2.255
           /32 link BROADCAST
     +-- 127.0.0.0/8 2 0 2
        +-- 127.0.0.0/31 1 0 0
           |-- 127.0.0.0
              /8 host LOCAL
           |-- 127.0.0.1
              /32 host LOCAL
`;

/** The routes, as ip route would put them. */
function shown(text: string): string[] {
  const routes = parseFibTrie(bytes(text)).filter((row): row is FibTrieRoute => row.kind === "route");
  return routes.map(
    ({ table, destination, prefixLength, scope, type, tos, depth }) =>
      `${nameOf(RouteTableId, table)} ${type} ${destination}/${prefixLength} ${scope} ${tos ?? "any"} ${depth}`,
  );
}

// Linux 6.18 with `ip route add 10.7.0.0/16 dev v0 table 4000000000`.
it("reads numbers of tables above 2^31, which the kernel prints as negative ones", () => {
  const [row] = parseFibTrie(bytes("Id -294967296:\n  |-- 10.7.0.0\n     /16 universe UNICAST\n"));
  expect(row).toMatchObject({ table: 4000000000, destination: "10.7.0.0" });
  expect(() => parseFibTrie(bytes("Id -2147483649:\n"))).toThrow("table");
  expect(() => parseFibTrie(bytes("Id 4294967296:\n"))).toThrow("table");
});

it("reads the nodes and routes of every table", () => {
  expect(shown(CAPTURE)).toEqual([
    "UNKNOWN(77) UNREACHABLE 10.12.0.0/16 universe any 0",
    "MAIN UNICAST 10.1.2.0/24 link any 2",
    "MAIN BLACKHOLE 10.11.0.0/16 universe any 2",
    "MAIN UNICAST 10.13.0.0/16 link 16 2",
    "MAIN UNICAST 192.0.2.10/32 link any 1",
    "LOCAL LOCAL 10.1.2.3/32 host any 2",
    "LOCAL BROADCAST 10.1.2.255/32 link any 2",
    "LOCAL LOCAL 127.0.0.0/8 host any 3",
    "LOCAL LOCAL 127.0.0.1/32 host any 3",
  ]);
  expect(parseFibTrie(bytes(CAPTURE)).filter((row) => row.kind === "node")).toHaveLength(6);
  expect(parseFibTrie(bytes(CAPTURE))[2]).toEqual({
    kind: "node",
    table: 254,
    depth: 1,
    prefix: "10.0.0.0",
    prefixLength: 12,
    bits: 3,
    fullChildren: 0,
    emptyChildren: 4,
  });
});

it("finds the local addresses once, where one tree is printed twice too", () => {
  const local = CAPTURE.slice(CAPTURE.indexOf("Local:"));
  const twice = local.replace("Local:", "Main:") + local;
  expect(localAddresses(parseFibTrie(bytes(twice)))).toEqual(["10.1.2.3", "127.0.0.1"]);
});

it("reads types and scopes of a later kernel, and the glued type of service of an old one", () => {
  const route = (text: string) => shown(`Main:\n  |-- 10.0.0.0\n     /8 ${text}\n`)[0];
  expect(route("scope=7 type 14")).toBe("MAIN UNKNOWN(14) 10.0.0.0/8 UNKNOWN(7) any 0");
  expect(route("scope=200 type 2 tos=8")).toBe("MAIN LOCAL 10.0.0.0/8 site 8 0");
  expect(route("link UNICASTtos =16\n")).toBe("MAIN UNICAST 10.0.0.0/8 link 16 0");
  expect([RouteType.UNICAST, RouteType[6], RouteScope[253]]).toEqual([1, "BLACKHOLE", "link"]);
});

it.each([
  ["table", "Local:", "local:", 5],
  ["leaf", "|-- 10.1.2.3\n", "|-- 10.1.2.300\n", 8],
  ["prefix length", "/24 link", "/33 link", 8],
  ["scope", "/24 link", "/24 toString", 8],
  ["type", "link BROADCAST", "link BROADCASTS", 8],
  ["prefix", "+-- 127.0.0.0/31", "+-- 127.0.0.0", 9],
  ["node", "+-- 127.0.0.0/31", "*-- 127.0.0.0/31", 9],
])("names the %s that is wrong, and attributes no route to another", (field, from, to, left) => {
  const { strict, kept } = outcome(parseFibTrie, bytes(CAPTURE.replace(from, to)));
  expect(strict).toMatchObject({ code: "ERR_PARSE", field });
  expect((kept as { kind: string }[]).filter((row) => row.kind === "route")).toHaveLength(left);
});

it("gives back every leaf printed as the kernel prints it", () => {
  const route: fc.Arbitrary<FibTrieRoute> = fc.record({
    kind: fc.constant("route" as const),
    table: fc.constant(5),
    depth: fc.integer({ min: 0, max: 9 }),
    destination: address4,
    prefixLength: fc.integer({ min: 0, max: 32 }),
    scope: fc.constantFrom("universe", "site", "link", "host", "nowhere", "UNKNOWN(9)"),
    type: fc.constantFrom("UNICAST", "LOCAL", "BLACKHOLE", "UNKNOWN(14)"),
    tos: fc.option(fc.integer({ min: 1, max: 255 }), { nil: undefined }),
  });
  const print = (row: FibTrieRoute) => {
    const indent = " ".repeat(row.depth * 3 + 2);
    const scope = row.scope.replace("UNKNOWN(9)", "scope=9");
    const tos = row.tos === undefined ? "" : ` tos=${row.tos}`;
    const type = row.type.replace("UNKNOWN(14)", "type 14");
    return `${indent}|-- ${row.destination}\n${indent}   /${row.prefixLength} ${scope} ${type}${tos}\n`;
  };
  fc.assert(
    fc.property(fc.array(route), (routes) => {
      expect(parseFibTrie(bytes(`Id 5:\n${routes.map(print).join("")}`))).toEqual(routes);
    }),
    { numRuns: 60 },
  );
});

describeBroken("fib_trie", CAPTURE, parseFibTrie);

it("reports a node that is indented by less than fib_trie_seq_show indents the root of a tree", () => {
  const issues: string[] = [];
  const text = "Main:\n +-- 0.0.0.0/0 3 0 5\n  +-- 10.0.0.0/8 3 0 5\n";
  const rows = parseFibTrie(bytes(text), { onIssue: ({ line, field }) => issues.push(`${line} ${field}`) });
  expect(issues).toEqual(["2 depth"]);
  expect(rows.map((row) => row.depth)).toEqual([0]);
});
