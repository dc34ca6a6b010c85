import { isProcfsError, type Located, read } from "procnet";
import { dev, netstat, snmp, snmp6 } from "procnet/tables";

/** What the kernel itself counted between two looks, of all that network namespaces did: more than what was seen of connections. */
export interface KernelTotals {
  /** Segments of TCP sent; without those sent again. */
  readonly tcpSegmentsOut: number;
  /** Segments of TCP received. */
  readonly tcpSegmentsIn: number;
  /** Segments of TCP sent again. */
  readonly tcpRetransmitted: number;
  /** Connections opened from either side: with those that no look saw. */
  readonly tcpOpened: number;
  /** Datagrams of UDP sent. Whose they are, and how many bytes, no table says. */
  readonly udpDatagramsOut: number;
  /** Datagrams of UDP received. */
  readonly udpDatagramsIn: number;
  /** Bytes of IP sent, with heads of packets, loopback too. */
  readonly ipOctetsOut: number;
  /** Bytes of IP received. */
  readonly ipOctetsIn: number;
  /** Bytes that interfaces other than loopback sent, with heads of frames. What goes through a bridge counts for it and for its port. */
  readonly interfaceBytesOut: number;
  /** Bytes that interfaces other than loopback received. */
  readonly interfaceBytesIn: number;
}

const NAMES: readonly (keyof KernelTotals)[] = [
  ...(["tcpSegmentsOut", "tcpSegmentsIn", "tcpRetransmitted", "tcpOpened"] as const),
  ...(["udpDatagramsOut", "udpDatagramsIn", "ipOctetsOut", "ipOctetsIn"] as const),
  ...(["interfaceBytesOut", "interfaceBytesIn"] as const),
];

/** The counters of a namespace as they are; `undefined` where they cannot be read. */
export function readTotals(of: Located): KernelTotals | undefined {
  const counted = unlessUnread(() => read(snmp, { of }));
  if (counted?.Tcp === undefined || counted.Udp === undefined) return undefined;
  const { Tcp, Udp } = counted;
  const { IpExt } = unlessUnread(() => read(netstat, { of })) ?? {};
  const { Ip6, Udp6 } = unlessUnread(() => read(snmp6, { of })) ?? {};
  const interfaces = unlessUnread(() => read(dev, { of }));
  if (interfaces === undefined) return undefined; // all of it is there, or the process has ended
  const devices = interfaces.filter(({ name }) => name !== "lo");
  return {
    tcpSegmentsOut: Tcp.OutSegs,
    tcpSegmentsIn: Tcp.InSegs,
    tcpRetransmitted: Tcp.RetransSegs,
    tcpOpened: Tcp.ActiveOpens + Tcp.PassiveOpens,
    udpDatagramsOut: Udp.OutDatagrams + (Udp6?.OutDatagrams ?? 0),
    udpDatagramsIn: Udp.InDatagrams + (Udp6?.InDatagrams ?? 0),
    ipOctetsOut: (IpExt?.OutOctets ?? 0) + (Ip6?.OutOctets ?? 0),
    ipOctetsIn: (IpExt?.InOctets ?? 0) + (Ip6?.InOctets ?? 0),
    interfaceBytesOut: devices.reduce((sum, { sentBytes }) => sum + sentBytes, 0),
    interfaceBytesIn: devices.reduce((sum, { recvBytes }) => sum + recvBytes, 0),
  };
}

/** What they grew by; `undefined` where that is not known. */
export function totalsBetween(
  before: KernelTotals | undefined,
  after: KernelTotals | undefined,
): KernelTotals | undefined {
  if (before === undefined || after === undefined) return undefined;
  return totalsOf((name) => Math.max(0, after[name] - before[name]));
}

/** Those of several namespaces; `undefined` where nothing is known of any. */
export function sumOfTotals(all: readonly (KernelTotals | undefined)[]): KernelTotals | undefined {
  const known = all.filter((one) => one !== undefined);
  if (known.length < 2) return known[0];
  return totalsOf((name) => known.reduce((sum, one) => sum + one[name], 0));
}

function totalsOf(of: (name: keyof KernelTotals) => number): KernelTotals {
  return Object.fromEntries(NAMES.map((name) => [name, of(name)])) as Record<keyof KernelTotals, number>;
}

function unlessUnread<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (isProcfsError(error)) return undefined;
    throw error;
  }
}
