import { endpoint } from "../../codes/address-text.ts";
import { eachLine } from "../../form/forms.ts";
import { RowError } from "../../form/issues.ts";
import { groupName, keyTexts } from "../../form/key-values.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type TextTable, table } from "../../form/table.ts";

/*
 * /proc/net/afs/<cell>/vlservers: afs_proc_cell_vlservers_show (fs/afs/proc.c).
 *
 *   # source SRV, status good
 *   afs1.example.org [p=10 w=20 s=A,good]:
 *    > 192.0.2.9:7003
 *    - [2001:db8::9]:7003
 *    info: fl=1 rtt=411
 *    probe: fl=0 e=0 ac=0 out=0
 */

/** An address of a volume location server. */
export interface AfsVlserverAddress {
  /** Canonical text. */
  readonly address: string;
  /** UDP port. */
  readonly port: number;
  /** Whether this is the address in use. */
  readonly preferred: boolean;
}

/** A volume location server of a cell. */
export interface AfsVlserver {
  /** Its name. */
  readonly name: string;
  /** Settings of its record by the kernel's names, as printed: `p` priority, `w` weight, `s` source and status of the lookup. */
  readonly record: Readonly<Record<string, string>>;
  /** Its addresses. */
  readonly addresses: readonly AfsVlserverAddress[];
  /** The lines `info` and `probe`, values as the kernel wrote them: `fl` is hexadecimal, `rtt` microseconds. */
  readonly details: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The text of `/proc/net/afs/<cell>/vlservers`. */
export interface AfsVlservers {
  /** Where the list comes from: `cfg`, `A`, `AFSDB`, `SRV`, `nss`, `unav`. */
  readonly source: string;
  /** What the last lookup gave: `good`, `bad`, `no-lookup`, `not-found`, ... */
  readonly status: string;
  /** The servers that know where volumes are. */
  readonly servers: readonly AfsVlserver[];
}

/**
 * The text of `/proc/net/afs/<cell>/vlservers`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { afsVlservers } from "procnet/tables";
 * console.log(read(afsVlservers, { name: "afs/example.org/vlservers" }));
 * ```
 */
export const afsVlservers: TextTable<"afs/*/vlservers", AfsVlservers | undefined> = table(
  { name: "afs/*/vlservers", needs: "CONFIG_AFS_FS, module kafs", since: "4.18" },
  { parse },
);

/**
 * Parses the text of `/proc/net/afs/<cell>/vlservers`; `undefined` when it is empty.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad line, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseAfsVlservers } from "procnet/parse";
 * parseAfsVlservers(bytes)?.servers.map((server) => server.name);
 * ```
 */
export function parseAfsVlservers(text: Uint8Array, options: ParseOptions = {}): AfsVlservers | undefined {
  return afsVlservers.parse(text, options);
}

type Building = Pick<AfsVlserver, "name" | "record"> & {
  readonly addresses: AfsVlserverAddress[];
  readonly details: [string, Record<string, string>][];
};

function parse(text: Uint8Array, options: ParseOptions): AfsVlservers | undefined {
  let head: Pick<AfsVlservers, "source" | "status"> | undefined;
  const servers: Building[] = [];
  eachLine(text, options, (line) => {
    line.more();
    if (head === undefined) head = headOf(line);
    else if (line.at === line.start) servers.push(serverOf(line));
    else partOf(line, servers.at(-1));
  });
  if (head === undefined) return undefined;
  return { ...head, servers: servers.map((server) => ({ ...server, details: Object.fromEntries(server.details) })) };
}

function headOf(line: Line): Pick<AfsVlservers, "source" | "status"> {
  for (const word of ["#", "source"]) if (line.word("header") !== word) line.fail("header", `"${word}"`);
  const source = line.word("source");
  if (!source.endsWith(",")) line.fail("source", "a source and a comma");
  if (line.word("status") !== "status") line.fail("status", '"status"');
  return { source: source.slice(0, -1), status: line.word("status") };
}

/** `name [key=value key=value]:` */
function serverOf(line: Line): Building {
  const name = line.word("name");
  const record = Object.entries(keyTexts(line));
  const first = record[0];
  const last = record.at(-1);
  if (first === undefined || last === undefined || !first[0].startsWith("[") || !last[1].endsWith("]:"))
    throw new RowError(line.start, "record", "expected a name and [key=value ...]:");
  last[1] = last[1].slice(0, -2);
  first[0] = first[0].slice(1);
  return { name, record: Object.fromEntries(record), addresses: [], details: [] };
}

function partOf(line: Line, server: Building | undefined): void {
  if (server === undefined) throw new RowError(line.at, "name", "a line of a server before the first server");
  const at = line.at;
  const mark = line.word("line");
  if (mark !== ">" && mark !== "-") {
    line.at = at;
    server.details.push([groupName(line), keyTexts(line)]);
    return;
  }
  const end = endpoint(line.word("address")) ?? line.fail("address", "an address and a port");
  server.addresses.push({ ...end, preferred: mark === ">" });
}
