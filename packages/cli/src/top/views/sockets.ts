import { socketKey, type WatchedOwner, type WatchedSocket } from "procnet";
import { ageText, type Column, KERNEL_COLUMNS, onScreen, socketColumns, stateOf, withRates } from "procnet/view";
import { explainHere } from "../../commands/explain/explain-here.ts";
import { explanationLines } from "../../commands/explain/text.ts";
import type { Holder } from "../../commands/kill/kill-plan.ts";
import { type InSteps, STEP } from "../table/slices.ts";
import type { Asked, ViewSpec } from "../table/view.ts";

export const SOCKETS: ViewSpec<WatchedSocket> = {
  name: "sockets",
  columns: columnsOf,
  rows: function* (asked) {
    return yield* meant(
      asked,
      asked.showsClosed ? [asked.picture.sockets, asked.picture.closed] : [asked.picture.sockets],
    );
  },
  idOf: socketKey,
  isClosed: (socket, { picture }) => picture.closedAt(socket) !== undefined,
  explain: (socket, asked) => {
    const found = explainHere(socket);
    const lines = (columns: number): string[] => explanationLines(found, columns).slice(1);
    return { title: found.subject, lines: (columns) => [...closedLines(socket, asked), ...lines(columns)] };
  },
  holders: socketHolders,
  documentOf: (socket) => ({ ...socket, commonState: stateOf(socket) }),
};

/** Sockets that are meant, in steps. */
export function* meant(
  { passes }: Asked,
  lists: readonly (readonly WatchedSocket[])[],
): InSteps<readonly WatchedSocket[]> {
  const [only, ...more] = lists;
  if (passes === undefined && more.length === 0) return only ?? [];
  const found: WatchedSocket[] = [];
  let count = 0;
  for (const list of lists) {
    for (const socket of list) {
      if (++count % STEP === 0) yield;
      if (passes === undefined || passes(socket)) found.push(socket);
    }
  }
  return found;
}

/** What is there no more says so in place of its state. */
function columnsOf({ picture, owners, several, types }: Asked): readonly Column<WatchedSocket>[] {
  const all = [...onScreen(socketColumns({ owners }, { several, types })), ...KERNEL_COLUMNS];
  const columns = all.map((column): Column<WatchedSocket> => {
    if (column.key !== "state") return column as Column<WatchedSocket>;
    return {
      ...column,
      value: (socket) => (picture.closedAt(socket) === undefined ? stateOf(socket) : "closed"),
    };
  });
  const bySocket = picture.traffic?.bySocket;
  return withRates(
    columns,
    "sendq",
    bySocket && (({ inode }) => (inode === undefined ? undefined : bySocket.get(inode))),
  );
}

function closedLines(socket: WatchedSocket, { picture }: Asked): string[] {
  const at = picture.closedAt(socket);
  return at === undefined ? [] : [`Closed ${ageText(picture.now - at)} ago. As it was seen last:`, ""];
}

/** Who holds a socket, as far as they still do. */
export function socketHolders(socket: WatchedSocket): readonly Holder[] {
  if (socket.ownersWere || !socket.inode) return [];
  const uids = new Set("uid" in socket && socket.uid !== undefined ? [socket.uid] : []);
  const inodes = new Set([socket.inode]);
  return ownersOf(socket).flatMap((owner) => (owner.ended ? [] : { owner, inodes, uids }));
}

export function ownersOf({ owners }: WatchedSocket): readonly WatchedOwner[] {
  return owners ?? [];
}
