/** Which devices are told of: those that `include` matches, and `exclude` does not. */
export interface DeviceFilter {
  readonly include: RegExp | undefined;
  readonly exclude: RegExp | undefined;
}

/** What collectors leave out. */
export interface Filters {
  readonly arp: DeviceFilter;
  readonly netdev: DeviceFilter;
  readonly netclass: DeviceFilter;
  readonly infiniband: DeviceFilter;
  /** Counters that netstat gives: group, an underscore, counter. */
  readonly netstatFields: RegExp;
}

/**
 * What collectors of node_exporter leave out; all optional. Each is a regular expression of JavaScript that is looked for anywhere in
 * the name, as node_exporter does with those of Go.
 */
export interface FilterOptions {
  /** Devices whose neighbours are counted. */
  readonly arpInclude?: string;
  /** Devices whose neighbours are not counted. */
  readonly arpExclude?: string;
  /** Devices whose counters are given. */
  readonly netdevInclude?: string;
  /** Devices whose counters are not given. */
  readonly netdevExclude?: string;
  /** Devices whose properties are not given. */
  readonly netclassExclude?: string;
  /** Adapters of InfiniBand that are told of. */
  readonly infinibandInclude?: string;
  /** Adapters of InfiniBand that are not told of. */
  readonly infinibandExclude?: string;
  /** Counters of protocols: group, an underscore, counter, as `TcpExt_ListenDrops`. */
  readonly netstatFields?: string;
}

/** Which counters node_exporter gives unless it is told otherwise. */
const DEFAULT_FIELDS =
  "^(.*_(InErrors|InErrs)|Ip_Forwarding|Ip(6|Ext)_(InOctets|OutOctets)|Icmp6?_(InMsgs|OutMsgs)|TcpExt_(Listen.*|Syncookies.*|TCPSynRetrans|TCPTimeouts|TCPOFOQueue|TCPRcvQDrop)|Tcp_(ActiveOpens|InSegs|OutSegs|OutRsts|PassiveOpens|RetransSegs|CurrEstab)|Udp6?_(InDatagrams|OutDatagrams|NoPorts|RcvbufErrors|SndbufErrors))$";

const KNOWN: Readonly<Record<keyof FilterOptions, true>> = {
  arpInclude: true,
  arpExclude: true,
  netdevInclude: true,
  netdevExclude: true,
  netclassExclude: true,
  infinibandInclude: true,
  infinibandExclude: true,
  netstatFields: true,
};

/**
 * Filters as they were asked for.
 *
 * @throws `TypeError` for an unknown option and what is no regular expression
 */
export function filtersOf(options: FilterOptions = {}): Filters {
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(KNOWN, name));
  if (unknown !== undefined)
    throw new TypeError(`there is no filter ${JSON.stringify(unknown)}: ${Object.keys(KNOWN).join(", ")}`);
  const expression = (name: keyof FilterOptions): RegExp | undefined => expressionOf(name, options[name]);
  return {
    arp: { include: expression("arpInclude"), exclude: expression("arpExclude") },
    netdev: { include: expression("netdevInclude"), exclude: expression("netdevExclude") },
    netclass: { include: undefined, exclude: expression("netclassExclude") },
    infiniband: { include: expression("infinibandInclude"), exclude: expression("infinibandExclude") },
    netstatFields: expression("netstatFields") ?? new RegExp(DEFAULT_FIELDS),
  };
}

function expressionOf(name: string, text: string | undefined): RegExp | undefined {
  if (text === undefined || text === "") return undefined;
  try {
    return new RegExp(text, "u");
  } catch (error) {
    throw new TypeError(`${name} is no regular expression: ${error instanceof Error ? error.message : error}`);
  }
}

/** Whether a device is told of. */
export function passes({ include, exclude }: DeviceFilter, device: string): boolean {
  return (include === undefined || include.test(device)) && !(exclude?.test(device) ?? false);
}
