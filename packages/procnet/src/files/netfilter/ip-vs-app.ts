import { lineForm, parseRows } from "../../form/forms.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/ip_vs_app: ip_vs_app_seq_show (net/netfilter/ipvs/ip_vs_app.c).
 *
 *   prot port    usecnt name
 *   TCP  21      0      ftp
 */

/** A helper of IPVS for a protocol that carries addresses: a row of `/proc/net/ip_vs_app`. */
export interface IpVsAppEntry {
  /** `TCP`, `UDP`, ... */
  readonly protocol: string;
  /** Port of the services it serves. */
  readonly port: number;
  /** Connections that use it. */
  readonly useCnt: number;
  /** Name of the helper: `ftp`. */
  readonly name: string;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** Rows of `/proc/net/ip_vs_app`. */
export type IpVsAppEntries = IpVsAppEntry[];

/**
 * Helpers of IPVS: rows of `/proc/net/ip_vs_app`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { ipVsApp } from "procnet/tables";
 * read(ipVsApp).map((app) => `${app.name}:${app.port}`);
 * ```
 */
export const ipVsApp: RowTable<"ip_vs_app", IpVsAppEntry> = table(
  { name: "ip_vs_app", needs: "CONFIG_IP_VS, module ip_vs" },
  lineForm(["prot port"], (line) => ({
    protocol: line.word("prot"),
    port: line.decimal("port", 0xffff),
    useCnt: line.decimal("usecnt"),
    name: line.word("name"),
    ...line.extra(),
  })),
);

/**
 * Parses the text of `/proc/net/ip_vs_app`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseIpVsApp } from "procnet/parse";
 * parseIpVsApp(bytes).map((app) => `${app.name}:${app.port}`);
 * ```
 */
export function parseIpVsApp(text: Uint8Array, options: ParseOptions = {}): IpVsAppEntries {
  return parseRows(ipVsApp, text, options);
}
