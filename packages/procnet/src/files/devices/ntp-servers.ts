import { ipv4Column } from "../../form/address-column.ts";
import { lineForm, parseRows } from "../../form/forms.ts";
import { RowError } from "../../form/issues.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/ipconfig/ntp_servers: ntp_servers_show (net/ipv4/ipconfig.c). One dotted address a line:
 *
 *   192.0.2.123
 */

/** Dotted addresses of `/proc/net/ipconfig/ntp_servers`: time servers that the kernel learnt of at boot. */
export type NtpServers = string[];

/**
 * Dotted addresses of `/proc/net/ipconfig/ntp_servers`: time servers that the kernel learnt of at boot.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { ipconfigNtpServers } from "procnet/tables";
 * for (const row of each(ipconfigNtpServers)) console.log(row);
 * ```
 */
export const ipconfigNtpServers: RowTable<"ipconfig/ntp_servers", string> = table(
  { name: "ipconfig/ntp_servers", needs: "CONFIG_IP_PNP", since: "4.18", scope: "initial" },
  lineForm([], ntpServer),
);

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
  return parseRows(ipconfigNtpServers, text, options);
}

function ntpServer(line: Line): string {
  const address = ipv4Column(line, "address");
  if (line.more()) throw new RowError(line.at, "address", "expected one address a line");
  return address;
}
