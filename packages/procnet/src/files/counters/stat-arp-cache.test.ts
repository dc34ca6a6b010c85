import { expect, it } from "vitest";
import { bytes, describeBroken, outcome } from "../../../../../test/support/tables/broken.ts";
import { itGivesBackRows } from "../../../../../test/support/tables/stat.ts";
import { describeAlike } from "../../../../../test/support/tables/tree-of.ts";
import { parseStatArpCache, statArpCache, statClipArpCache, statNdiscCache } from "./stat-arp-cache.ts";

const HEADER =
  "entries  allocs   destroys hash_grows lookups  hits     res_failed rcv_probes_mcast rcv_probes_ucast periodic_gc_runs forced_gc_runs unresolved_discards table_fulls\n";
const CAPTURE = `${HEADER}00000002 00000006 0000000b 00000000   0000000d 00000002 00000000   00000000         00000000         000000dd         00000000       00000000            00000000
00000002 00000007 00000000 00000000   00000015 00000003 00000001   00000000         00000004         00000000         00000000       00000005            00000006
`;

it("reads a capture of Linux 6.18, one row a CPU", () => {
  const rows = parseStatArpCache(bytes(CAPTURE));
  expect(rows[0]).toMatchObject({ entries: 2, allocs: 6, destroys: 11, lookups: 13, hits: 2, periodicGcRuns: 0xdd });
  expect(rows[1]).toEqual({
    entries: 2,
    allocs: 7,
    destroys: 0,
    hashGrows: 0,
    lookups: 21,
    hits: 3,
    resFailed: 1,
    rcvProbesMcast: 0,
    rcvProbesUcast: 4,
    periodicGcRuns: 0,
    forcedGcRuns: 0,
    unresolvedDiscards: 5,
    tableFulls: 6,
  });
});

it("reads machine words of 64 bits", () => {
  const text = bytes(CAPTURE.replace("0000000d", "ffffffffffffffff"));
  expect(parseStatArpCache(text, { bigint: true })[0]?.lookups).toBe(18446744073709551615n);
  expect(parseStatArpCache(text)[0]?.lookups).toBe(2 ** 64);
});

it("reads older kernels, and columns of later ones", () => {
  const old =
    "entries  allocs destroys hash_grows  lookups hits  res_failed  rcv_probes_mcast rcv_probes_ucast  periodic_gc_runs forced_gc_runs";
  const row = "00000002 00000001 00000002 00000003  00000004 00000005  00000006  00000007 00000008  00000009 0000000a";
  const absent = { unresolvedDiscards: undefined, tableFulls: undefined };
  expect(parseStatArpCache(bytes(`${old}\n${row}\n`))).toEqual([
    expect.objectContaining({ ...absent, hashGrows: 3, forcedGcRuns: 10 }),
  ]);
  expect(parseStatArpCache(bytes(`${old} fresh\n${row} 0000000b 0000000c\n`))).toEqual([
    expect.objectContaining({ ...absent, otherColumns: { fresh: "0000000b" }, extra: ["0000000c"] }),
  ]);
});

it.each([
  ["a column too few", " 00000000            00000000\n", " 00000000\n", "table_fulls"],
  ["a number cut short", "0000000b", "000000b", "destroys"],
  ["a word", "0000000b", "0000000x", "destroys"],
])("reports %s and keeps the other rows", (_name, from, to, field) => {
  const { strict, kept } = outcome(parseStatArpCache, bytes(CAPTURE.replace(from, to)));
  expect(strict).toMatchObject({ code: "ERR_PARSE", line: 2, field });
  expect(kept).toHaveLength(1);
});

it("refuses a header that lacks a column", () => {
  const { strict, kept } = outcome(parseStatArpCache, bytes(CAPTURE.replace(" lookups", " look")));
  expect(strict).toMatchObject({ code: "ERR_PARSE", field: "lookups" });
  expect(kept).toEqual([]);
});

itGivesBackRows({
  parse: parseStatArpCache,
  header: HEADER,
  fields: [
    "entries",
    "allocs",
    "destroys",
    "hashGrows",
    "lookups",
    "hits",
    "resFailed",
    "rcvProbesMcast",
    "rcvProbesUcast",
    "periodicGcRuns",
    "forcedGcRuns",
    "unresolvedDiscards",
    "tableFulls",
  ],
});
describeBroken("stat/arp_cache", CAPTURE, parseStatArpCache, { header: HEADER });

// neigh_stat_seq_show (net/core/neighbour.c) prints the counters of every kind of neighbours.
describeAlike(parseStatArpCache, CAPTURE, [
  [statArpCache, "stat/arp_cache"],
  [statNdiscCache, "stat/ndisc_cache"],
  [statClipArpCache, "stat/clip_arp_cache"],
]);
