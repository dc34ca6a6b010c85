import { hexSpan, isHex } from "../../bytes/hex.ts";
import { utf8 } from "../../bytes/strings.ts";
import { ipv4Text, ipv6Text } from "../../codes/address.ts";
import { lineForm, parseRows } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/nfsfs/servers (through the link /proc/fs/nfsfs): nfs_server_list_show (fs/nfs/client.c). Address and port are
 * hexadecimal, the address in the order people write it.
 *
 *   NV SERVER   PORT USE HOSTNAME
 *   v4 c0a80601  801   2 nas.example.org
 */

/** The columns that name a server, in both files of `/proc/net/nfsfs`. */
export interface NfsfsServer {
  /** Version of NFS. The kernel's `NV`. */
  readonly version: number;
  /** Address of the server, canonical text; the kernel's own text where it is no IP address. */
  readonly address: string;
  /** Port of the server; absent where the kernel prints none. */
  readonly port: number | undefined;
}

/** A server that this machine mounts from: a row of `/proc/net/nfsfs/servers`. */
export interface NfsfsServersEntry extends NfsfsServer {
  /** Reference count. */
  readonly use: number;
  /** The server's name as it was given to mount, blanks included. */
  readonly hostname: string;
}

/** Rows of `/proc/net/nfsfs/servers`. */
export type NfsfsServersEntries = NfsfsServersEntry[];

/**
 * Rows of `/proc/net/nfsfs/servers`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { nfsfsServers } from "procnet/tables";
 * read(nfsfsServers).map((server) => `${server.hostname} (${server.address})`);
 * ```
 */
export const nfsfsServers: RowTable<"nfsfs/servers", NfsfsServersEntry> = table(
  { name: "nfsfs/servers", needs: "CONFIG_NFS_FS, module nfs", since: "4.1" },
  lineForm(["NV SERVER   PORT USE"], serverRow),
);

/**
 * Parses the text of `/proc/net/nfsfs/servers`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseNfsfsServers } from "procnet/parse";
 * parseNfsfsServers(bytes).map((server) => `${server.hostname} (${server.address})`);
 * ```
 */
export function parseNfsfsServers(text: Uint8Array, options: ParseOptions = {}): NfsfsServersEntries {
  return parseRows(nfsfsServers, text, options);
}

function serverRow(line: Line): NfsfsServersEntry {
  const server = nfsfsServer(line);
  const use = line.decimal("USE");
  if (!line.more()) line.next("HOSTNAME");
  return { ...server, use, hostname: utf8(line.bytes, line.at, line.end) };
}

/** Reads the columns `NV`, `SERVER` and `PORT`. */
export function nfsfsServer(line: Line): NfsfsServer {
  const version = /^v([0-9]{1,4})$/.exec(line.word("NV"))?.[1] ?? line.fail("NV", "a v and a number");
  const address = hexAddress(line);
  line.next("PORT");
  const port = hexSpan(line.bytes, line.tokenStart, line.tokenEnd);
  return { version: Number(version), address, port: port < 0 || port > 0xffff ? undefined : port };
}

function hexAddress(line: Line): string {
  const text = line.word("SERVER");
  const { bytes, tokenStart: start, tokenEnd: end } = line;
  if (!isHex(bytes, start, end)) return text;
  const word = (index: number) => hexSpan(bytes, start + index * 8, start + index * 8 + 8);
  if (end - start === 8) return ipv4Text(word(0));
  return end - start === 32 ? ipv6Text(word(0), word(1), word(2), word(3)) : text;
}
