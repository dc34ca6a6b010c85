import { lineForm, parseRows, type RowForm } from "../../form/forms.ts";
import { RowError } from "../../form/issues.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { printedAddress } from "../../form/printed-address.ts";
import { type RowTable, table } from "../../form/table.ts";
import { decimalPart, tokenParts } from "../../form/token.ts";

/*
 * /proc/net/xt_recent/<name>, before 2.6.28 ipt_recent/<name>: recent_seq_show (net/netfilter/xt_recent.c). No header.
 *
 *   src=192.0.2.1 ttl: 64 last_seen: 4295612771 oldest_pkt: 3 4295612760, 4295612762, 4295612771
 */

/** An address on a list of the `recent` match: a row of `/proc/net/xt_recent/<name>`. */
export interface XtRecentEntry {
  /** The address, RFC 5952 text. */
  readonly src: string;
  /** Time to live of the packet that was seen last; 0 when the address was added by hand. */
  readonly ttl: number;
  /**
   * When a packet was seen last, in jiffies: ticks of the kernel's own clock, whose rate no file tells (100 to 1,000 a
   * second) and which starts five minutes before it wraps at 2^32.
   */
  readonly lastSeen: number;
  /** Place in `stamps` that the next packet will take. */
  readonly oldestPkt: number;
  /** When the last packets were seen, in jiffies: a ring, so the oldest is not always the first. */
  readonly stamps: readonly number[];
}

/** Rows of `/proc/net/xt_recent/<name>`. */
export type XtRecentEntries = XtRecentEntry[];

const xtRecentForm: RowForm<XtRecentEntry> = lineForm([], recentRow);

/**
 * Rows of `/proc/net/xt_recent/*`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { xtRecent } from "procnet/tables";
 * console.log(read(xtRecent, { name: "xt_recent/eth0" }));
 * ```
 */
export const xtRecent: RowTable<"xt_recent/*", XtRecentEntry> = table(
  { name: "xt_recent/*", needs: "CONFIG_NETFILTER_XT_MATCH_RECENT, module xt_recent", since: "2.6.28" },
  xtRecentForm,
);

/**
 * Rows of `/proc/net/ipt_recent/*`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { iptRecent } from "procnet/tables";
 * console.log(read(iptRecent, { name: "ipt_recent/eth0" }));
 * ```
 */
export const iptRecent: RowTable<"ipt_recent/*", XtRecentEntry> = table(
  {
    name: "ipt_recent/*",
    needs: "module ipt_recent, or CONFIG_NETFILTER_XT_MATCH_RECENT_PROC_COMPAT",
    until: "2.6.35",
  },
  xtRecentForm,
);

/**
 * Parses the text of `/proc/net/xt_recent/<name>`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseXtRecent } from "procnet/parse";
 * parseXtRecent(bytes).map((entry) => entry.src);
 * ```
 */
export function parseXtRecent(text: Uint8Array, options: ParseOptions = {}): XtRecentEntries {
  return parseRows(xtRecentForm, text, options);
}

function recentRow(line: Line): XtRecentEntry {
  const [key, value] = tokenParts(line, "src", "=");
  if (key![1] - key![0] !== 3) line.fail("src", "src= and an address");
  return {
    src: printedAddress(line, "src", value![0], value![1]),
    ttl: labelled(line, "ttl"),
    lastSeen: labelled(line, "last_seen"),
    oldestPkt: labelled(line, "oldest_pkt"),
    stamps: stampList(line),
  };
}

function labelled(line: Line, name: string): number {
  if (line.word(name) !== `${name}:`) line.fail(name, `"${name}:"`);
  return line.decimal(name);
}

function stampList(line: Line): number[] {
  const stamps: number[] = [];
  let comma = true;
  while (line.more()) {
    if (!comma) throw new RowError(line.at, "stamps", "expected a comma between the stamps");
    line.next("stamps");
    comma = line.bytes[line.tokenEnd - 1] === 0x2c;
    stamps.push(decimalPart(line, "stamps", line.tokenStart, comma ? line.tokenEnd - 1 : line.tokenEnd));
  }
  return stamps;
}
