import type { DatagramSocket, SourceQuestion, TcpSocket } from "procnet";
import { INET_DIAG_MSG } from "../diag/constants.ts";
import type { Dump } from "../diag/dump.ts";
import { inetSockets } from "../diag/inet.ts";
import type { InetProtocol } from "../diag/inet-request.ts";
import { type Asking, allOf } from "./asking.ts";
import type { CgroupNames } from "./cgroups.ts";
import { conditionsOf, type InetConditions } from "./inet-conditions.ts";

/** Sockets of the internet that are asked for, with the names of their control groups. */
export async function inetTable(
  asking: Asking,
  protocol: InetProtocol,
  question: SourceQuestion,
  cgroups: CgroupNames,
): Promise<(TcpSocket | DatagramSocket)[]> {
  const { states, bytecode, passes } = conditionsOf(question);
  if (states === 0) return [];
  const asked = { ...asking.wanted, protocol, states, bytecode, namespace: question.namespace };
  const rows = await allOf<TcpSocket | DatagramSocket>(asking, those(inetSockets(asked), passes));
  await cgroups.name(rows, asking.signal);
  return rows;
}

/** The sockets of a dump that pass, of which no rows are made otherwise. */
function those<Row>(dump: Dump<Row>, passes: InetConditions["passes"]): Dump<Row> {
  if (passes === undefined) return dump;
  return {
    question: dump.question,
    reader: () => {
      const row = dump.reader();
      return (of, from, to) => (to - from < INET_DIAG_MSG || passes(of, from) ? row(of, from, to) : undefined);
    },
  };
}
