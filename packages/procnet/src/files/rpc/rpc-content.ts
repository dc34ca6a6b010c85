import { utf8 } from "../../bytes/strings.ts";
import { parseRows } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { LineScanner } from "../../form/scanner.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/rpc/<cache>/content: c_show (net/sunrpc/cache.c) and the show function of each cache. The header has no blank
 * behind its #; entries that are expired, negative or not filled yet have one. The line of numbers comes with debugging only.
 *
 *   #path domain(flags)
 *   # expiry=1700000000 refcnt=2 flags=1
 *   /tmp/a\040+\040b	*,client.example.org(ro,root_squash,sync,wdelay)
 *   # /tmp/bar/a	*()
 */

/** An entry of a cache between the kernel and the daemons of NFS. What the fields mean depends on the cache. */
export interface RpcContentEntry {
  /** Whether the entry may be used: no `# ` in front of it. */
  readonly valid: boolean;
  /** Its words; octal escapes such as `\040` are undone. */
  readonly fields: readonly string[];
  /** The line that the kernel's debugging puts in front of the entry, without its `# `; absent as a rule. */
  readonly debug: string | undefined;
}

/** Entries of a cache. */
export type RpcContentEntries = RpcContentEntry[];

/**
 * `/proc/net/rpc/<cache>/content`: entries of a cache.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { rpcContent } from "procnet/tables";
 * console.log(read(rpcContent, { name: "rpc/auth.unix.ip/content" }));
 * ```
 */
export const rpcContent: RowTable<"rpc/*/content", RpcContentEntry> = table(
  {
    name: "rpc/*/content",
    needs: "CONFIG_SUNRPC, module sunrpc, and the module of the cache (nfsd, nfs, ...)",
    readers: "root",
    sideEffect: "checks the entries, and may ask the daemon about them",
  },
  {
    scanner: (options) => {
      let debug: string | undefined;
      const row = (line: Line) => {
        const found = debugOf(line);
        const entry = found === undefined ? { ...entryOf(line), debug } : undefined;
        debug = found;
        return entry;
      };
      return new LineScanner({ headers: ["#"], row }, options);
    },
  },
);

/**
 * Parses the text of `/proc/net/rpc/<cache>/content`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseRpcContent } from "procnet/parse";
 * const exported = parseRpcContent(bytes).filter((entry) => entry.valid).map((entry) => entry.fields[0]);
 * ```
 */
export function parseRpcContent(text: Uint8Array, options: ParseOptions = {}): RpcContentEntries {
  return parseRows(rpcContent, text, options);
}

const HASH = 0x23;
const BACKSLASH = 0x5c;

function debugOf(line: Line): string | undefined {
  const text = utf8(line.bytes, line.start, line.end);
  return /^# expiry=-?[0-9]+ refcnt=-?[0-9]+( flags=[0-9a-f]+)?$/.test(text) ? text.slice(2) : undefined;
}

function entryOf(line: Line): Pick<RpcContentEntry, "valid" | "fields"> {
  const fields: string[] = [];
  line.next("entry");
  const valid = line.tokenEnd - line.tokenStart !== 1 || line.bytes[line.tokenStart] !== HASH;
  if (!valid) line.next("entry");
  else if (line.bytes[line.tokenStart] === HASH) line.fail("entry", "an entry: it reads like the header");
  fields.push(unescaped(line));
  while (line.more()) {
    line.next("entry");
    fields.push(unescaped(line));
  }
  return { valid, fields };
}

/** The token read last, with each backslash and three octal digits made the byte they stand for. */
function unescaped(line: Line): string {
  const token = line.bytes.subarray(line.tokenStart, line.tokenEnd);
  if (!token.includes(BACKSLASH)) return utf8(token, 0, token.length);
  const bytes: number[] = [];
  for (let at = 0; at < token.length; at++) {
    const byte = token[at] === BACKSLASH ? octal(token, at + 1) : -1;
    bytes.push(byte < 0 ? token[at]! : byte);
    if (byte >= 0) at += 3;
  }
  return utf8(Uint8Array.from(bytes), 0, bytes.length);
}

/** Three octal digits below 256; -1 when they are not. */
function octal(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let index = at; index < at + 3; index++) {
    const digit = (bytes[index] ?? 0) - 0x30;
    if (digit < 0 || digit > 7) return -1;
    value = value * 8 + digit;
  }
  return value > 255 ? -1 : value;
}
