import { type BaseProcFs, isProcfsError, read } from "procnet";
import { netstat, snmp } from "procnet/tables";

/** What the kernel itself counted between two looks, of all that a network namespace did: more than what was seen of connections. */
export interface KernelTotals {
  /** Segments of TCP sent; without those sent again. */
  readonly tcpSegmentsOut: number;
  /** Segments of TCP received. */
  readonly tcpSegmentsIn: number;
  /** Segments of TCP sent again. */
  readonly tcpRetransmitted: number;
  /** Connections opened from either side: with those that no look saw. */
  readonly tcpOpened: number;
  /** Datagrams of UDP over IPv4 sent. Whose they are, and how many bytes, no table says. */
  readonly udpDatagramsOut: number;
  /** Datagrams of UDP over IPv4 received. */
  readonly udpDatagramsIn: number;
  /** Bytes of IPv4 sent, with heads of packets, loopback too. */
  readonly ipOctetsOut: number;
  /** Bytes of IPv4 received. */
  readonly ipOctetsIn: number;
}

/** The counters as they are; `undefined` where they cannot be read. */
export function readTotals(procfs: BaseProcFs): KernelTotals | undefined {
  try {
    const { Tcp, Udp } = read(snmp, { of: procfs });
    const { IpExt } = read(netstat, { of: procfs });
    if (Tcp === undefined || Udp === undefined) return undefined;
    return {
      tcpSegmentsOut: Tcp.OutSegs,
      tcpSegmentsIn: Tcp.InSegs,
      tcpRetransmitted: Tcp.RetransSegs,
      tcpOpened: Tcp.ActiveOpens + Tcp.PassiveOpens,
      udpDatagramsOut: Udp.OutDatagrams,
      udpDatagramsIn: Udp.InDatagrams,
      ipOctetsOut: IpExt?.OutOctets ?? 0,
      ipOctetsIn: IpExt?.InOctets ?? 0,
    };
  } catch (error) {
    if (isProcfsError(error)) return undefined;
    throw error;
  }
}

/** What they grew by; `undefined` where that is not known. */
export function totalsBetween(
  before: KernelTotals | undefined,
  after: KernelTotals | undefined,
): KernelTotals | undefined {
  if (before === undefined || after === undefined) return undefined;
  const grown = (name: keyof KernelTotals): number => Math.max(0, after[name] - before[name]);
  return {
    tcpSegmentsOut: grown("tcpSegmentsOut"),
    tcpSegmentsIn: grown("tcpSegmentsIn"),
    tcpRetransmitted: grown("tcpRetransmitted"),
    tcpOpened: grown("tcpOpened"),
    udpDatagramsOut: grown("udpDatagramsOut"),
    udpDatagramsIn: grown("udpDatagramsIn"),
    ipOctetsOut: grown("ipOctetsOut"),
    ipOctetsIn: grown("ipOctetsIn"),
  };
}
