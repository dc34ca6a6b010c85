import { signedSpan } from "../../bytes/decimal.ts";
import { ConntrackExpectFlags } from "../../codes/conntrack.ts";
import { lineForm, parseRows, type RowForm } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";
import { decimalPart, restOfLine, tokenParts } from "../../form/token.ts";
import { ConntrackFields, type NfConntrackTuple } from "./nf-conntrack-tuple.ts";

/*
 * /proc/net/nf_conntrack_expect: exp_seq_show (net/netfilter/nf_conntrack_expect.c). No header.
 *
 *   299 l3proto = 2 proto=6 src=127.0.0.1 dst=127.0.0.1 sport=0 dport=51210 ftp
 *   179 l3proto = 2 proto=17 src=127.0.0.1 dst=127.0.0.1 sport=0 dport=5062 PERMANENT,INACTIVE sip/signalling
 *
 * ip_conntrack_expect of kernels before 4.9 ends behind the tuple and leaves out l3proto.
 */

/** A connection that a helper expects to be opened beside another one: a row of `/proc/net/nf_conntrack_expect`. */
export interface NfConntrackExpectEntry {
  /** Seconds until it is dropped. Absent where the kernel prints `-`: without a timer, before 2026. */
  readonly timeout: number | undefined;
  /** Address family: 2 for IPv4, 10 for IPv6. Absent in `ip_conntrack_expect`. */
  readonly l3Number: number | undefined;
  /** IP protocol number. */
  readonly protocolNumber: number;
  /** What is expected; parts that may be anything are 0. Counters and zones are never in it. */
  readonly tuple: NfConntrackTuple;
  /** Bits of `ConntrackExpectFlags`. */
  readonly flags: number;
  /** Name of the helper: `ftp`, `sip`, ... */
  readonly helper: string | undefined;
  /** Name of the helper's policy: `signalling`, ... */
  readonly policy: string | undefined;
  /** Flags this version does not know, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** Rows of `/proc/net/nf_conntrack_expect`. */
export type NfConntrackExpectEntries = NfConntrackExpectEntry[];

const nfConntrackExpectForm: RowForm<NfConntrackExpectEntry> = lineForm([], expectRow);

/**
 * Connections that netfilter expects: rows of `/proc/net/nf_conntrack_expect`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { nfConntrackExpect } from "procnet/tables";
 * read(nfConntrackExpect).filter((expected) => expected.helper === "ftp");
 * ```
 */
export const nfConntrackExpect: RowTable<"nf_conntrack_expect", NfConntrackExpectEntry> = table(
  { name: "nf_conntrack_expect", needs: "CONFIG_NF_CONNTRACK_PROCFS, module nf_conntrack", readers: "root" },
  nfConntrackExpectForm,
);

/**
 * Connections that netfilter expects: rows of `/proc/net/ip_conntrack_expect`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { ipConntrackExpect } from "procnet/tables";
 * for (const row of each(ipConntrackExpect)) console.log(row);
 * ```
 */
export const ipConntrackExpect: RowTable<"ip_conntrack_expect", NfConntrackExpectEntry> = table(
  {
    name: "ip_conntrack_expect",
    needs: "CONFIG_NF_CONNTRACK_PROC_COMPAT, module nf_conntrack_ipv4",
    until: "4.9",
    readers: "root",
  },
  nfConntrackExpectForm,
);

/**
 * Parses the text of `/proc/net/nf_conntrack_expect`, or of `ip_conntrack_expect`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseNfConntrackExpect } from "procnet/parse";
 * parseNfConntrackExpect(bytes).filter((expected) => expected.helper === "ftp");
 * ```
 */
export function parseNfConntrackExpect(text: Uint8Array, options: ParseOptions = {}): NfConntrackExpectEntries {
  return parseRows(nfConntrackExpectForm, text, options);
}

function expectRow(line: Line, options: ParseOptions): NfConntrackExpectEntry {
  const timeout = expectTimeout(line);
  const l3Number = l3Proto(line);
  const [key, value] = tokenParts(line, "proto", "=");
  if (key![1] - key![0] !== 5) line.fail("proto", "proto= and a number");
  const protocolNumber = decimalPart(line, "proto", value![0], value![1]);
  const tuple = new ConntrackFields(line, { ...options, bigint: false }).readTuple() as NfConntrackTuple;
  const { flags, extra } = expectFlags(line);
  const name = restOfLine(line);
  const slash = name === undefined ? -1 : name.indexOf("/");
  return {
    timeout,
    l3Number,
    protocolNumber,
    tuple,
    flags,
    helper: slash < 0 ? name : name?.slice(0, slash),
    policy: slash < 0 ? undefined : name?.slice(slash + 1),
    ...(extra.length > 0 && { extra }),
  };
}

function expectTimeout(line: Line): number | undefined {
  line.next("timeout");
  if (line.tokenEnd - line.tokenStart === 1 && line.bytes[line.tokenStart] === 0x2d) return undefined;
  const value = signedSpan(line.bytes, line.tokenStart, line.tokenEnd);
  return Number.isNaN(value) ? line.fail("timeout", "a number of seconds, nor a dash") : value;
}

function l3Proto(line: Line): number | undefined {
  const before = line.at;
  if (line.word("l3proto") === "l3proto" && line.word("l3proto") === "=") return line.decimal("l3proto");
  line.at = before;
  return undefined;
}

/** Reads the word of flags, if the next one is that. */
function expectFlags(line: Line): { flags: number; extra: string[] } {
  const before = line.at;
  const names = line.more() ? line.word("flags").split(",") : [];
  let flags = 0;
  const extra: string[] = [];
  for (const name of names) {
    if (Object.hasOwn(ConntrackExpectFlags, name)) flags |= ConntrackExpectFlags[name as "PERMANENT"];
    else extra.push(name);
  }
  if (flags !== 0) return { flags, extra };
  line.at = before;
  return { flags, extra: [] };
}
