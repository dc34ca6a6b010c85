import type { WatchedSocket } from "procnet";
import { endpointText, LISTENER_COLUMNS, ListenerGroups, type ListenerRow } from "procnet/view";
import { explainHere } from "../../commands/explain/explain-here.ts";
import { explanationLines } from "../../commands/explain/text.ts";
import { type InSteps, STEP } from "../table/slices.ts";
import type { Asked, ViewSpec } from "../table/view.ts";
import { contextOf, findingLines } from "./about.ts";
import { socketHolders } from "./sockets.ts";

export const LISTENERS: ViewSpec<ListenerRow> = {
  name: "listeners",
  columns: ({ several }) =>
    LISTENER_COLUMNS.map((column) => (column.key === "netns" && !several ? { ...column, extra: true } : column)),
  rows: rowsOf,
  idOf: ({ inode, protocol, localAddress, localPort }) => inode || `${protocol} ${localAddress} ${localPort}`,
  explain: (row, asked) => ({
    title: `${row.protocol} ${endpointText(row.localAddress, row.localPort)}`,
    lines: (columns) => {
      const socket = socketOf(row, asked);
      const explained = socket === undefined ? [] : explanationLines(explainHere(socket), columns).slice(1);
      return [...explained, ...findingLines(row.findings, asked, columns)];
    },
  }),
  holders: (row, asked) => {
    const socket = socketOf(row, asked);
    return socket === undefined ? [] : socketHolders(socket);
  },
};

/** Listeners that are meant, with all connections of their ports, whether these are meant or not. */
function* rowsOf(asked: Asked): InSteps<readonly ListenerRow[]> {
  const groups = new ListenerGroups(contextOf(asked));
  const { passes } = asked;
  let count = 0;
  for (const socket of asked.picture.sockets) {
    if (++count % STEP === 0) yield;
    if (passes === undefined || stateless(socket) || passes(socket)) groups.take(socket);
  }
  return groups.rows();
}

function stateless(socket: WatchedSocket): boolean {
  return !("state" in socket) || socket.state !== "LISTEN";
}

function socketOf({ inode, protocol, localPort }: ListenerRow, { picture }: Asked): WatchedSocket | undefined {
  return picture.sockets.find(
    (socket) => socket.inode === inode && socket.protocol === protocol && isOf(socket, localPort),
  );
}

function isOf(socket: WatchedSocket, port: number): boolean {
  return "localPort" in socket && socket.localPort === port;
}
