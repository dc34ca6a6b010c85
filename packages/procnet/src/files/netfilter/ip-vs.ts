import { CLOSE } from "../../bytes/ascii.ts";
import { hexSpan } from "../../bytes/hex.ts";
import { latin1 } from "../../bytes/strings.ts";
import { eachLine } from "../../form/forms.ts";
import { RowError } from "../../form/issues.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { ipvsAddress } from "../../form/printed-address.ts";
import { startsWith } from "../../form/scanner.ts";
import { type TextTable, table } from "../../form/table.ts";
import { decimalPart } from "../../form/token.ts";

/*
 * /proc/net/ip_vs: ip_vs_info_seq_show (net/netfilter/ipvs/ip_vs_ctl.c).
 *
 *   IP Virtual Server version 1.2.1 (size=4096)
 *   Prot LocalAddress:Port Scheduler Flags
 *     -> RemoteAddress:Port Forward Weight ActiveConn InActConn
 *   TCP  C0A80001:0050 rr persistent 75000 FFFFFFFF
 *     -> 0A000002:1F90      Masq    1      0          0
 *   FWM  00000001 wlc
 *
 * Addresses are hexadecimal in human order on every machine; IPv6 ones stand in brackets, not shortened.
 */

/** What `/proc/net/ip_vs` tells of the virtual servers of a namespace. */
export interface IpVs {
  /** Version of the code: `1.2.1` for many years. Absent in an empty text. */
  readonly version: string | undefined;
  /** Buckets of the table of connections. */
  readonly size: number | undefined;
  /** The virtual services: first those with an address, then those of firewall marks. */
  readonly services: readonly IpVsService[];
}

/** A virtual service and the servers behind it. */
export interface IpVsService {
  /** `TCP`, `UDP`, `SCTP`, or `FWM` for a service of a firewall mark. */
  readonly protocol: string;
  /** Address of the service; absent for a firewall mark. */
  readonly address: string | undefined;
  /** Port of the service; absent for a firewall mark. */
  readonly port: number | undefined;
  /** Firewall mark of the packets the service takes; absent where it has an address. */
  readonly fwmark: number | undefined;
  /** Name of the scheduler: `rr`, `wlc`, `sh`, ...; `none` while it has none. */
  readonly scheduler: string;
  /** One packet is one connection (`ops`). The kernel does not show it for IPv6. */
  readonly onePacket: boolean;
  /**
   * How long a client stays with its server, in jiffies: ticks of the kernel's own clock, 100 to 1,000 a second (`ipvsadm`
   * shows seconds). Absent when the service is not persistent.
   */
  readonly persistentTimeout: number | undefined;
  /**
   * Word that tells clients of one group apart: the netmask for IPv4 (0xffffffff). For IPv6 the prefix length, which
   * little-endian machines print with its bytes reversed (0x80000000 for 128). Absent when not persistent.
   */
  readonly persistentNetmask: number | undefined;
  /** The servers. */
  readonly destinations: readonly IpVsDestination[];
  /** Words after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** A server behind a virtual service. */
export interface IpVsDestination {
  /** Address of the server. */
  readonly address: string;
  /** Port of the server. */
  readonly port: number;
  /** How packets get there: `Local`, `Tunnel`, `Route` or `Masq`. */
  readonly forward: string;
  /** Share of new connections; 0 takes none. */
  readonly weight: number;
  /** Connections now open. */
  readonly activeConns: number;
  /** Connections that are closed but not forgotten, and those of UDP. */
  readonly inactConns: number;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/**
 * What `/proc/net/ip_vs` tells of the virtual servers of a namespace.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { ipVs } from "procnet/tables";
 * read(ipVs).services.filter((service) => service.destinations.every((server) => server.weight === 0));
 * ```
 */
export const ipVs: TextTable<"ip_vs", IpVs> = table(
  { name: "ip_vs", needs: "CONFIG_IP_VS, module ip_vs" },
  { parse: parseIpVs },
);

/**
 * Parses the text of `/proc/net/ip_vs`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad line, unless `onIssue` is given; a server of a service that
 * could not be read is left out with it, never given to the service above
 * @example
 * ```ts
 * import { parseIpVs } from "procnet/parse";
 * parseIpVs(bytes).services.filter((service) => service.destinations.every((server) => server.weight === 0));
 * ```
 */
export function parseIpVs(text: Uint8Array, options: ParseOptions = {}): IpVs {
  const services: IpVsService[] = [];
  let head: { version: string; size: number } | undefined;
  let destinations: IpVsDestination[] | undefined;
  eachLine(text, options, (line) => {
    if (head === undefined) {
      head = versionLine(line);
    } else if (startsWith(line, "->")) {
      if (startsWith(line, "-> RemoteAddress")) return;
      if (destinations === undefined) throw new RowError(line.start, "->", "a server without a service above it");
      destinations.push(destinationRow(line));
    } else if (!startsWith(line, "Prot LocalAddress")) {
      destinations = undefined;
      const found: IpVsDestination[] = [];
      services.push(serviceRow(line, found));
      destinations = found;
    }
  });
  return { version: head?.version, size: head?.size, services };
}

function versionLine(line: Line): { version: string; size: number } {
  if (!startsWith(line, "IP Virtual Server version ")) {
    throw new RowError(line.start, "header", 'expected a header that begins with "IP Virtual Server version"');
  }
  for (let word = 0; word < 4; word++) line.next("header");
  const version = line.word("version");
  line.next("size");
  const { bytes, tokenStart, tokenEnd } = line;
  const isSize = latin1(bytes, tokenStart, Math.min(tokenStart + 6, tokenEnd)) === "(size=";
  if (!isSize || bytes[tokenEnd - 1] !== CLOSE) line.fail("size", '"(size=N)"');
  return { version, size: decimalPart(line, "size", tokenStart + 6, tokenEnd - 1) };
}

function serviceRow(line: Line, destinations: IpVsDestination[]): IpVsService {
  const protocol = line.word("Prot");
  const isMark = protocol === "FWM";
  const fwmark = isMark ? line.hex32("fwmark") : undefined;
  const local = isMark ? undefined : addressAndPort(line, "LocalAddress:Port");
  const scheduler = line.word("Scheduler");
  const words = line.more() ? flagWords(line) : undefined;
  return {
    protocol,
    address: local?.address,
    port: local?.port,
    fwmark,
    scheduler,
    onePacket: words?.onePacket ?? false,
    persistentTimeout: words?.timeout,
    persistentNetmask: words?.netmask,
    destinations,
    ...(words !== undefined && words.extra.length > 0 && { extra: words.extra }),
  };
}

interface FlagWords {
  onePacket: boolean;
  timeout: number | undefined;
  netmask: number | undefined;
  extra: string[];
}

function flagWords(line: Line): FlagWords {
  const found: FlagWords = { onePacket: false, timeout: undefined, netmask: undefined, extra: [] };
  while (line.more()) {
    const word = line.word("Flags");
    if (word === "ops") found.onePacket = true;
    else if (word === "persistent") {
      found.timeout = line.decimal("persistent timeout");
      found.netmask = line.hex32("persistent netmask");
    } else found.extra.push(word);
  }
  return found;
}

function destinationRow(line: Line): IpVsDestination {
  line.next("->");
  return {
    ...addressAndPort(line, "RemoteAddress:Port"),
    forward: line.word("Forward"),
    weight: line.signed("Weight"),
    activeConns: line.decimal("ActiveConn"),
    inactConns: line.decimal("InActConn"),
    ...line.extra(),
  };
}

function addressAndPort(line: Line, field: string): { address: string; port: number } {
  line.next(field);
  const { bytes, tokenStart, tokenEnd } = line;
  const colon = bytes.subarray(tokenStart, tokenEnd).lastIndexOf(0x3a) + tokenStart;
  if (colon < tokenStart) line.fail(field, "an address and a port");
  const port = hexSpan(bytes, colon + 1, tokenEnd);
  if (port < 0 || port > 0xffff) line.fail(field, "an address and a hexadecimal port");
  return { address: ipvsAddress(line, field, tokenStart, colon), port };
}
