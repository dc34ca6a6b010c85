import type { WatchedOwner, WatchedSocket } from "procnet";
import {
  containerText,
  countText,
  PROCESS_COLUMNS,
  ProcessGroups,
  type ProcessRow,
  processText,
  withRates,
} from "procnet/view";
import { explainHere } from "../../commands/explain/explain-here.ts";
import { groupedLines } from "../../commands/explain/text.ts";
import type { Holder } from "../../commands/kill/kill-plan.ts";
import { safe } from "../../text/safe.ts";
import { type InSteps, STEP } from "../table/slices.ts";
import type { Asked, ViewSpec } from "../table/view.ts";
import { contextOf, findingLines } from "./about.ts";
import { meant, ownersOf } from "./sockets.ts";

export const PROCESSES: ViewSpec<ProcessRow> = {
  name: "processes",
  columns: ({ picture: { traffic } }) =>
    withRates(
      PROCESS_COLUMNS,
      "sockets",
      traffic && (({ pid }) => (pid === undefined ? undefined : traffic.byProcess.get(pid))),
    ),
  order: { key: "sockets", isDescending: true },
  rows: rowsOf,
  idOf: ({ pid, startTime }) => `${pid} ${startTime}`,
  explain: (row, asked) => ({ title: processText(row), lines: (columns) => linesOf(row, asked, columns) }),
  holders: holdersOf,
};

function* rowsOf(asked: Asked): InSteps<readonly ProcessRow[]> {
  const groups = new ProcessGroups(contextOf(asked));
  let count = 0;
  for (const socket of yield* meant(asked, [asked.picture.sockets])) {
    if (++count % STEP === 0) yield;
    // Who held it last holds it no more.
    if (!socket.ownersWere) groups.take(socket);
  }
  return groups.rows();
}

/** Sockets that are explained one by one, at most. */
const MOST = 200;

function linesOf(row: ProcessRow, asked: Asked, columns: number): string[] {
  const { uid, exe, cmdline, container, unit, descriptors, descriptorLimit, listens, states } = row;
  const facts: [string, string | undefined][] = [
    ["command", cmdline?.join(" ")],
    ["program", exe],
    ["user", uid === undefined ? undefined : `uid ${uid}`],
    ["container", containerText(container)],
    ["unit", unit],
    [
      "listens on",
      listens.length === 0 ? undefined : `${listens.length === 1 ? "port" : "ports"} ${listens.join(", ")}`,
    ],
    ["descriptors", descriptorsText(descriptors, descriptorLimit)],
    ["sockets", states.map(({ protocol, state, sockets }) => `${countText(sockets)} ${protocol} ${state}`).join(", ")],
  ];
  const own = heldBy(row, asked);
  const explained = own.slice(0, MOST).map((socket) => explainHere(socket));
  return [
    ...facts.flatMap(([name, text]) => (text === undefined ? [] : [`${name.padEnd(11)} ${safe(text)}`])),
    ...findingLines(row.findings, asked, columns),
    "",
    ...groupedLines(explained, columns),
    ...(own.length > MOST ? ["", `… and ${countText(own.length - MOST)} sockets more`] : []),
  ];
}

function descriptorsText(open: number | undefined, most: number | undefined): string | undefined {
  if (open === undefined) return undefined;
  return `${countText(open)} open${most === undefined ? "" : `, of ${countText(most)} it may open`}`;
}

/** All of its sockets, whether they pass the filter or not. */
function heldBy(row: ProcessRow, { picture }: Asked): WatchedSocket[] {
  return picture.sockets.filter((socket) => !socket.ownersWere && ownerIn(socket, row) !== undefined);
}

function ownerIn(socket: WatchedSocket, { pid, startTime }: ProcessRow): WatchedOwner | undefined {
  return ownersOf(socket).find((owner) => owner.pid === pid && owner.startTime === startTime && !owner.ended);
}

/** The process, with all that it holds and whose that is. */
function holdersOf(row: ProcessRow, asked: Asked): readonly Holder[] {
  const own = heldBy(row, asked);
  const owner = own[0] && ownerIn(own[0], row);
  if (owner === undefined) return [];
  const inodes = new Set(own.flatMap(({ inode }) => inode || []));
  return [{ owner, inodes, uids: new Set(own.flatMap((socket) => ("uid" in socket ? (socket.uid ?? []) : []))) }];
}
