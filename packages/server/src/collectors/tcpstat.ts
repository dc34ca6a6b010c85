import { each, TcpState } from "procnet";
import { tcp, tcp6 } from "procnet/tables";
import { type Family, gauge } from "../metrics/family.ts";
import { inTurns } from "../turns.ts";
import { isAbsent } from "./absent.ts";
import { type Collector, netOf, type Source } from "./collector.ts";

const STATES = gauge(
  "node_tcp_connection_states",
  "TCP sockets by state, of both families; rx_queued_bytes and tx_queued_bytes are bytes that wait in all of them.",
  "state",
);

async function* collect(source: Source): AsyncGenerator<Family> {
  const of = netOf(source);
  const counts = new Map<string, number>();
  const add = (state: string, count: number): void => void counts.set(state, (counts.get(state) ?? 0) + count);
  for (const table of [tcp, tcp6]) {
    try {
      await inTurns(each(table, { of }), ({ state, rxQueue, txQueue }) => {
        add(wordOf(state), 1);
        // Of a listener the file has the connections that wait to be accepted in place of bytes.
        add("rx_queued_bytes", rxQueue);
        add("tx_queued_bytes", txQueue);
      });
    } catch (error) {
      if (table === tcp || !isAbsent(error)) throw error;
    }
  }
  for (const queue of ["rx_queued_bytes", "tx_queued_bytes"]) add(queue, 0);
  yield { metric: STATES, values: [...counts].map(([state, value]) => ({ labels: { state }, value })) };
}

/** node_exporter's word for a state; it knows no others. */
function wordOf(state: string): string {
  if (!Object.hasOwn(TcpState, state)) return "unknown";
  const word = state.toLowerCase();
  return word === "new_syn_recv" ? "syn_recv" : word;
}

/** TCP sockets by state: `/proc/net/tcp` and `tcp6`. */
export const tcpstat: Collector = { name: "tcpstat", isDefault: false, metrics: [STATES], collect };
