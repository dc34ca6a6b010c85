import { expect, it } from "vitest";
import {
  CONNTRACK,
  NEIGHBOURS,
  sampleOf,
  sockstatText,
  softnetRow,
  statText,
} from "../../../../../test/support/live/sample.ts";
import { seriesOf } from "./series.ts";

const ALL = seriesOf(
  sampleOf(0, {
    sockstat: sockstatText({}),
    softnet: softnetRow({}),
    arpCache: statText(NEIGHBOURS, { entries: 2 }),
    conntrack: statText(CONNTRACK, { entries: 3 }),
    tls: "TlsCurrTxSw \t1\nTlsTxSw \t5\n",
    snmp: "Tcp: MaxConn CurrEstab OutSegs\nTcp: -1 1 2\n",
    netstat: "MPTcpExt: MPCurrEstab MPTCPRetrans\nMPTcpExt: 1 2\n",
  }),
);
const namesOf = (isWanted: (one: (typeof ALL)[number]) => boolean) => ALL.filter(isWanted).map(({ name }) => name);

it("numbers of now are told from those that count", () => {
  const now = namesOf(({ kind, file }) => kind === "gauge" && file !== "net/sockstat");
  expect(now).toEqual([
    "Tcp.MaxConn",
    "Tcp.CurrEstab",
    "MPTcpExt.MPCurrEstab",
    "tls_stat.TlsCurrTxSw",
    "softnet_stat.backlogLength",
    "softnet_stat.inputQueueLength",
    "softnet_stat.processQueueLength",
    "stat/arp_cache.entries",
    "stat/nf_conntrack.entries",
  ]);
  // All of sockstat is of now.
  expect(namesOf(({ kind, file }) => kind === "counter" && file === "net/sockstat")).toEqual([]);
});

it("numbers of the whole machine are told from those of a network namespace", () => {
  const files = ["net/sockstat", "net/softnet_stat", "net/stat/arp_cache", "net/stat/nf_conntrack", "net/snmp"];
  const scopes = files.map((file) => [
    file,
    namesOf((one) => one.file === file && one.scope === "machine").length,
    namesOf((one) => one.file === file && one.scope === "namespace").length,
  ]);
  expect(scopes).toEqual([
    ["net/sockstat", 4, 8],
    ["net/softnet_stat", 9, 0],
    ["net/stat/arp_cache", 13, 0],
    ["net/stat/nf_conntrack", 0, 17],
    ["net/snmp", 0, 3],
  ]);
  const mixed = namesOf(({ file, scope }) => file === "net/sockstat" && scope === "machine");
  expect(mixed).toEqual(["TCP.orphan", "TCP.alloc", "TCP.mem", "UDP.mem"]);
});
