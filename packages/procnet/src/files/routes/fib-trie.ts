import { COLON } from "../../bytes/ascii.ts";
import { decimalSpan, signedSpan } from "../../bytes/decimal.ts";
import { latin1 } from "../../bytes/strings.ts";
import { RouteScope, RouteTableId, RouteType } from "../../codes/route-type.ts";
import { nameOf, type TwoWay } from "../../codes/two-way.ts";
import { dotted, ipv4Column } from "../../form/address-column.ts";
import { parseRows } from "../../form/forms.ts";
import { RowError } from "../../form/issues.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { LineScanner } from "../../form/scanner.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/fib_trie: fib_trie_seq_show (net/ipv4/fib_trie.c). Each table is a line of its name and a tree, indented by three
 * blanks a level: inner nodes (+--), leaves (|--) and the routes of a leaf.
 *
 *   Local:
 *     +-- 0.0.0.0/0 3 0 5
 *        +-- 10.1.2.0/24 2 0 2
 *           |-- 10.1.2.3
 *              /32 host LOCAL
 *
 * Without policy rules the tables main and local are one tree, printed twice.
 */

/** An inner node of a routing tree. */
export interface FibTrieNode {
  /** An inner node. */
  readonly kind: "node";
  /** Number of the routing table: see `RouteTableId`. */
  readonly table: number;
  /** Inner nodes above this one. */
  readonly depth: number;
  /** Dotted address that everything below begins with. */
  readonly prefix: string;
  /** Bits of `prefix` that everything below shares. */
  readonly prefixLength: number;
  /** The node tells this many further bits apart: it has two to the power of it children. */
  readonly bits: number;
  /** Children that are inner nodes and skip no bits. */
  readonly fullChildren: number;
  /** Places without a child. */
  readonly emptyChildren: number;
}

/** A route in a leaf of a routing tree. Device, gateway and metric are not in the file. */
export interface FibTrieRoute {
  /** A route in a leaf. */
  readonly kind: "route";
  /** Number of the routing table: see `RouteTableId`. */
  readonly table: number;
  /** Inner nodes above its leaf. */
  readonly depth: number;
  /** Dotted network address. */
  readonly destination: string;
  /** Bits of the network's prefix. */
  readonly prefixLength: number;
  /** How far the destination is, by the kernel's name; one this version does not know is `UNKNOWN(7)`. */
  readonly scope: RouteScope;
  /** By the kernel's name; a type this version does not know is `UNKNOWN(14)`. */
  readonly type: RouteType;
  /** Type of service that the route is for; absent for any. */
  readonly tos: number | undefined;
}

/** A row of `/proc/net/fib_trie`, told apart by `kind`. */
export type FibTrie = FibTrieNode | FibTrieRoute;

/** Rows of `/proc/net/fib_trie`, each node before what is below it. */
export type FibTrieRows = FibTrie[];

/**
 * Rows of `/proc/net/fib_trie`, each node before what is below it.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { fibTrie } from "procnet/tables";
 * const routes = read(fibTrie).filter((row) => row.kind === "route");
 * ```
 */
export const fibTrie: RowTable<"fib_trie", FibTrie> = table(
  { name: "fib_trie", needs: "CONFIG_INET" },
  { scanner: (options) => new FibTrieScanner(options) },
);

/**
 * Parses the text of `/proc/net/fib_trie`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad line, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseFibTrie } from "procnet/parse";
 * const routes = parseFibTrie(bytes).filter((row) => row.kind === "route");
 * ```
 */
export function parseFibTrie(text: Uint8Array, options: ParseOptions = {}): FibTrieRows {
  return parseRows(fibTrie, text, options);
}

/**
 * The IPv4 addresses of this namespace, each once: no other text under `/proc/net` has them all.
 *
 * @example
 * ```ts
 * import { localAddresses, net } from "procnet";
 * localAddresses(net.fibTrie()); // ["10.1.2.3", "127.0.0.1"]
 * ```
 */
export function localAddresses(rows: readonly FibTrie[]): string[] {
  const addresses = new Set<string>();
  for (const row of rows) {
    if (row.kind === "route" && row.type === "LOCAL" && row.prefixLength === 32) addresses.add(row.destination);
  }
  return [...addresses];
}

/** The columns of a leaf that its routes need. */
interface Leaf {
  readonly depth: number;
  readonly destination: string;
}

class FibTrieScanner extends LineScanner<FibTrie> {
  private tableId: number | undefined;
  private leaf: Leaf | undefined;

  constructor(options: ParseOptions) {
    super({ headers: [], row: (line) => this.row(line) }, options);
  }

  private row(line: Line): FibTrie | undefined {
    if (!line.more()) return undefined;
    const depth = Math.floor((line.at - line.start - 2) / 3);
    if (line.at === line.start) {
      this.leaf = undefined;
      this.tableId = undefined;
      this.tableId = fibTableLine(line);
      return undefined;
    }
    if (depth < 0) throw new RowError(line.at, "depth", "nodes are indented by two blanks at least");
    if (this.tableId === undefined)
      throw new RowError(line.at, "table", "no table that could be read is before this line");
    const sign = latin1(line.bytes, line.at, Math.min(line.at + 3, line.end));
    if (sign[0] === "/") return this.route(line, this.tableId);
    this.leaf = undefined;
    line.next("node");
    if (sign === "+--") return node(line, this.tableId, depth);
    if (sign !== "|--") line.fail("node", "a node, a leaf or a route");
    this.leaf = { depth, destination: ipv4Column(line, "leaf") };
    return undefined;
  }

  private route(line: Line, table: number): FibTrieRoute {
    const { leaf } = this;
    if (leaf === undefined) throw new RowError(line.at, "leaf", "no leaf that could be read is before this route");
    line.next("prefix length");
    const prefixLength = decimalSpan(line.bytes, line.tokenStart + 1, line.tokenEnd);
    if (!(prefixLength >= 0 && prefixLength <= 32)) line.fail("prefix length", "a length of a prefix, /0 to /32");
    const scope = named(line, "scope", RouteScope, SCOPE, line.word("scope"));
    line.more();
    const rest = TYPE.exec(latin1(line.bytes, line.at, line.end));
    if (rest === null) throw new RowError(line.at, "type", "expected a type");
    const type = named(line, "type", RouteType, NUMBERED_TYPE, rest[1]!);
    const tos = rest[2] === undefined ? undefined : Number(rest[2]);
    return { kind: "route", table, depth: leaf.depth, destination: leaf.destination, prefixLength, scope, type, tos };
  }
}

/** Type and type of service; old kernels put no blank between them and one before the sign (`UNICASTtos =16`). */
const TYPE = /^([A-Z]{1,20}|type [0-9]{1,10})(?: ?tos ?=([0-9]{1,3}))?$/;
const SCOPE = /^scope=([0-9]{1,10})$/;
const NUMBERED_TYPE = /^type ([0-9]{1,10})$/;

/** A name of the table, or the number that the kernel prints for what it has no name for. */
function named<Codes extends Readonly<Record<string, number>>>(
  line: Line,
  field: string,
  table: TwoWay<Codes>,
  numbered: RegExp,
  text: string,
): (keyof Codes & string) | `UNKNOWN(${number})` {
  const number = numbered.exec(text);
  if (number !== null) return nameOf(table, Number(number[1]));
  if (typeof (table as Record<string, unknown>)[text] !== "number") {
    throw new RowError(line.tokenStart, field, `"${text.slice(0, 40)}" is no name of one`);
  }
  return text;
}

function node(line: Line, table: number, depth: number): FibTrieNode {
  line.next("prefix");
  const slash = line.tokenStart + line.bytes.subarray(line.tokenStart, line.tokenEnd).indexOf(0x2f);
  const prefixLength = decimalSpan(line.bytes, slash + 1, line.tokenEnd);
  if (slash < line.tokenStart || !(prefixLength >= 0 && prefixLength <= 32))
    line.fail("prefix", "an address and a length");
  const prefix = dotted(line, slash, "prefix");
  const bits = line.decimal("bits");
  const fullChildren = line.decimal("full children");
  const emptyChildren = line.decimal("empty children");
  return { kind: "node", table, depth, prefix, prefixLength, bits, fullChildren, emptyChildren };
}

/** The number of the table that a line names: `Main:`, `Local:` or `Id 77:`. */
export function fibTableLine(line: Line): number {
  const { bytes, start, end } = line;
  const text = latin1(bytes, start, Math.min(end, start + 20));
  if (text === "Main:") return RouteTableId.MAIN;
  if (text === "Local:") return RouteTableId.LOCAL;
  const id = bytes[end - 1] === COLON && text.startsWith("Id ") ? signedSpan(bytes, start + 3, end - 1) : Number.NaN;
  // fib_table_print writes the unsigned number with %d.
  if (!(id >= -(2 ** 31) && id < 2 ** 32))
    throw new RowError(start, "table", 'expected "Main:", "Local:" or "Id" and a number');
  return id >>> 0;
}
