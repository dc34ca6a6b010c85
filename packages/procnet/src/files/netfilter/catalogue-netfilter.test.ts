import { expect, it } from "vitest";
import { bytes } from "../../../test/broken.ts";
import type { ProcfsIssue } from "../../errors.ts";
import { rawTextTable } from "../../form/raw-text.ts";
import { FAMILIES } from "../families/catalogue-families.ts";
import { OLD } from "../old/catalogue-old.ts";
import { NETFILTER } from "./catalogue-netfilter.ts";

const ALL = { ...NETFILTER, ...FAMILIES, ...OLD };

it("names each file once, and tells what brings it", () => {
  const parts = [NETFILTER, FAMILIES, OLD].map((part) => Object.keys(part).length);
  expect(Object.keys(ALL).length).toBe(parts[0]! + parts[1]! + parts[2]!);
  for (const [name, { needs, since, until }] of Object.entries(ALL)) {
    expect(needs.length, name).toBeGreaterThan(5);
    expect(
      [since, until ?? since].every((release) => /^\d\.\d+(\.\d+)?$/.test(release)),
      name,
    ).toBe(true);
  }
});

it("keeps what only root may open, and what must not be opened unasked", () => {
  const names = (wanted: (entry: (typeof ALL)[keyof typeof ALL]) => boolean) =>
    Object.entries(ALL)
      .filter(([, entry]) => wanted(entry))
      .map(([name]) => name);
  expect(names((entry) => entry.sideEffect !== undefined)).toEqual([
    "nf_conntrack",
    "ip_conntrack",
    "tcpprobe",
    "dccpprobe",
    "sctpprobe",
  ]);
  expect(
    names((entry) => entry.readers === "root" && entry.scope === "namespace" && entry.until === undefined),
  ).toEqual([
    "nf_conntrack",
    "nf_conntrack_expect",
    "ip_tables_names",
    "ip6_tables_names",
    "arp_tables_names",
    "netfilter/nfnetlink_log",
    "netfilter/nfnetlink_queue",
    "ip_vs_status",
  ]);
});

it("gives the text of files without a form, and tells when it may be cut", () => {
  const issues: ProcfsIssue[] = [];
  const onIssue = (issue: ProcfsIssue) => issues.push(issue);
  expect(rawTextTable.parse(bytes("Peer PID : 12\n"), { onIssue })).toBe("Peer PID : 12\n");
  expect(issues).toEqual([]);
  expect(rawTextTable.parse(bytes("Peer PID"), { onIssue })).toBe("Peer PID");
  expect(issues.map((issue) => issue.code)).toEqual(["ERR_TRUNCATED"]);
});
