import { each, type Located } from "procnet";
import { udp, udp6 } from "procnet/tables";
import { type Family, gauge, type Value } from "../metrics/family.ts";
import { inTurns } from "../turns.ts";
import { isAbsent } from "./absent.ts";
import { type Collector, netOf, type Source } from "./collector.ts";

const QUEUES = gauge(
  "node_udp_queues",
  "Bytes of memory that wait in UDP sockets, to be read (rx) or sent (tx).",
  "ip",
  "queue",
);

async function* collect(source: Source): AsyncGenerator<Family> {
  const of = netOf(source);
  const values = [...(await queuesOf("v4", of, udp)), ...(await queuesOf("v6", of, udp6))];
  if (values.length === 0) throw new Error("there is no file of UDP sockets");
  yield { metric: QUEUES, values };
}

async function queuesOf(ip: string, of: Located, table: typeof udp | typeof udp6): Promise<Value[]> {
  let [rx, tx] = [0, 0];
  try {
    await inTurns(each(table, { of }), ({ rxQueue, txQueue }) => {
      rx += rxQueue;
      tx += txQueue;
    });
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
  return [
    { labels: { ip, queue: "rx" }, value: rx },
    { labels: { ip, queue: "tx" }, value: tx },
  ];
}

/** Queues of all UDP sockets together: `/proc/net/udp` and `udp6`. */
export const udpQueues: Collector = { name: "udp_queues", isDefault: true, metrics: [QUEUES], collect };
