import { describe, expect, it } from "vitest";
import type { ProcfsIssue } from "../../packages/procnet/src/errors.ts";
import type { InetOptions } from "../../packages/procnet/src/files/sockets/inet/inet-format.ts";
import { parseRows, type RowForm } from "../../packages/procnet/src/form/forms.ts";
import { bytes, outcome } from "../support/tables/broken.ts";
import { CORPUS, type Sample } from "../support/tables/corpus.ts";

/*
 * Lines that are no rows: whatever stands before, between and behind the rows, each row is there, each line that was left
 * out is told, by its own number.
 */

const LINES = CORPUS.filter(({ file }) => !["(process)/stat", "(process)/fd/N", "rt_acct", "pktgen/*"].includes(file));

const lines = ({ header, rows }: Sample): string[] => (header + rows).split("\n").slice(0, -1);

it.each(LINES)("$file: reads lines that end in CR and LF, and says so", (sample) => {
  const text = `${lines(sample).join("\r\n")}\r\n`;
  const { strict, issues } = outcome(sample.parse, bytes(text));
  expect(strict).toEqual(sample.parse(bytes(sample.header + sample.rows)));
  expect(issues.map(({ code }) => code)).toEqual(["ERR_UNUSUAL"]);
});

/** Files in which the kernel writes blank lines itself. */
const WITH_BLANKS = new Set([
  "bonding/*",
  "can-bcm/*",
  "can/rcvlist_all",
  "can/stats",
  "fib_triestat",
  "ip_vs_stats",
  "ip_vs_stats_percpu",
  "pppol2tp",
  "vlan/*",
  "yam",
]);

/** Here an empty line is an empty name. */
const NAMES = "afs/sysname";

it.each(LINES.filter(({ file }) => file !== NAMES))(
  "$file: reads over blank lines in front, between and behind, and says so",
  (sample) => {
    const all = lines(sample);
    const whole = sample.parse(bytes(sample.header + sample.rows));
    for (let at = 0; at <= all.length; at++) {
      const text = [...all.slice(0, at), "", " \t", ...all.slice(at)].map((line) => `${line}\n`).join("");
      const { strict, issues } = outcome(sample.parse, bytes(text));
      if (sample.file === "unix" && at > 1) continue; // a blank line goes on with the name before it
      expect(strict, `blank line ${at + 1}`).toEqual(whole);
      expect(issues.map(({ code, line }) => [code, line])).toEqual(
        WITH_BLANKS.has(sample.file) ? [] : [["ERR_UNUSUAL", at + 1]],
      );
    }
  },
);

/** Files in which any line is content: names, free text, or words that this version keeps without knowing them. */
const ANY_LINE = new Set([
  "afs/rootcell",
  "afs/sysname",
  "fib_triestat",
  "ip_tables_targets",
  "rpc/*/content",
  "unix",
  "vlan/*",
]);

/** Files of blocks: a line that is none may have been the beginning of one, so what follows in it is told and left out. */
const BLOCKS = new Set(["afs/servers", "atm/br2684", "fib_trie", "igmp", "ip_vs", "pppol2tp"]);

const JUNK = [1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 16, 27, 40].map((length) => "%~!".repeat(20).slice(0, length));

it.each(LINES.filter(({ file }) => !ANY_LINE.has(file)))("$file: tells every line of junk by its number", (sample) => {
  const all = lines(sample);
  const whole = sample.parse(bytes(sample.header + sample.rows));
  for (let at = 0; at <= all.length; at++) {
    for (const junk of JUNK) {
      const text = [...all.slice(0, at), junk, ...all.slice(at)].map((line) => `${line}\n`).join("");
      const { strict, kept, issues } = outcome(sample.parse, bytes(text));
      expect(strict).toMatchObject({ code: "ERR_PARSE", line: at + 1 });
      if (BLOCKS.has(sample.file) && issues.length > 1) {
        expect(issues[0]).toMatchObject({ line: at + 1 });
      } else {
        expect(issues.map(({ code, line }) => [code, line])).toEqual([["ERR_PARSE", at + 1]]);
        expect(kept).toEqual(whole);
      }
    }
  }
});

describe("rows of sockets", () => {
  const ROWS = ["tcp", "tcp6", "udp", "udp6", "udplite", "udplite6", "raw", "raw6", "icmp", "icmp6"] as const;
  const samples = CORPUS.filter(({ file }) => (ROWS as readonly string[]).includes(file));

  it.each(samples)("of $file: no part of a row passes for one, nor swallows the next", ({ parse, header, rows }) => {
    const [first = "", ...more] = rows.split("\n").slice(0, -1);
    const whole = parse(bytes(header + rows));
    for (let at = 1; at < first.length; at++) {
      const text = `${header}${first.slice(0, at)}\n${[first, ...more].join("\n")}\n`;
      const { kept, issues } = outcome(parse, bytes(text));
      const extra = (kept as unknown[]).length - (whole as unknown[]).length;
      expect((kept as unknown[]).slice(extra)).toEqual(whole);
      expect(extra + issues.length).toBe(1);
    }
  });

  it.each(samples)("of $file: a line that ends within the columns is told, whatever is asked for", (sample) => {
    const [first = ""] = sample.rows.split("\n");
    const table = sample.table as RowForm<unknown, InetOptions>;
    const digits = sample.file.endsWith("6") ? 32 : 8;
    // Behind the column retrnsmt a row that is not wanted is not looked at.
    for (let at = 0; at < first.indexOf(":") + 2 * digits + 56; at++) {
      const broken = `${first.slice(0, at)}\n${first.slice(at + 1)}`;
      const text = bytes(`${sample.header}${broken}\n${sample.rows}`);
      const told = (where: InetOptions["where"]) => {
        const issues: ProcfsIssue[] = [];
        const options = { onIssue: (issue: ProcfsIssue) => issues.push(issue), ...(where && { where }) };
        const found = parseRows(table, text, options);
        return { lines: issues.filter(({ code }) => code === "ERR_PARSE").map(({ line }) => line), found };
      };
      const { lines, found } = told(undefined);
      expect(told({ inode: 987654321 }).lines).toEqual(lines);
      expect(told({ localPort: 1 }).lines).toEqual(lines);
      expect(told({ state: "UNKNOWN(77)" }).lines).toEqual(lines);
      const counter = table.counter!({ onIssue: () => {} });
      counter.scan(text, 0, text.length);
      expect([...counter.finish(false).values()].reduce((sum, count) => sum + count, 0)).toBe(found.length);
    }
  });
});
