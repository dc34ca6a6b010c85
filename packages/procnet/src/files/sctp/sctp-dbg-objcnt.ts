import { COLON } from "../../bytes/ascii.ts";
import { utf8 } from "../../bytes/strings.ts";
import { eachLine } from "../../form/forms.ts";
import { RowError } from "../../form/issues.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type TextTable, table } from "../../form/table.ts";

/*
 * /proc/net/sctp/sctp_dbg_objcnt: sctp_objcnt_seq_show (net/sctp/objcnt.c). One line for each kind of object, padded to 127.
 *
 *   sock: 2
 */

/** How many objects of each kind SCTP holds, by the kernel's names: `sock`, `ep`, `assoc`, `transport`, `chunk`, ... */
export type SctpDbgObjcnt = { readonly [kind: string]: number | undefined };

/**
 * `/proc/net/sctp/sctp_dbg_objcnt`: how many objects of each kind SCTP holds, by the kernel's names: `sock`, `ep`,
 * `assoc`, `transport`, `chunk`, ...
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { sctpDbgObjcnt } from "procnet/tables";
 * read(sctpDbgObjcnt)["assoc"];
 * ```
 */
export const sctpDbgObjcnt: TextTable<"sctp/sctp_dbg_objcnt", SctpDbgObjcnt> = table(
  { name: "sctp/sctp_dbg_objcnt", needs: "CONFIG_SCTP_DBG_OBJCNT, module sctp" },
  { parse },
);

/**
 * Parses the text of `/proc/net/sctp/sctp_dbg_objcnt`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first line that is no count, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseSctpDbgObjcnt } from "procnet/parse";
 * parseSctpDbgObjcnt(bytes)["assoc"];
 * ```
 */
export function parseSctpDbgObjcnt(text: Uint8Array, options: ParseOptions = {}): SctpDbgObjcnt {
  return sctpDbgObjcnt.parse(text, options);
}

function parse(text: Uint8Array, options: ParseOptions): SctpDbgObjcnt {
  const counts: [string, number][] = [];
  eachLine(text, options, (line) => {
    line.next("label");
    if (line.bytes[line.tokenEnd - 1] !== COLON) line.fail("label", "a label and a colon");
    const label = utf8(line.bytes, line.tokenStart, line.tokenEnd - 1);
    counts.push([label, line.signed(label)]);
    if (line.more()) throw new RowError(line.at, label, "expected one count");
  });
  return Object.fromEntries(counts);
}
