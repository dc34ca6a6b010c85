import { expect, it } from "vitest";
import { bytes, describeBroken, outcome } from "../../../../../test/support/tables/broken.ts";
import { parseFibTriestat } from "./fib-triestat.ts";

const HEADER = "Basic info: size of leaf: 48 bytes, size of tnode: 40 bytes.\n";
// Linux 6.18 with a table 77.
const CAPTURE = `${HEADER}Id 77:
	Aver depth:     0.00
	Max depth:      0
	Leaves:         1
	Prefixes:       1
	Internal nodes: 0
	
	Pointers: 0
Null ptrs: 0
Total size: 1  kB
Local:
	Aver depth:     2.16
	Max depth:      3
	Leaves:         6
	Prefixes:       6
	Internal nodes: 4
	  1: 1  2: 2  3: 1
	Pointers: 18
Null ptrs: 9
Total size: 1  kB
`;
const USAGE = `
Counters:
---------
gets = 4294967295
backtracks = 2
semantic match passed = 3
semantic match miss = 4
null node hit= 5
skipped node resize = 6

`;

it("reads a block for each table", () => {
  const sizes = { leafSize: 48, tnodeSize: 40 };
  expect(parseFibTriestat(bytes(CAPTURE))).toEqual([
    {
      table: 77,
      ...sizes,
      averageDepth: 0,
      maxDepth: 0,
      leaves: 1,
      prefixes: 1,
      internalNodes: 0,
      nodeSizes: [],
      pointers: 0,
      nullPointers: 0,
      totalSize: 1,
      counters: undefined,
    },
    {
      table: 255,
      ...sizes,
      averageDepth: 2.16,
      maxDepth: 3,
      leaves: 6,
      prefixes: 6,
      internalNodes: 4,
      nodeSizes: [
        { bits: 1, nodes: 1 },
        { bits: 2, nodes: 2 },
        { bits: 3, nodes: 1 },
      ],
      pointers: 18,
      nullPointers: 9,
      totalSize: 1,
      counters: undefined,
    },
  ]);
});

it("reads the counters of CONFIG_IP_FIB_TRIE_STATS, and keeps what a later kernel adds", () => {
  const text = CAPTURE.replace("kB\nLocal", `kB\n${USAGE}Local`) + USAGE.replace("gets =", "puts = 1\ngets =");
  const [first, second] = parseFibTriestat(bytes(text));
  const counters = { gets: 0xffffffff, backtracks: 2, semanticMatchPassed: 3, semanticMatchMiss: 4 };
  expect(first?.counters).toEqual({ ...counters, nullNodeHit: 5, skippedNodeResize: 6 });
  expect(second?.extra).toEqual(["puts = 1"]);
});

it("reads old kernels, which count no prefixes", () => {
  expect(parseFibTriestat(bytes(CAPTURE.replaceAll(/\tPrefixes.*\n/g, "")))[0]?.prefixes).toBeUndefined();
});

it.each([
  ["Leaves", "\tLeaves:         1\n", ""],
  ["Aver depth", "0.00", "0,00"],
  ["Total size", "Total size: 1  kB\nLocal", "Local"],
])("gives no table whose %s is wrong, and the other one", (field, from, to) => {
  const { strict, kept } = outcome(parseFibTriestat, bytes(CAPTURE.replace(from, to)));
  expect(strict).toMatchObject({ code: "ERR_PARSE", field });
  expect(kept).toEqual([expect.objectContaining({ table: 255 })]);
});

it.each(["  1: 1  2: x", "  1: 1  2 2", "  1: 1  2:"])("gives no table with the node sizes %j", (sizes) => {
  const { kept, issues } = outcome(parseFibTriestat, bytes(CAPTURE.replace("  1: 1  2: 2  3: 1", sizes)));
  expect(issues[0]).toMatchObject({ code: "ERR_PARSE", line: 18 });
  expect(kept).toEqual([expect.objectContaining({ table: 77 })]);
});

describeBroken("fib_triestat", CAPTURE, parseFibTriestat, { header: HEADER });
