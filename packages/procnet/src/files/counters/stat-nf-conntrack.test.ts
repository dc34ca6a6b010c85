import { expect, it } from "vitest";
import { bytes, describeBroken } from "../../../../../test/support/tables/broken.ts";
import { itGivesBackRows } from "../../../../../test/support/tables/stat.ts";
import { describeAlike } from "../../../../../test/support/tables/tree-of.ts";
import { parseStatNfConntrack, statIpConntrack, statNfConntrack } from "./stat-nf-conntrack.ts";

const HEADER =
  "entries  clashres found new invalid ignore delete chainlength insert insert_failed drop early_drop icmp_error  expect_new expect_create expect_delete search_restart\n";
/** The layout of Linux 6.18, numbered in the order of the columns. */
const TEXT = `${HEADER}00000007  00000001 00000002 00000003 00000004 00000005 00000006 00000007 00000008 00000009 0000000a 0000000b 0000000c  0000000d 0000000e 0000000f 00000010
00000007  00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000  00000000 00000000 00000000 00000000
`;

it("reads the columns of Linux 6.18", () => {
  expect(parseStatNfConntrack(bytes(TEXT))[0]).toEqual({
    entries: 7,
    found: 2,
    new: 3,
    invalid: 4,
    ignore: 5,
    delete: 6,
    insert: 8,
    insertFailed: 9,
    drop: 10,
    earlyDrop: 11,
    icmpError: 12,
    expectNew: 13,
    expectCreate: 14,
    expectDelete: 15,
    searched: undefined,
    clashres: 1,
    deleteList: undefined,
    chainlength: 7,
    searchRestart: 16,
  });
});

it("reads the names of older kernels", () => {
  const old = TEXT.replace("clashres", "searched").replace("chainlength", "delete_list");
  expect(parseStatNfConntrack(bytes(old))[0]).toMatchObject({
    searched: 1,
    clashres: undefined,
    deleteList: 7,
    chainlength: undefined,
    insert: 8,
    searchRestart: 16,
  });
});

it("reads the 16 columns of Linux 2.6.2x", () => {
  const old = TEXT.replaceAll(/ (search_restart|0000001?0)\n/g, "\n").replace("clashres", "searched");
  const rows = parseStatNfConntrack(bytes(old));
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatchObject({ expectDelete: 15, searchRestart: undefined });
});

itGivesBackRows({
  parse: parseStatNfConntrack,
  header: HEADER,
  fields: (
    "entries clashres found new invalid ignore delete chainlength insert insertFailed drop earlyDrop icmpError " +
    "expectNew expectCreate expectDelete searchRestart"
  ).split(" "),
});
describeBroken("stat/nf_conntrack", TEXT, parseStatNfConntrack, { header: HEADER });

// ct_cpu_seq_show (net/ipv4/netfilter/nf_conntrack_l3proto_ipv4_compat.c) lacks the last column.
describeAlike(parseStatNfConntrack, TEXT, [
  [statNfConntrack, "stat/nf_conntrack"],
  [
    statIpConntrack,
    "stat/ip_conntrack",
    TEXT.replaceAll(/ (search_restart|0000001?0)\n/g, "\n").replace("clashres", "searched"),
  ],
]);
