import { endpoint } from "../../codes/address-text.ts";
import { parseRows } from "../../form/forms.ts";
import { RowError } from "../../form/issues.ts";
import { keyTexts } from "../../form/key-values.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { LineScanner } from "../../form/scanner.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/afs/servers: afs_proc_servers_show (fs/afs/proc.c). A block for each server:
 *
 *   UUID                                 REF ACT CELL
 *   0a1b2c3d-0000-1000-8000-0242ac110002   2   1 example.org
 *     - info: fl=4 rtt=411 brk=0
 *     - probe: last=12 out=0
 *     - ALIST v=1 rsp=1 f=0
 *       [0] 192.0.2.9:7000* rtt=411 err=0
 *
 * On old kernels the first address stands in the server's own line, the others below it.
 */

/** An address of a file server. */
export interface AfsServerAddress {
  /** Canonical text. */
  readonly address: string;
  /** UDP port. */
  readonly port: number;
  /** Whether this is the address in use: an asterisk behind it. */
  readonly preferred: boolean;
  /** Whether the last probe of this address failed: an exclamation mark behind it. Since Linux 6.8. */
  readonly failed: boolean;
  /** What follows by the kernel's names: `rtt` (microseconds), `err`, ... Since Linux 6.8. */
  readonly details: Readonly<Record<string, string>>;
}

/** A file server: a block of `/proc/net/afs/servers`. */
export interface AfsServersEntry {
  /** UUID of the server. */
  readonly uuid: string;
  /** Reference count. The kernel's `REF`, `USE` on old kernels. */
  readonly ref: number;
  /** Users. Absent on old kernels. */
  readonly act: number | undefined;
  /** Name of its cell. Since Linux 6.8. */
  readonly cell: string | undefined;
  /** Its addresses. */
  readonly addresses: readonly AfsServerAddress[];
  /** The lines with a minus by their word (`info`, `probe`, `ALIST`), values as the kernel wrote them: `fl` and `brk` are hexadecimal. */
  readonly details: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Blocks of `/proc/net/afs/servers`. */
export type AfsServersEntries = AfsServersEntry[];

/**
 * Blocks of `/proc/net/afs/servers`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { afsServers } from "procnet/tables";
 * read(afsServers).map((server) => server.addresses.find((address) => address.preferred)?.address);
 * ```
 */
export const afsServers: RowTable<"afs/servers", AfsServersEntry> = table(
  { name: "afs/servers", needs: "CONFIG_AFS_FS, module kafs", since: "4.18" },
  { scanner: (options) => new ServerScanner(options) },
);

/**
 * Parses the text of `/proc/net/afs/servers`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad line, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseAfsServers } from "procnet/parse";
 * parseAfsServers(bytes).map((server) => server.addresses.find((address) => address.preferred)?.address);
 * ```
 */
export function parseAfsServers(text: Uint8Array, options: ParseOptions = {}): AfsServersEntries {
  return parseRows(afsServers, text, options);
}

type Building = Omit<AfsServersEntry, "addresses" | "details"> & {
  readonly addresses: AfsServerAddress[];
  readonly details: [string, Record<string, string>][];
};

/** Holds a server back until the next one begins. */
class ServerScanner extends LineScanner<AfsServersEntry> {
  private server: Building | undefined;

  constructor(options: ParseOptions) {
    super({ headers: ["UUID"], row: (line) => this.part(line) }, options);
  }

  override finish(rows: AfsServersEntry[], cut: boolean): void {
    super.finish(rows, cut);
    this.emit(rows);
  }

  protected override take(rows: AfsServersEntry[]): void {
    this.line.more();
    if (this.line.at === this.line.start) this.emit(rows);
    super.take(rows);
  }

  private emit(rows: AfsServersEntry[]): void {
    if (this.server !== undefined) rows.push({ ...this.server, details: Object.fromEntries(this.server.details) });
    this.server = undefined;
  }

  private part(line: Line): undefined {
    if (line.at === line.start) this.server = serverOf(line);
    else partOf(line, this.server);
    return undefined;
  }
}

function serverOf(line: Line): Building {
  const uuid = line.word("UUID");
  if (!/^[0-9a-fA-F-]{36}$/.test(uuid)) line.fail("UUID", "a UUID");
  const ref = line.decimal("REF");
  const rest: string[] = [];
  while (line.more() && rest.length < 2) rest.push(line.word("ACT"));
  if (rest.length === 0) throw new RowError(line.at, "ACT", "the line ends before this column");
  const [first = "", cell] = rest;
  const address = addressOf(first);
  if (address !== undefined) return { uuid, ref, act: undefined, cell: undefined, addresses: [address], details: [] };
  if (!/^(0|-?[1-9][0-9]{0,9})$/.test(first)) line.fail("ACT", "a decimal number");
  return { uuid, ref, act: Number(first), cell, addresses: [], details: [] };
}

function partOf(line: Line, server: Building | undefined): void {
  if (server === undefined) throw new RowError(line.at, "UUID", "a line of a server before the first server");
  const first = line.word("line");
  if (first === "-") {
    const label = line.word("label");
    server.details.push([label.endsWith(":") ? label.slice(0, -1) : label, keyTexts(line)]);
    return;
  }
  const address = addressOf(
    first.startsWith("[") && first.endsWith("]") && !first.includes(":") ? line.word("address") : first,
  );
  if (address === undefined) line.fail("address", "an address and a port");
  else server.addresses.push({ ...address, details: keyTexts(line) });
}

/** An address with the marks behind it. */
function addressOf(text: string): AfsServerAddress | undefined {
  const mark = text.at(-1);
  const marked = mark === "*" || mark === "!";
  const end = endpoint(marked ? text.slice(0, -1) : text);
  return end && { ...end, preferred: mark === "*", failed: mark === "!", details: {} };
}
