import { type OnIssue, read } from "procnet";
import { netstat, sctpSnmp, snmp, snmp6 } from "procnet/tables";
import { foreign, right } from "../text/printf.ts";
import type { Flags, Protocol } from "./flags.ts";
import type { Page } from "./page.ts";
import { type Source, sourceOf, unlessAbsent } from "./source.ts";
import { EVEN_ZERO, SETTINGS, WORDS } from "./statistics-words.ts";
import { Unreadable } from "./unreadable.ts";

/*
 * The counters of the kernel, section by section in the order of its files. Which sections and which counters appear is
 * as netstat has it; what is said of a counter is our own, with the kernel's name beside it.
 */

type Value = number | bigint;
type Section = readonly [name: string, counters: readonly (readonly [name: string, value: Value])[]];
/** Reads the sections of a file. */
type Reader = (options: { of: Source; bigint: true; onIssue: OnIssue }) => readonly Section[];

/** Sections that belong to a protocol: shown when it was asked for, or none was. All others are always shown. */
const PROTOCOLS: Readonly<Record<string, Protocol>> = {
  Ip: "raw",
  Icmp: "raw",
  Tcp: "tcp",
  Udp: "udp",
  TcpExt: "tcp",
  Sctp: "sctp",
  Ip6: "raw",
  Icmp6: "raw",
  Udp6: "udp",
};

/** Prints the counters; gives the exit code. */
export async function printStatistics(flags: Flags, root: string | undefined, page: Page): Promise<number> {
  const families = [...flags.families, ...flags.gone.map((name) => name.toLowerCase())];
  const [family = "inet"] = families;
  if (families.length > 1 || (family !== "inet" && family !== "inet6")) {
    // This is data there, not a complaint, and so it is here.
    page.print(`netstat: No statistics support for specified address family: ${families.join(",")}\n`);
    return 1;
  }
  const source = sourceOf(root);
  const print = (file: string, reader: Reader, optional = false): boolean => {
    const sections = readSections(source, file, reader, page);
    if (sections === undefined && !optional)
      page.warn(`cannot open ${source.shown}/${file}: No such file or directory`);
    for (const section of sections ?? []) if (page.open) printSection(section, flags, page);
    return sections !== undefined;
  };
  // net-tools leaves with 0 all the same, as if there were nothing to count.
  const missing = 1;
  if (family === "inet6") {
    if (!print("snmp6", sections6)) return missing;
    // TCP counts both families in one place.
    return print("snmp", (options) => pairs(read(snmp, options)).filter(isTcp)) ? 0 : missing;
  }
  if (!print("snmp", (options) => pairs(read(snmp, options)))) return missing;
  print("netstat", (options) => pairs(read(netstat, options)), true);
  print("sctp/snmp", (options) => [["Sctp", counted(read(sctpSnmp, options))]], true);
  return 0;
}

type Counters = Section[1];

const isTcp = ([name]: Section): boolean => name.startsWith("Tcp");

/** Sections by name, of counters by name. */
type Named<Content> = Readonly<Record<string, Content | undefined>>;

const pairs = (sections: Named<Named<Value>>): Section[] =>
  Object.entries(sections).map(([name, counters = {}]) => [name, counted(counters)]);

function counted(counters: Named<Value>): Counters {
  return Object.entries(counters).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

/** The file has names with their section in front, and netstat shows them so. */
const sections6: Reader = (options) =>
  pairs(read(snmp6, options)).map(([section, counters]) => [
    section,
    counters.map(([name, value]) => [`${section}${name}`, value]),
  ]);

function readSections(of: Source, file: string, reader: Reader, page: Page): readonly Section[] | undefined {
  const unreadable = new Unreadable();
  const { onIssue } = unreadable;
  const sections = unlessAbsent(() => reader({ of, bigint: true, onIssue }));
  unreadable.report(file, page);
  return sections;
}

function printSection([section, counters]: Section, { protocols }: Flags, page: Page): void {
  const protocol = own(PROTOCOLS, section);
  if (protocol !== undefined && protocols.size > 0 && !protocols.has(protocol)) return;
  page.print(`${foreign(section)}:\n`);
  const shown = counters.filter(([name, value]) => isShown(section, name, value));
  const known = own(WORDS, section) ?? {};
  const described = shown.flatMap(([name, value]) =>
    Object.hasOwn(known, name) ? [{ words: known[name]!, value }] : [],
  );
  const valueWidth = widest(described.map(({ value }) => String(value)));
  const wordsWidth = widest(described.map(({ words }) => words));
  for (const [name, value] of shown) {
    const words = own(known, name);
    if (words === undefined) page.print(`    ${foreign(name)}: ${value}\n`);
    else page.print(`    ${right(value, valueWidth)} ${words.padEnd(wordsWidth)}  (${name})\n`);
  }
}

function isShown(section: string, name: string, value: Value): boolean {
  if (own(SETTINGS, section)?.includes(name)) return false;
  return Number(value) !== 0 || own(EVEN_ZERO, section)?.includes(name) === true;
}

/** What a table of ours has under a name, which may be a foreign one such as `constructor`. */
function own<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** One by one: a text may have more counters than a call has arguments. */
function widest(texts: readonly string[]): number {
  let width = 0;
  for (const text of texts) width = Math.max(width, text.length);
  return width;
}
