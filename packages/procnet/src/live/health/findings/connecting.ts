import type { Draft, FindingSpec, Thresholds } from "../spec.ts";
import { isUnjudged, type Unjudged } from "../unjudged.ts";
import { counterOf, ownersOf, type Window } from "../window.ts";
import { countWord, endpointOf, percent } from "../words.ts";
import { groupsBy, seconds, socketCount } from "./rows.ts";

/** Connections that nobody answers. */
const connectUnanswered: FindingSpec = {
  id: "tcp-connect-unanswered",
  title: "attempts to connect are not answered",
  help:
    "Nobody answers: the host is down, a firewall drops the packets, or the accept queue of the other side is full. Test that destination from " +
    "here, and on the other side look for tcp-accept-queue-overflow. Repeated answers of our own listeners count in TCPSynRetrans too.",
  sources: ["tcp_retransmit_timer, net/ipv4/tcp_timer.c", "Documentation/networking/ip-sysctl.rst, tcp_syn_retries"],
  thresholds: { sockets: 5, retransmits: 2, ratio: 0.1, repeats: 10 },
  clear: { sockets: 2, retransmits: 1, ratio: 0.05, repeats: 5 },
  judge(window, thresholds) {
    const led = byDestination(window, thresholds);
    const ratio = byRatio(window, thresholds);
    // Where destinations can be named, the share of the whole namespace says nothing more.
    if (led.length > 0) return led;
    const sockets = window.sockets("tcp");
    return isUnjudged(sockets) && ratio.length === 0 ? [sockets] : ratio;
  },
};

function byDestination({ last }: Window, { sockets: least = 0, retransmits: repeats = 0 }: Thresholds): Draft[] {
  const unanswered = last.sockets?.notable.filter(
    ({ state, retransmits }) => state === "SYN_SENT" && retransmits >= repeats,
  );
  const groups = groupsBy(unanswered ?? [], ({ remoteAddress, remotePort }) => endpointOf(remoteAddress, remotePort));
  return [...groups].flatMap(([where, rows]): Draft[] => {
    if (rows.length < least) return [];
    const { remoteAddress: address, remotePort: port } = rows[0]!;
    const most = rows.reduce((found, { retransmits }) => Math.max(found, retransmits), 0);
    return [
      {
        severity: "warn",
        subject: { kind: "destination", address, port },
        evidence: [socketCount(`SYN_SENT to ${where}, repeated`, rows.length)],
        owners: ownersOf(rows),
        summary: `${countWord(rows.length)} attempts to connect to ${where} are not answered, after up to ${most} repeats`,
      },
    ];
  });
}

function byRatio(window: Window, { ratio: mark = 0, repeats = 0 }: Thresholds): (Draft | Unjudged)[] {
  const again = window.counter("netstat", "TcpExt.TCPSynRetrans");
  const opens = window.counter("snmp", "Tcp.ActiveOpens");
  if (isUnjudged(again)) return [again];
  if (isUnjudged(opens)) return [opens];
  if (again.delta < repeats || again.delta <= mark * opens.delta) return [];
  // Listeners repeat their answers too: that it is our own attempts, rows alone tell.
  const isLooked = window.samples.some(({ sockets }) => sockets !== undefined);
  const rows = window.samples.flatMap(({ sockets }) =>
    (sockets?.notable ?? []).filter(({ state, retransmits }) => state === "SYN_SENT" && retransmits > 0),
  );
  if (isLooked && rows.length === 0) return [];
  const share = opens.delta > 0 ? ` (${percent(again.delta / opens.delta)} of ${countWord(opens.delta)} attempts)` : "";
  return [
    {
      severity: isLooked ? "warn" : "info",
      subject: { kind: "namespace", namespace: window.last.namespace },
      evidence: [again, opens],
      owners: ownersOf(new Map(rows.map((row) => [row.inode, row])).values()),
      summary: `first packets of connections were repeated ${countWord(again.delta)} times in ${seconds(window.milliseconds)}${share}${isLooked ? "" : "; whether ours or those of listeners was not looked at"}`,
    },
  ];
}

const COUNTERS = ["AttemptFails", "OutRsts", "EstabResets"] as const;

/** Many more refusals than there were. */
const attemptFails: FindingSpec = {
  id: "tcp-attempt-fails",
  title: "many more connections are refused or reset than before",
  help:
    "Connections were refused to us (AttemptFails), refused by us (OutRsts) or reset (EstabResets): a service is down, somebody scans ports, or a " +
    "load balancer checks by connecting and resetting, which is normal. It is held against the time before, as many hosts always have some.",
  sources: [
    "tcp_done and tcp_set_state, net/ipv4/tcp.c; tcp_v4_send_reset, net/ipv4/tcp_ipv4.c",
    "netdata, health.d/tcp_resets.conf: ten times the minute before, from 5 a second on",
  ],
  thresholds: { times: 10, floor: 5, seconds: 10, uptime: 60 },
  clear: { times: 1, floor: 5, seconds: 10, uptime: 60 },
  judge(window, thresholds) {
    const { times = 1, floor = 0, seconds: span = 0, uptime = 0 } = thresholds;
    const found: (Draft | Unjudged)[] = [];
    const above: Rise[] = [];
    for (const name of COUNTERS) {
      const counter = window.counter("snmp", `Tcp.${name}`);
      if (isUnjudged(counter)) return [counter];
      const rise = riseOf(window, name, span);
      // Below this no baseline can make it a finding.
      if (counter.delta <= times * floor * span) continue;
      if (rise === undefined) {
        found.push({
          unknown: "window-too-short",
          message: `${name} rose by ${countWord(counter.delta)}; ${seconds(3000 * span)} are needed to tell it from the time before`,
        });
      } else {
        const mark = times * Math.max(floor, rise.before);
        if (rise.now > mark && rise.just > mark) above.push(rise);
      }
    }
    if (above.length === 0) return found;
    if ((window.last.uptime ?? Number.POSITIVE_INFINITY) < uptime)
      return [{ unknown: "too-little", message: `the machine was started less than ${uptime} s ago` }];
    const worst = above.reduce((one, other) => (other.now > one.now ? other : one));
    return [
      {
        severity: "warn",
        subject: { kind: "namespace", namespace: window.last.namespace },
        evidence: COUNTERS.flatMap((name) => {
          const counter = window.counter("snmp", `Tcp.${name}`);
          return isUnjudged(counter) ? [] : [counter];
        }),
        summary: `${worst.name} rose by ${worst.now.toFixed(1)} a second in the last ${span} s, and by ${worst.before.toFixed(1)} before`,
      },
    ];
  },
};

/** What a counter rose by a second: in the last span, in the one before it, and in the time before both. */
interface Rise {
  readonly name: string;
  readonly now: number;
  readonly just: number;
  readonly before: number;
}

/** Or `undefined`, where the time before both is shorter than a span. */
function riseOf({ samples, last, first }: Window, name: (typeof COUNTERS)[number], span: number): Rise | undefined {
  const earlier = (at: number) => samples.findLast((sample) => sample.at <= at);
  const [just, before] = [earlier(last.at - span * 1000), earlier(last.at - span * 2000)];
  if (just === undefined || before === undefined || before.at - first.at < span * 1000) return undefined;
  const at = (sample: typeof first): number => counterOf(sample.snmp, `Tcp.${name}`) ?? Number.NaN;
  const rate = (from: typeof first, to: typeof first): number => ((at(to) - at(from)) / (to.at - from.at)) * 1000;
  const rise = { name, now: rate(just, last), just: rate(before, just), before: rate(first, before) };
  // In a sample between that lacks the counter nothing can be compared.
  return Number.isNaN(rise.just + rise.before) ? undefined : rise;
}

export const CONNECTING: readonly FindingSpec[] = [connectUnanswered, attemptFails];
