import type { Family } from "../metrics/family.ts";
import { OWN } from "../own/definitions.ts";

/** Connections, as the conventions of OpenTelemetry call them. */
export interface ConnectionCount {
  readonly transport: "tcp" | "udp";
  /** Of TCP alone: UDP has none. */
  readonly state: string | undefined;
  readonly count: number;
}

const TRANSPORTS: ReadonlyMap<string, ConnectionCount["transport"]> = new Map([
  ["tcp", "tcp"],
  ["tcp6", "tcp"],
  ["udp", "udp"],
  ["udp6", "udp"],
]);

/** The kernel's states whose names differ from those of RFC 9293, as the conventions write them. */
const STATES: ReadonlyMap<string, string> = new Map([
  ["SYN_RECV", "syn_received"],
  ["NEW_SYN_RECV", "syn_received"],
  ["FIN_WAIT1", "fin_wait_1"],
  ["FIN_WAIT2", "fin_wait_2"],
  ["CLOSE", "closed"],
]);

/** Sockets of all network namespaces by transport and state: what `procnet_sockets` has, added up. */
export function connectionCounts(families: readonly Family[]): ConnectionCount[] {
  const counts = new Map<string, ConnectionCount>();
  const sockets = families.filter(({ metric }) => metric === OWN.sockets).flatMap(({ values }) => values);
  for (const { labels, value } of sockets) {
    const { protocol = "", state: word = "" } = labels;
    const transport = TRANSPORTS.get(protocol);
    if (transport === undefined) continue;
    const state = transport === "tcp" ? (STATES.get(word) ?? word.toLowerCase()) : undefined;
    const key = `${transport} ${state}`;
    counts.set(key, { transport, state, count: (counts.get(key)?.count ?? 0) + value });
  }
  return [...counts.values()];
}
