import { COLON, MINUS, NINE, ZERO } from "../bytes/ascii.ts";
import { utf8 } from "../bytes/strings.ts";
import { eachLine } from "./forms.ts";
import { type Issues, type LinePlace, RowError } from "./issues.ts";
import type { Line } from "./line.ts";
import { counterOf, signedCounterOf } from "./line-counters.ts";
import type { Counter, ParseOptions } from "./options.ts";

/** The only counter of the pairs that `%ld` prints (snmp_seq_show_tcp_udp): -1 stands for no limit (RFC 4022). */
const SIGNED = "MaxConn";

/** Counters of one protocol by the kernel's own names. */
export type Counters<Value extends Counter = number> = { readonly [name: string]: Value | undefined };

/** The names of a pair whose values have not come yet. */
interface Names {
  readonly prefix: string;
  readonly names: readonly string[];
  /** Their line, for the message when no values come. */
  readonly place: LinePlace;
}

/**
 * Files of line pairs, names then values (`snmp`, `netstat`): by protocol, then by name. Nothing rests on order, so a name
 * that a newer kernel inserts changes no other. Pairs of one protocol are merged: `IcmpMsg` comes in several. A line that is
 * neither names nor values, or that lacks its other half, costs itself alone.
 */
export function mibPairs(text: Uint8Array, options: ParseOptions): Record<string, Record<string, Counter>> {
  const protocols = new Map<string, [string, Counter][]>();
  let due: Names | undefined;
  let heard: Issues | undefined;
  const read = (line: Line, issues: Issues): void => {
    heard = issues;
    const prefix = protocolOf(line);
    if (due?.prefix === prefix) {
      const { names } = due;
      due = undefined;
      add(protocols, prefix, valuesOf(line, prefix, names, options.bigint === true));
    } else if (beginsWithNumber(line)) {
      const expected = due === undefined ? "the names" : `the values of "${due.prefix}"`;
      throw new RowError(line.start, prefix, `expected ${expected}`);
    } else {
      const before = due;
      due = { prefix, names: wordsOf(line), place: placeOf(line) };
      if (before !== undefined) withoutValues(before, issues);
    }
  };
  eachLine(text, options, read);
  if (due !== undefined && heard !== undefined) withoutValues(due, heard);
  return Object.fromEntries([...protocols].map(([protocol, values]) => [protocol, Object.fromEntries(values)]));
}

function placeOf({ bytes, start, end, number }: Line): LinePlace {
  return { bytes, start, end, number };
}

function withoutValues({ prefix, place }: Names, issues: Issues): void {
  issues.row(place, new RowError(place.end, prefix, "the values of this protocol do not follow its names"));
}

function beginsWithNumber(line: Line): boolean {
  if (!line.more()) return false;
  const byte = line.bytes[line.at]!;
  return byte === MINUS || (byte >= ZERO && byte <= NINE);
}

function valuesOf(line: Line, prefix: string, names: readonly string[], bigint: boolean): [string, Counter][] {
  const values = names.map((name): [string, Counter] => [name, numberOf(line, name, bigint, name === SIGNED)]);
  if (line.more()) throw new RowError(line.at, prefix, "more values than names");
  return values;
}

function numberOf(line: Line, name: string, bigint: boolean, signed: boolean): Counter {
  return signed ? signedCounterOf(line, name, bigint) : counterOf(line, name, bigint);
}

function add(protocols: Map<string, [string, Counter][]>, prefix: string, values: readonly [string, Counter][]): void {
  const known = protocols.get(prefix);
  if (known === undefined) protocols.set(prefix, [...values]);
  else for (const value of values) known.push(value);
}

/** The word before the colon that begins a line. */
function protocolOf(line: Line): string {
  line.next("protocol");
  if (line.bytes[line.tokenEnd - 1] !== COLON) line.fail("protocol", "a protocol and a colon");
  return utf8(line.bytes, line.tokenStart, line.tokenEnd - 1);
}

function wordsOf(line: Line): string[] {
  const words: string[] = [];
  while (line.more()) words.push(line.word("name"));
  return words;
}

/** Files of one name and one value a line (`snmp6`, `xfrm_stat`, ...), in the file's order; `signed` where `%ld` prints them. */
export function mibLines(text: Uint8Array, options: ParseOptions, signed = false): Record<string, Counter> {
  const values: [string, Counter][] = [];
  eachLine(
    text,
    options,
    (line) => {
      const name = line.word("name");
      values.push([name, numberOf(line, name, options.bigint === true, signed)]);
      if (line.more()) throw new RowError(line.at, name, "expected one value");
    },
    { tabs: true },
  );
  return Object.fromEntries(values);
}
