import { utf8 } from "../../bytes/strings.ts";
import { ipv4Column } from "../../form/address-column.ts";
import { readWhole } from "../../form/block.ts";
import { RowError } from "../../form/issues.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type TextTable, table } from "../../form/table.ts";

/*
 * /proc/net/pnp: pnp_seq_show (net/ipv4/ipconfig.c). Made to serve as resolv.conf:
 *
 *   #PROTO: DHCP
 *   domain example.net
 *   nameserver 192.0.2.53
 *   bootserver 192.0.2.1
 */

/** What the kernel learnt when it configured its network by itself at boot: `/proc/net/pnp`. */
export interface Pnp {
  /** `DHCP`, `BOOTP` or `RARP`; `MANUAL` when nothing was asked. */
  readonly protocol: string;
  /** Domain, chosen by the server of that protocol. Absent when none was given. */
  readonly domain: string | undefined;
  /** Dotted addresses, three at most. */
  readonly nameservers: readonly string[];
  /** Dotted address that the machine boots from; absent when none was given. */
  readonly bootserver: string | undefined;
  /** Lines that this version does not know, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/**
 * What the kernel learnt when it configured its network by itself at boot: `/proc/net/pnp`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { pnp } from "procnet/tables";
 * read(pnp)?.nameservers; // ["192.0.2.53"]
 * ```
 */
export const pnp: TextTable<"pnp", Pnp | undefined> = table(
  { name: "pnp", needs: "CONFIG_IP_PNP", scope: "initial" },
  { parse },
);

/**
 * Parses the text of `/proc/net/pnp`; an empty text is `undefined`. The domain comes from the network: it could hold a newline
 * and so a name server of its own.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad line, unless `onIssue` is given
 * @example
 * ```ts
 * import { parsePnp } from "procnet/parse";
 * parsePnp(bytes)?.nameservers; // ["192.0.2.53"]
 * ```
 */
export function parsePnp(text: Uint8Array, options: ParseOptions = {}): Pnp | undefined {
  return parse(text, options);
}

function parse(text: Uint8Array, options: ParseOptions): Pnp | undefined {
  let protocol: string | undefined;
  let domain: string | undefined;
  let bootserver: string | undefined;
  const nameservers: string[] = [];
  const extra: string[] = [];
  const read = (line: Line) => {
    if (protocol === undefined) {
      protocol = firstLine(line);
      return;
    }
    const key = line.more() ? line.word("key") : "";
    if (key === "domain") domain = utf8(line.bytes, Math.min(line.at + 1, line.end), line.end);
    else if (key === "nameserver") nameservers.push(ipv4Column(line, key));
    else if (key === "bootserver") bootserver = ipv4Column(line, key);
    else if (line.more()) extra.push(utf8(line.bytes, line.start, line.end));
    else throw new RowError(line.start, "key", "expected a key and a value");
  };
  return readWhole(text, options, read, (last) => {
    if (protocol === undefined) throw new RowError(last.end, "#PROTO", "the text lacks this field");
    return { protocol, domain, nameservers, bootserver, ...(extra.length > 0 && { extra }) };
  });
}

function firstLine(line: Line): string {
  const first = line.word("#PROTO");
  if (first === "#MANUAL") return "MANUAL";
  if (first !== "#PROTO:") line.fail("#PROTO", '"#PROTO:" or "#MANUAL"');
  return line.word("#PROTO");
}
