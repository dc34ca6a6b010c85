import type { DatagramSocket, SourceQuestion, TcpSocket } from "procnet";
import { INET_DIAG_MSG } from "../diag/constants.ts";
import type { Dump } from "../diag/dump.ts";
import { inetSockets } from "../diag/inet.ts";
import type { InetProtocol } from "../diag/inet-request.ts";
import { AS_PROCFS } from "../diag/states.ts";
import { type Asking, allOf } from "./asking.ts";
import type { CgroupNames } from "./cgroups.ts";
import { conditionsOf, type InetConditions } from "./inet-conditions.ts";
import { HAS_FIGURES, leftOut } from "./whole-table.ts";

/** Sockets of the internet that are asked for, with the names of their control groups; `undefined` where procfs alone knows which these are. */
export async function inetTable(
  asking: Asking,
  protocol: InetProtocol,
  question: SourceQuestion,
  cgroups: CgroupNames,
  root: string,
): Promise<(TcpSocket | DatagramSocket)[] | undefined> {
  const { states, bytecode, passes } = conditionsOf(question);
  if (states === 0) return [];
  const asked = { protocol, states, bytecode, namespace: question.namespace };
  const rows = await allOf<TcpSocket | DatagramSocket>(
    asking,
    those(inetSockets({ ...asking.wanted, ...asked }), passes),
  );
  if (question.inet?.uid !== undefined && rows.some(({ state }) => state === "SYN_RECV")) {
    asking.note(`${protocol} is read from procfs: netlink does not tell whose requests for connections are`);
    return undefined;
  }
  if (protocol.startsWith("tcp") && asking.wanted.info !== false) {
    const isAll = states === AS_PROCFS && bytecode === undefined && passes === undefined;
    const directory = `${root}/${question.pid ?? "self"}/net`;
    const missing = await leftOut(asking, asked, rows, isAll, directory, (dump) => those(dump, passes));
    for (const row of missing) rows.push(row);
    const bare = missing.filter((row) => "tcpInfo" in row && row.tcpInfo === undefined && HAS_FIGURES.has(row.state));
    if (bare.length > 0)
      asking.note(
        `figures of ${bare.length} ${protocol} sockets are not told: the kernel cannot tell them past a socket with very many TCP-MD5 keys`,
      );
  }
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
