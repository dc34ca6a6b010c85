import { COLON, SPACE, TAB } from "../../bytes/ascii.ts";
import { latin1, utf8 } from "../../bytes/strings.ts";
import { BlockScanner, blockForm } from "../../form/block.ts";
import { parseRows } from "../../form/forms.ts";
import { RowError } from "../../form/issues.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";
import { fibTableLine } from "./fib-trie.ts";

/*
 * /proc/net/fib_triestat: fib_triestat_seq_show (net/ipv4/fib_trie.c). A line of sizes, then a block for each table:
 *
 *   Basic info: size of leaf: 48 bytes, size of tnode: 40 bytes.
 *   Main:
 *   	Aver depth:     1.80
 *   	Max depth:      2
 *   	Leaves:         5
 *   	Prefixes:       5
 *   	Internal nodes: 2
 *   	  3: 2
 *   	Pointers: 16
 *   Null ptrs: 10
 *   Total size: 1  kB
 */

/** How often the nodes of a size occur. */
export interface FibNodeSize {
  /** Bits that such a node tells apart. */
  readonly bits: number;
  /** How many there are. */
  readonly nodes: number;
}

/** Shape of a routing table's tree: a block of `/proc/net/fib_triestat`. */
export interface FibTriestat {
  /** Number of the routing table: see `RouteTableId`. */
  readonly table: number;
  /** Bytes of a leaf in memory. */
  readonly leafSize: number | undefined;
  /** Bytes of an inner node in memory, its children aside. */
  readonly tnodeSize: number | undefined;
  /** Inner nodes above a leaf, on average; the kernel's `Aver depth`. */
  readonly averageDepth: number;
  /** Inner nodes above the deepest leaf. */
  readonly maxDepth: number;
  /** Leaves of the tree. */
  readonly leaves: number;
  /** Prefixes in the leaves. Absent before about Linux 2.6.25. */
  readonly prefixes: number | undefined;
  /** Inner nodes of the tree. */
  readonly internalNodes: number;
  /** Inner nodes by size. */
  readonly nodeSizes: readonly FibNodeSize[];
  /** Places for children in all inner nodes. */
  readonly pointers: number;
  /** Those that are empty; the kernel's `Null ptrs`. */
  readonly nullPointers: number;
  /** Size of the tree in memory, KiB. */
  readonly totalSize: number;
  /** What lookups met; only with CONFIG_IP_FIB_TRIE_STATS. */
  readonly counters: FibTrieCounters | undefined;
  /** Lines that this version does not know, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** What the lookups in a table met, 32 bits each. */
export interface FibTrieCounters {
  /** Lookups. */
  readonly gets: number;
  /** Steps back towards the root. */
  readonly backtracks: number;
  /** Leaves whose route fitted. */
  readonly semanticMatchPassed: number;
  /** Leaves whose routes did not fit. */
  readonly semanticMatchMiss: number;
  /** Empty places met. */
  readonly nullNodeHit: number;
  /** Nodes that could not be resized for want of memory. */
  readonly skippedNodeResize: number;
}

/** Tables of `/proc/net/fib_triestat`. */
export type FibTriestatRows = FibTriestat[];

/**
 * Tables of `/proc/net/fib_triestat`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { fibTriestat } from "procnet/tables";
 * for (const row of each(fibTriestat)) console.log(row);
 * ```
 */
export const fibTriestat: RowTable<"fib_triestat", FibTriestat> = table(
  { name: "fib_triestat", needs: "CONFIG_INET" },
  blockForm((options) => new Tables(options)),
);

/**
 * Parses the text of `/proc/net/fib_triestat`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad line, unless `onIssue` is given
 * @example
 * ```ts
 * import { nameOf, RouteTableId } from "procnet";
 * import { parseFibTriestat } from "procnet/parse";
 * parseFibTriestat(bytes).map((row) => [nameOf(RouteTableId, row.table), row.prefixes]); // [["MAIN", 5], ["LOCAL", 6]]
 * ```
 */
export function parseFibTriestat(text: Uint8Array, options: ParseOptions = {}): FibTriestatRows {
  return parseRows(fibTriestat, text, options);
}

/** Fields by what their line calls them. */
const FIELDS: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ["Aver depth", "averageDepth"],
  ["Max depth", "maxDepth"],
  ["Leaves", "leaves"],
  ["Prefixes", "prefixes"],
  ["Internal nodes", "internalNodes"],
  ["Pointers", "pointers"],
  ["Null ptrs", "nullPointers"],
  ["Total size", "totalSize"],
]);

const COUNTERS: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ["gets", "gets"],
  ["backtracks", "backtracks"],
  ["semantic match passed", "semanticMatchPassed"],
  ["semantic match miss", "semanticMatchMiss"],
  ["null node hit", "nullNodeHit"],
  ["skipped node resize", "skippedNodeResize"],
]);

const EQUALS = 0x3d;

class Tables extends BlockScanner<FibTriestat> {
  private tableId: number | undefined;
  private values: Record<string, number> = {};
  private counters: Record<string, number> = {};
  private nodeSizes: FibNodeSize[] = [];
  private extra: string[] = [];

  constructor(options: ParseOptions) {
    super(["Basic info:"], options);
  }

  protected override take(rows: FibTriestat[]): void {
    const { line } = this;
    const { bytes } = line;
    if (!line.more()) return;
    const { name, sign } = key(line);
    if (name === "Counters" || name.startsWith("-----")) return;
    const field = FIELDS.get(name) ?? COUNTERS.get(name);
    if (field === undefined && bytes[line.start] !== TAB && bytes[line.end - 1] === COLON) {
      this.begin(line, rows);
      return;
    }
    if (this.tableId === undefined)
      throw new RowError(line.start, "table", "no table that could be read is before this line");
    if (field !== undefined) {
      line.at = Math.min(sign + 1, line.end);
      if (COUNTERS.has(name)) this.counters[field] = line.decimal(name);
      else this.values[field] = field === "averageDepth" ? fraction(line, name) : line.decimal(name);
    } else if (/^[0-9]{1,3}$/.test(name)) this.sizes(line);
    else this.extra.push(utf8(bytes, line.start, line.end));
  }

  private begin(line: Line, rows: FibTriestat[]): void {
    this.close(rows);
    this.tableId = fibTableLine(line);
  }

  /** Pairs of bits and nodes: `  1: 1  2: 3  3: 1`. Without them the table is incomplete. */
  private sizes(line: Line): void {
    const { values } = this;
    this.values = {};
    while (line.more()) {
      const bits = line.word("node size");
      if (!/^[0-9]{1,3}:$/.test(bits)) line.fail("node size", "a number of bits and a colon");
      this.nodeSizes.push({ bits: Number(bits.slice(0, -1)), nodes: line.decimal("nodes") });
    }
    this.values = values;
  }

  protected override close(rows: FibTriestat[]): void {
    const { tableId: table, values, counters, nodeSizes, extra } = this;
    this.tableId = undefined;
    this.values = {};
    this.counters = {};
    this.nodeSizes = [];
    this.extra = [];
    if (table === undefined) return;
    const missing =
      [...FIELDS].find(([, field]) => field !== "prefixes" && values[field] === undefined) ??
      [...COUNTERS].find(([, field]) => Object.keys(counters).length > 0 && counters[field] === undefined);
    if (missing !== undefined) {
      this.incomplete(missing[0]);
      return;
    }
    const { averageDepth, maxDepth, leaves, prefixes, internalNodes, pointers, nullPointers, totalSize } = values;
    rows.push({
      table,
      ...memory(this.line.headers[0] ?? ""),
      averageDepth: averageDepth!,
      maxDepth: maxDepth!,
      leaves: leaves!,
      prefixes,
      internalNodes: internalNodes!,
      nodeSizes,
      pointers: pointers!,
      nullPointers: nullPointers!,
      totalSize: totalSize!,
      counters: "gets" in counters ? (counters as object as FibTrieCounters) : undefined,
      ...(extra.length > 0 && { extra }),
    });
  }
}

/** The sizes in the header. */
function memory(header: string): Pick<FibTriestat, "leafSize" | "tnodeSize"> {
  return { leafSize: size(header, "size of leaf: "), tnodeSize: size(header, "size of tnode: ") };
}

/** The number behind a label. */
function size(header: string, label: string): number | undefined {
  const at = header.indexOf(label);
  const behind = at < 0 ? "" : header.slice(at + label.length, at + label.length + 20);
  const digits = /^([0-9]{1,9})(?![0-9])/.exec(behind)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The words before the first colon or sign of equality, and where that is. */
function key(line: Line): { name: string; sign: number } {
  const { bytes, at, end } = line;
  let sign = at;
  while (sign < end && bytes[sign] !== COLON && bytes[sign] !== EQUALS) sign++;
  let last = sign;
  while (last > at && bytes[last - 1] === SPACE) last--;
  return { name: latin1(bytes, at, last), sign };
}

/** A number with decimals. */
function fraction(line: Line, field: string): number {
  const text = line.word(field);
  if (!/^[0-9]{1,10}\.[0-9]{1,6}$/.test(text)) line.fail(field, "a number with decimals");
  return Number(text);
}
