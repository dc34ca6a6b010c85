import { readFileSync } from "node:fs";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { WORDS } from "../../../packages/cli/src/netstat/statistics-words.ts";
import { type Captured, captured, noCaptured, theirs, withRoot } from "../../support/netstat/captured.ts";
import { skipIf } from "../../support/tools.ts";

/*
 * Counters against the real netstat: the same values, in the same sections and order. The words are not the same everywhere, so each value
 * is compared with the kernel's name beside it.
 */

const SCTP = ["CurrEstab", "ActiveEstabs", "Aborteds", "OutCtrlChunks", "ReasmUsrMsgs", "InPktSoftirq", "NewCounter"];
/** Names that this kernel no longer has, or none ever had. */
const MORE: Readonly<Record<string, string>> = {
  TcpExt:
    " TCPPrequeued TCPDirectCopyFromBacklog TCPHPHitsToUser TCPFACKReorder TCPForwardRetrans PAWSPassive NewCounter",
  Ip: " NewCounter",
  IcmpMsg: " OutType3 InType8",
};

const read = (file: string): string => readFileSync(`/proc/net/${file}`, "latin1");
const text = { snmp: read("snmp"), netstat: read("netstat"), snmp6: read("snmp6") };
const trees: Captured[] = [];
afterAll(() => {
  for (const tree of trees) tree.remove();
});

/** This kernel's counters with other values, and where they are: `Tcp.InSegs` by value. */
function tree(value: (count: number) => number | string): { root: string; names: Map<string, string> } {
  let count = 1000;
  const names = new Map<string, string>();
  const next = (name: string): string => {
    const shown = String(value(++count));
    names.set(shown, name);
    return shown;
  };
  const pairs = (lines: string): string =>
    lines.replaceAll(/^(\w+): (.*)\n.*\n/gm, (_, section: string, columns: string) => {
      // A name that this kernel has after all stands once.
      const there = new Set(columns.split(" "));
      const more = (MORE[section] ?? "").split(" ").filter((name) => name !== "" && !there.has(name));
      const all = [columns, ...more].join(" ");
      return `${section}: ${all}\n${section}: ${all.replaceAll(/\S+/g, (name) => next(`${section} ${name}`))}\n`;
    });
  const files = {
    snmp: pairs(text.snmp),
    netstat: pairs(text.netstat),
    snmp6: text.snmp6.replaceAll(
      /^(\w+?6)(\w+)\s.*/gm,
      (_, section, name) => `${section}${name} \t${next(`${section} ${section}${name}`)}`,
    ),
    "sctp/snmp": SCTP.map((name) => `Sctp${name} \t${next(`Sctp Sctp${name}`)}\n`).join(""),
  };
  const made = captured(files);
  trees.push(made);
  return { root: made.root, names };
}

const distinct = tree((count) => count);
const large = tree((count) => `184467440737095${count}9`);
const zeros = tree(() => 0);
const some = tree((count) => (count % 3 === 0 ? count : 0));

/** Sections with the values in them, in order. What stands before a section's first line belongs to it. */
function values(output: string): [string, string[]][] {
  const sections: [string, string[]][] = [];
  for (const line of output.split("\n")) {
    const [, heading] = /^(\w+):$/.exec(line) ?? [];
    if (heading !== undefined) sections.push([heading, []]);
    else sections.at(-1)?.[1].push(...(line.match(/(?<= )\d+(?= |$)/g) ?? []));
  }
  return sections;
}

const FLAGS = "-s -st -su -sw -sS -sU -stu -swS -sv -se -sc -s4 -s4t -s6 -s6t -s6u -s6w -s6U".split(" ");

describe("against netstat", () => {
  beforeEach((context) => skipIf(context, noCaptured()));

  it.each([...FLAGS, "-s -A inet6", "-s --tcp"])("netstat %s", async (flags) => {
    for (const { root } of [distinct, large, zeros, some]) {
      const shown = await withRoot(root, flags.split(" "));
      const real = theirs(root, flags.split(" "));
      expect(values(shown.out)).toEqual(values(real.out));
      expect([shown.code, shown.err]).toEqual([real.code, real.err]);
    }
  });

  it.each(["-sx", "-s46", "-s -A inet6,unix"])("netstat %s: no such counters", async (flags) => {
    expect(await withRoot(distinct.root, flags.split(" "))).toEqual(theirs(distinct.root, flags.split(" ")));
  });

  it("prints by name what netstat prints by name, in the same line", async () => {
    for (const flags of [["-s"], ["-s6"]]) {
      const byName = (output: string): string[] =>
        output.split("\n").filter((line) => /^ +\w+: \d+$/.test(line) && !line.includes("redirect"));
      const ours = byName((await withRoot(distinct.root, flags)).out);
      const real = byName(theirs(distinct.root, flags).out).map((line) => line.trim());
      expect(ours.map((line) => line.trim())).toEqual(real);
    }
  });
});

it.each(["-s", "-s6"])("%s: every value has its counter's name beside it", async (flag) => {
  const { out } = await withRoot(distinct.root, [flag]);
  let section = "";
  let seen = 0;
  for (const line of out.trimEnd().split("\n")) {
    const [, heading] = /^(\w+):$/.exec(line) ?? [];
    if (heading !== undefined) {
      section = heading;
      continue;
    }
    const [, named, value, counted, words, name] = /^ {4}(?:(\w+): (\d+)|(\d+) (\D.*?) +\((\w+)\))$/.exec(line) ?? [];
    expect(distinct.names.get(value ?? counted ?? ""), line).toBe(`${section} ${named ?? name}`);
    if (name !== undefined) expect(words).toBe(WORDS[section]![name]);
    seen++;
  }
  expect(seen).toBeGreaterThan(90);
});

it("says what cannot be read, and prints the rest", async () => {
  const broken = captured({ snmp: "Tcp: InSegs OutSegs\nTcp: 1 x\nUdp: NoPorts\nUdp: 7\n", netstat: "rubbish\n" });
  trees.push(broken);
  const { out, err, code } = await withRoot(broken.root, ["-su"]);
  expect(out).toBe("Udp:\n    7 datagrams received for an unknown port  (NoPorts)\n");
  expect(err).toBe(
    "netstat: snmp: lines that could not be read: 1\nnetstat: netstat: lines that could not be read: 1\n",
  );
  expect(code).toBe(0);
  expect((await withRoot(broken.root, ["-s6"])).err).toMatch(/^cannot open .*snmp6: No such file or directory\n$/);
});
