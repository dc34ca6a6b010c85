import { eachLine } from "../../form/forms.ts";
import { RowError } from "../../form/issues.ts";
import type { Line } from "../../form/line.ts";
import { counterOf } from "../../form/line-counters.ts";
import type { Counter, ParseOptions } from "../../form/options.ts";

/** What a line of an RPC statistics file holds: the names of its numbers, and of the list that the rest of them makes. */
export interface RpcLineShape {
  readonly names: readonly string[];
  readonly rest?: string;
}

/** Counters of the transport that every RPC statistics file begins with or has. */
export interface RpcNetLine<Value extends Counter = number> {
  /** Packets. */
  readonly packets: Value;
  /** Packets over UDP. */
  readonly udp: Value;
  /** Packets over TCP. */
  readonly tcp: Value;
  /** TCP connections. */
  readonly tcpConnections: Value;
}

export const NET_LINE: RpcLineShape = { names: ["packets", "udp", "tcp", "tcpConnections"] };

/** Counts of the procedures of each version; position is the procedure's number. */
export interface RpcProcedures<Value extends Counter = number> {
  /** NFS version 2. Absent where the kernel does not have it. */
  readonly proc2?: readonly Value[];
  readonly proc3?: readonly Value[];
  /** NFS version 4. Of a client: requests by the kernel's own numbers. Of a server: `NULL` and `COMPOUND`. */
  readonly proc4?: readonly Value[];
  /** Lines that this version does not know, by their first word; absent when there are none. */
  readonly others?: Readonly<Record<string, readonly Value[]>>;
}

/** Reads lines of a word and numbers: those with a shape as objects, `proc...` as lists behind their length, others as they are. */
export function rpcLines(
  text: Uint8Array,
  options: ParseOptions,
  shapes: ReadonlyMap<string, RpcLineShape>,
): Record<string, unknown> {
  const bigint = options.bigint === true;
  const known: [string, unknown][] = [];
  const others: [string, Counter[]][] = [];
  eachLine(text, options, (line) => {
    const word = line.word("line");
    const shape = shapes.get(word);
    if (shape !== undefined) known.push([word, shaped(line, shape, bigint)]);
    else if (/^proc[0-9]+(ops)?$/.test(word)) known.push([word, counted(line, word, bigint)]);
    else others.push([word, numbers(line, word, bigint)]);
  });
  return Object.fromEntries(others.length === 0 ? known : [...known, ["others", Object.fromEntries(others)]]);
}

function shaped(line: Line, shape: RpcLineShape, bigint: boolean): Record<string, Counter | Counter[]> {
  const entries: [string, Counter | Counter[]][] = shape.names.map((name) => [name, counterOf(line, name, bigint)]);
  const rest = shape.rest ?? "extra";
  if (line.more() || shape.rest !== undefined) entries.push([rest, numbers(line, rest, bigint)]);
  return Object.fromEntries(entries);
}

/** A list behind its own length. */
function counted(line: Line, word: string, bigint: boolean): Counter[] {
  const length = line.decimal(word);
  const values = length === 0 && !line.more() ? [] : numbers(line, word, bigint);
  if (values.length !== length) throw new RowError(line.at, word, `expected ${length} numbers, not ${values.length}`);
  return values;
}

/** The numbers left in the line; those with a point (old histograms of seconds) stay `number`. */
function numbers(line: Line, field: string, bigint: boolean): Counter[] {
  const values: Counter[] = [];
  if (!line.more()) throw new RowError(line.at, field, "expected numbers behind the word");
  while (line.more()) {
    const at = line.at;
    const token = line.word(field);
    if (/^[0-9]{1,15}\.[0-9]{1,9}$/.test(token)) {
      values.push(Number(token));
      continue;
    }
    line.at = at;
    values.push(counterOf(line, field, bigint));
  }
  return values;
}
