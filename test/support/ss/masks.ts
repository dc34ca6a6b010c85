import type { Printed } from "../netstat/compare.ts";

/*
 * What procfs does not tell, or what is not the same twice, taken out of what ss and procnet print. Each mask says what it covers; a test
 * names those it uses, so all else is compared byte for byte.
 */

type Mask = (text: string) => string;

const unknown = (digits: string): string => "?".padEnd(digits.length);

export const MASKS = {
  /** How many connections may wait at a listener of TCP: the column is as wide, whatever is in it. */
  backlog: (text) => text.replaceAll(/^((?:tcp +)?(?:LISTEN +)\d+ +)(\d+)/gm, (_, before, n) => before + unknown(n)),
  /** The queues of unix sockets; in a list of one kind no column tells which it is. */
  unixQueues: (text) =>
    text.replaceAll(
      /^((?:u_(?:str|seq|dgr) +)?(?:[A-Z-]+ +)?)(\d+)( +)(\d+)(?= .* \d+ +\* (?:\d|\?))/gm,
      (_, before, one, between, two) => before + unknown(one) + between + unknown(two),
    ),
  /** The inode of a peer, which there is only with a connection, and so the width of its column. */
  unixPeers: (text) =>
    text
      .replace(/(Peer Address:)Port *Process/, "$1Port Process")
      .replaceAll(/^.* \d+ +\* (?:\d+|\?)(?= |$).*$/gm, (line) => {
        const isConnected = !/^(?:u_\w+ +)?(?:LISTEN|UNCONN) /.test(line);
        return line.replace(/( \d+ +\* )(\d+|\?) */, (_, before, peer) => `${before}${isConnected ? "?" : peer} `);
      }),
  /** Widths of columns, where one holds something that is masked. */
  widths: (text) => text.replaceAll(/ +/g, " ").replaceAll(/ ?Port ?/g, "Port "),
  /** The socket by which ss asks, and what waits for it at the kernel's. */
  ownNetlink: (text) =>
    text
      .replaceAll(/^.* tcpdiag:(?:ss|node|MainThread)\/\d+ .*\n/gm, "")
      .replaceAll(/^((?:nl +)?UNCONN +)?\d+ +\d+ +4:[1-9]\d* .*\n/gm, "")
      .replaceAll(/^((?:(?:nl +)?UNCONN +)?)\d+ +(\d+ +(?:tcpdiag:kernel|4:0) )/gm, "$1kept $2"),
  /** Device of a unix socket's file, whose numbers ss takes apart wrongly: the kernel gives its own form of it. */
  devices: (text) => text.replaceAll(/ dev:\d+\/\d+/g, " dev:?").replaceAll(/ +$/gm, ""),
  /** Netlink tells of its sockets that listen to groups twice, and ss shows them so; procfs once. */
  twice: (text) => [...new Set(text.split("\n"))].join("\n"),
  /** What -e shows and procfs does not tell; it is at the end of a line, whose blanks go with it. */
  cookies: (text) =>
    text.replaceAll(/ sk:[\da-f]+| cgroup:\S+| v6only:[01]| [<-]-[->](?= *$)/gm, "").replaceAll(/ +$/gm, ""),
  /** Times below ten seconds: procfs has hundredths of a second, and they are over soon. Longer ones are seconds that go by. */
  times: (text) => text.replaceAll(/timer:\((\w+),[\w.]*,(\d+)\)/g, "timer:($1,,$2)").replaceAll(/ +$/gm, ""),
  /** Times that go by: since something came or went, and in which there was something to send. The end of the line moves with their width. */
  clocks: (text) =>
    text
      .replaceAll(/ (lastsnd|lastrcv|lastack):\d+/g, " $1:?")
      .replaceAll(/ (busy|rwnd_limited|sndbuf_limited):\d+ms(\([\d.]+%\))?/g, " $1:?")
      .replaceAll(/ +$/gm, ""),
  /** Sums of TCP that are of all namespaces, and so of other tests too: proto_sockets_allocated_sum_positive, tcp_orphan_count_sum. */
  machineWide: (text) =>
    text.replaceAll(
      /^TCP: {3}\d+ \(estab (\d+), closed \d+, orphaned \d+, timewait (\d+)\)$/gm,
      "TCP: (estab $1, timewait $2)",
    ),
  /** What is said on stderr, and so on a terminal: by both of tables for which the kernel has no module, by ss where no cgroup2 is mounted. */
  errors: (text) =>
    text.replaceAll(/^(?:RTNETLINK answers: .*|Failed to find cgroup2 mount|ss: \w+ is read from procfs: .*)\n/gm, ""),
  /** A name of a process that ss prints raw. */
  rawNames: (text) => text.replaceAll(/\("b[^"]*ad",/g, '("raw",').replaceAll(/ +$/gm, ""),
  /** Unix sockets whose names ss prints raw, with lines of their own in them, of which one looks like another socket in procfs. */
  rawPaths: (text) => text.replaceAll(/^.*(?:\/first$|second |\/f$|\/f \d|@forged|\x1b|\\x1b|\\xff|\/\xff).*\n/gm, ""),
} as const satisfies Record<string, Mask>;

export type MaskName = keyof typeof MASKS;

/** Applies masks to what a program printed. What procnet says on stderr of what it does not know is no part of the comparison. */
export function masked(...names: readonly MaskName[]): (printed: Printed) => Printed {
  return ({ out, code }) => ({ out: names.reduce((text, name) => MASKS[name](text), out), err: "", code });
}
