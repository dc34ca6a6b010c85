import { hiddenOwnersNote, reader } from "../commands/hidden-owners.ts";
import type { Tally } from "../commands/tally.ts";
import type { Status } from "./draw/header.ts";
import type { Pace } from "./looks/pace.ts";
import type { Picture } from "./looks/picture.ts";
import type { TopOptions } from "./options.ts";
import type { TopState, ViewName } from "./state/state.ts";

/** What the first lines say besides what was chosen. */
export function statusOf(
  { showsAll }: TopState,
  picture: Picture | undefined,
  { owners }: TopOptions,
  { pace, isEverywhere }: { readonly pace: Pace; readonly isEverywhere: boolean },
): Status {
  const tally = picture && tallyOf(picture, showsAll);
  return {
    at: picture?.at,
    interval: pace.interval,
    took: picture?.took ?? 0,
    sockets: tally?.sockets ?? 0,
    missed: picture?.missed,
    hidden: owners ? (tally?.hidden ?? 0) : 0,
    unread: picture?.unread.length ?? 0,
    where: isEverywhere ? "all namespaces" : undefined,
    health: picture?.health,
  };
}

function tallyOf({ tally }: Picture, showsAll: boolean): Tally {
  return showsAll ? tally.all : tally.usual;
}

/** What cannot be seen, and what would help. */
export function notesOf(
  { showsAll }: TopState,
  picture: Picture | undefined,
  { owners, procfs }: TopOptions,
): string[] {
  if (picture === undefined) return [];
  const hidden = hiddenOwnersNote(tallyOf(picture, showsAll), { owners: owners && "all" }, reader(procfs.root));
  return [...hidden, ...picture.unread];
}

/** What stands in place of rows where there are none. */
export function nothingText({ filter, view }: TopState): string {
  return filter === "" ? NOTHING[view] : "nothing passes the filter";
}

const NOTHING: Readonly<Record<ViewName, string>> = {
  sockets: "there is no socket",
  processes: "no process is seen to hold a socket",
  listeners: "nobody listens",
  destinations: "nobody is connected to anywhere from here",
  interfaces: "there is no interface, or its counters were not read yet",
  health: "nothing is wrong that was judged",
  counters: "counters were not read yet",
};
