import { each, isFromLinux, type ProcfsIssue, read } from "procnet";
import type { TcpState } from "procnet/parse";
import { netlink, packet, raw, raw6, tcp, tcp6, udp, udp6, unix } from "procnet/tables";
import type { Page } from "../netstat/page.ts";
import { grouped, type Source, unlessAbsent } from "../netstat/source.ts";
import { Unreadable } from "../netstat/unreadable.ts";
import type { InetKind, InetRow } from "./inet-row.ts";
import { LISTENING, type States, stateNames } from "./selection.ts";
import type { SocketRows } from "./sources.ts";

/*
 * Sockets as the tables of procfs tell them.
 */

const TABLES = {
  raw: [raw, raw6],
  udp: [udp, udp6],
  tcp: [tcp, tcp6],
} as const;

export function procfsRows(of: Source, page: Page): SocketRows {
  /** Rows of a table; behind the last one is said what could not be read. */
  function* told<Row>(table: string, rows: (onIssue: Unreadable["onIssue"]) => Iterable<Row>): Generator<Row, void> {
    const unreadable = new Unreadable("ss");
    yield* rows(unreadable.onIssue);
    unreadable.report(table, page);
  }

  return {
    hasMptcp: false,
    vsock: () => undefined,
    inet: ({ service, family }, states) => {
      if (service === "mptcp") return [];
      const table = TABLES[service][family === 4 ? 0 : 1];
      const where = { state: statesIn(service, table, states, of) };
      return told(table.name, (onIssue) => grouped<InetRow>(each(table, { of, onIssue, where })) ?? []);
    },
    unix: () =>
      told("unix", (report) => {
        const onIssue = (issue: ProcfsIssue): void => {
          if (issue.code === "ERR_PARSE") report(issue);
        };
        return unlessAbsent(() => read(unix, { of, onIssue })) ?? [];
      }),
    packet: () =>
      told("packet", (onIssue) =>
        (unlessAbsent(() => read(packet, { of, onIssue })) ?? []).map(({ protocol: etherType, ...row }) => ({
          etherType,
          ...row,
        })),
      ),
    netlink: () =>
      told("netlink", (onIssue) =>
        (unlessAbsent(() => read(netlink, { of, onIssue })) ?? []).map(({ protocol: netlinkProtocol, ...row }) => ({
          netlinkProtocol,
          ...row,
        })),
      ),
  };
}

type Service = Exclude<InetKind["service"], "mptcp">;
type Table = (typeof TABLES)[Service][number];

/** Where the kernel of this machine lists those that listen before all others, nothing is read behind them: no TCP socket that is closed is listed. */
function statesIn(service: Service, table: Table, states: States, of: Source): TcpState[] {
  const isHeadEnough = service === "tcp" && states === LISTENING && of.root === undefined && isFromLinux(table, { of });
  return isHeadEnough ? ["LISTEN"] : stateNames(states);
}

/** Ports of IPv4 at which somebody waits. */
export function portsOfFour(service: "tcp" | "udp", of: Source): Set<number> {
  const where = { state: service === "tcp" ? "LISTEN" : "CLOSE" } as const;
  const rows = unlessAbsent(() => read(TABLES[service][0], { of, where, onIssue: () => {} })) ?? [];
  return new Set(rows.map(({ localPort }) => localPort));
}
