import type { WatchedSocket } from "procnet";
import {
  countText,
  DESTINATION_COLUMNS,
  DestinationGroups,
  type DestinationRow,
  endpointText,
  processText,
  shareText,
} from "procnet/view";
import { safe } from "../../text/safe.ts";
import { wrapped } from "../../text/wrap.ts";
import { type InSteps, STEP } from "../table/slices.ts";
import type { Asked, ViewSpec } from "../table/view.ts";
import { findingLines, portContextOf } from "./about.ts";

export const DESTINATIONS: ViewSpec<DestinationRow> = {
  name: "destinations",
  columns: ({ several }) =>
    DESTINATION_COLUMNS.map((column) => (column.key === "netns" && !several ? { ...column, extra: true } : column)),
  order: { key: "sockets", isDescending: true },
  rows: rowsOf,
  idOf: ({ namespace, protocol, remoteAddress, remotePort }) =>
    `${namespace} ${protocol} ${remoteAddress} ${remotePort}`,
  explain: (row, asked) => ({
    title: `to ${row.protocol} ${endpointText(row.remoteAddress, row.remotePort)}`,
    lines: (columns) => linesOf(row, asked, columns),
  }),
};

/** Connections that are meant; those of ports that are listened on here are none that this side opened, whatever is meant. */
function* rowsOf(asked: Asked): InSteps<readonly DestinationRow[]> {
  const groups = new DestinationGroups(portContextOf(asked));
  let count = 0;
  for (const socket of asked.picture.sockets) {
    if (++count % STEP === 0) yield;
    groups.listens(socket);
  }
  const { passes } = asked;
  for (const socket of asked.picture.sockets) {
    if (++count % STEP === 0) yield;
    if (isMeant(socket, passes)) groups.take(socket);
  }
  return groups.rows();
}

function isMeant(socket: WatchedSocket, passes: Asked["passes"]): boolean {
  return passes === undefined || passes(socket);
}

function linesOf(row: DestinationRow, asked: Asked, columns: number): string[] {
  const { sockets, states, portsUsed, portsUsable, holders, findings } = row;
  const counts = states.map((one) => `${countText(one.sockets)} ${one.state}`).join(", ");
  const ports =
    portsUsed === undefined || portsUsable === undefined
      ? "How many of the local ports these take was not counted: they are few, or the range is not known."
      : `They take ${countText(portsUsed)} of ${countText(portsUsable)} local ports (${shareText(portsUsed, portsUsable)}): when all are taken, connect() fails with EADDRNOTAVAIL.`;
  const held = holders.map((one) => `${processText(one)} holds ${countText(one.sockets)} of them.`);
  const all = [`${countText(sockets)} connections: ${counts}.`, ports, ...held];
  return [...all.flatMap((text) => wrapped(safe(text), columns)), ...findingLines(findings, asked, columns)];
}
