import { ipv4Column } from "../../form/address-column.ts";
import { RowError } from "../../form/issues.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { lineTable, parseRows, type RowTable } from "../../form/table.ts";

/*
 * /proc/net/ipconfig/ntp_servers: ntp_servers_show (net/ipv4/ipconfig.c). One dotted address a line:
 *
 *   192.0.2.123
 */

/** Dotted addresses of `/proc/net/ipconfig/ntp_servers`: time servers that the kernel learnt of at boot. */
export type NtpServers = string[];

export const ntpServersTable: RowTable<string> = lineTable([], ntpServer);

/**
 * Parses the text of `/proc/net/ipconfig/ntp_servers`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad line, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseNtpServers } from "procnet/parse";
 * parseNtpServers(bytes); // ["192.0.2.123"]
 * ```
 */
export function parseNtpServers(text: Uint8Array, options: ParseOptions = {}): NtpServers {
  return parseRows(ntpServersTable, text, options);
}

function ntpServer(line: Line): string {
  const address = ipv4Column(line, "address");
  if (line.more()) throw new RowError(line.at, "address", "expected one address a line");
  return address;
}
