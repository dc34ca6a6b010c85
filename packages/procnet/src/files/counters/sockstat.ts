import { COLON } from "../../bytes/ascii.ts";
import { utf8 } from "../../bytes/strings.ts";
import { eachLine } from "../../form/forms.ts";
import { RowError } from "../../form/issues.ts";
import type { Line } from "../../form/line.ts";
import type { Counters } from "../../form/mib.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type TextTable, table } from "../../form/table.ts";

/*
 * /proc/net/sockstat and sockstat6: sockstat_seq_show (net/ipv4/proc.c), sockstat6_seq_show (net/ipv6/proc.c).
 *
 *   sockets: used 18
 *   TCP: inuse 1 orphan 0 tw 0 alloc 1 mem 146
 *
 * A key and a colon, then names and values. Gauges all: numbers of now, not since boot.
 */

/** TCP sockets of IPv4, and of both families where said so. */
export type TcpSockstat = Counters & {
  /** IPv4 sockets of this namespace that are not closed; connections in time-wait are not among them. */
  readonly inuse: number;
  /** Sockets that their process closed and the kernel has yet to finish: whole machine, both families. */
  readonly orphan: number;
  /** Connections in time-wait, of this namespace. */
  readonly tw: number;
  /** Sockets that exist, closed ones too: whole machine, both families. */
  readonly alloc: number;
  /** Memory of their buffers, pages: whole machine, both families. */
  readonly mem: number;
};

/** UDP sockets of IPv4. */
export type UdpSockstat = Counters & {
  /** Sockets in use. */
  readonly inuse: number;
  /** Memory of their buffers, pages: whole machine, both families. Since Linux 2.6.25. */
  readonly mem?: number;
};

/** Sockets of a protocol, of this namespace. */
export type InuseSockstat = Counters & {
  /** Sockets in use. */
  readonly inuse: number;
};

/** Fragments that wait for their rest, in this namespace. */
export type FragSockstat = Counters & {
  /** Packets being put together. */
  /** Sockets in use. */
  readonly inuse: number;
  /** Memory of their fragments, bytes. */
  readonly memory: number;
};

/** Numbers of `/proc/net/sockstat` by the kernel's key and name; what this version does not know is kept too. */
export type Sockstat = { readonly [key: string]: Counters | undefined } & {
  /** Sockets of all kinds. */
  readonly sockets: Counters & {
    /** Sockets of all families; of this namespace since Linux 4.16, of the whole machine before. */
    readonly used: number;
  };
  /** TCP over IPv4. */
  readonly TCP: TcpSockstat;
  /** UDP over IPv4. */
  readonly UDP: UdpSockstat;
  /** From Linux 2.6.20 to 7.0. */
  readonly UDPLITE?: InuseSockstat;
  /** Raw sockets of IPv4. */
  readonly RAW: InuseSockstat;
  /** Fragments of IPv4. */
  readonly FRAG: FragSockstat;
};

/** Numbers of `/proc/net/sockstat6`, all of this namespace; what this version does not know is kept too. */
export type Sockstat6 = { readonly [key: string]: Counters | undefined } & {
  /** TCP over IPv6. */
  readonly TCP6: InuseSockstat;
  /** UDP over IPv6. */
  readonly UDP6: InuseSockstat;
  /** From Linux 2.6.20 to 7.0. */
  readonly UDPLITE6?: InuseSockstat;
  /** Raw sockets of IPv6. */
  readonly RAW6: InuseSockstat;
  /** Fragments of IPv6. */
  readonly FRAG6: FragSockstat;
};

/**
 * Numbers of `/proc/net/sockstat` by the kernel's key and name.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { sockstat } from "procnet/tables";
 * const { TCP } = read(sockstat);
 * console.log(TCP.inuse, TCP.tw);
 * ```
 */
export const sockstat: TextTable<"sockstat", Sockstat> = table(
  { name: "sockstat", needs: "CONFIG_INET" },
  { parse: (text, options) => parse(text, options) as Sockstat },
);
/**
 * Numbers of `/proc/net/sockstat6`, all of this namespace.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { sockstat6 } from "procnet/tables";
 * console.log(read(sockstat6));
 * ```
 */
export const sockstat6: TextTable<"sockstat6", Sockstat6> = table(
  { name: "sockstat6", needs: "CONFIG_IPV6, module ipv6" },
  { parse: (text, options) => parse(text, options) as Sockstat6 },
);

/**
 * Parses the text of `/proc/net/sockstat`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad line, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseSockstat } from "procnet/parse";
 * const { TCP } = parseSockstat(bytes);
 * console.log(TCP.inuse, TCP.tw);
 * ```
 */
export function parseSockstat(text: Uint8Array, options: ParseOptions = {}): Sockstat {
  return sockstat.parse(text, options);
}

/** Parses the text of `/proc/net/sockstat6`, like {@link parseSockstat}. */
export function parseSockstat6(text: Uint8Array, options: ParseOptions = {}): Sockstat6 {
  return sockstat6.parse(text, options);
}

function parse(text: Uint8Array, options: ParseOptions): Record<string, Counters> {
  const keys = new Map<string, [string, number][]>();
  eachLine(text, options, (line) => {
    const key = keyOf(line);
    const values = valuesOf(line);
    const known = keys.get(key);
    if (known === undefined) keys.set(key, values);
    else for (const value of values) known.push(value);
  });
  return Object.fromEntries([...keys].map(([key, values]) => [key, Object.fromEntries(values)]));
}

function keyOf(line: Line): string {
  line.next("key");
  if (line.bytes[line.tokenEnd - 1] !== COLON) line.fail("key", "a key and a colon");
  return utf8(line.bytes, line.tokenStart, line.tokenEnd - 1);
}

function valuesOf(line: Line): [string, number][] {
  const values: [string, number][] = [];
  if (!line.more()) throw new RowError(line.at, "name", "expected names and values behind the key");
  while (line.more()) {
    const name = line.word("name");
    values.push([name, line.signed(name)]);
  }
  return values;
}
