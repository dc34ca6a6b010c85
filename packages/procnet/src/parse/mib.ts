import { COLON } from "../text/ascii.ts";
import { utf8 } from "../text/strings.ts";
import { type Issues, type LinePlace, RowError } from "./issues.ts";
import type { Line } from "./line.ts";
import type { Counter, ParseOptions } from "./options.ts";
import { eachLine } from "./table.ts";

/** Counters of one protocol by the kernel's own names. */
export type Counters<Value extends Counter = number> = { readonly [name: string]: Value | undefined };

/**
 * Files of line pairs, names then values (`snmp`, `netstat`): by protocol, then by name. Nothing rests on order, so a name
 * that a newer kernel inserts changes no other. Pairs of one protocol are merged: `IcmpMsg` comes in several.
 */
export function mibPairs(text: Uint8Array, options: ParseOptions): Record<string, Record<string, Counter>> {
  const protocols = new Map<string, [string, Counter][]>();
  let names: string[] | undefined;
  let prefix = "";
  let place: LinePlace | undefined;
  let heard: Issues | undefined;
  eachLine(text, options, (line, issues) => {
    if (names === undefined) {
      const { bytes, start, end, number } = line;
      place = { bytes, start, end, number };
      heard = issues;
      prefix = protocolOf(line);
      names = wordsOf(line);
      return;
    }
    const expected = names;
    names = undefined;
    if (protocolOf(line) !== prefix) throw new RowError(line.start, prefix, `expected the values of "${prefix}"`);
    const values = expected.map((name): [string, Counter] => [name, line.counter(name, options.bigint === true)]);
    if (line.more()) throw new RowError(line.at, prefix, "more values than names");
    protocols.set(prefix, [...(protocols.get(prefix) ?? []), ...values]);
  });
  if (names !== undefined && place !== undefined) {
    heard?.row(
      place,
      new RowError(place.end, prefix, "the text ends between the names and the values of this protocol"),
    );
  }
  return Object.fromEntries([...protocols].map(([protocol, values]) => [protocol, Object.fromEntries(values)]));
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

/** Files of one name and one value a line (`snmp6`, `xfrm_stat`, ...), in the file's order. */
export function mibLines(text: Uint8Array, options: ParseOptions): Record<string, Counter> {
  const values: [string, Counter][] = [];
  eachLine(text, options, (line) => {
    const name = line.word("name");
    values.push([name, line.counter(name, options.bigint === true)]);
    if (line.more()) throw new RowError(line.at, name, "expected one value");
  });
  return Object.fromEntries(values);
}
