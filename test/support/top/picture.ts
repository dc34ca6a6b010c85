import { History, type WatchedSocket } from "procnet";
import { Tally } from "../../../packages/cli/src/commands/tally.ts";
import { Arranger } from "../../../packages/cli/src/top/arranger.ts";
import type { Picture } from "../../../packages/cli/src/top/looks/picture.ts";
import type { TopState } from "../../../packages/cli/src/top/state/state.ts";
import type { Listing } from "../../../packages/cli/src/top/table/listing.ts";

/** What a look found that found these, and nothing wrong. */
export function pictureOf(sockets: readonly WatchedSocket[], more: Partial<Picture> = {}): Picture {
  const tally = new Tally();
  for (const socket of sockets) tally.take(socket);
  return {
    at: new Date(2026, 0, 31, 12, 0, 0),
    took: 12,
    now: 0,
    sockets,
    closed: [],
    closedAt: () => undefined,
    tally: { usual: tally, all: tally },
    missed: 0,
    sample: undefined,
    rates: undefined,
    health: undefined,
    limits: undefined,
    traffic: undefined,
    history: new History(),
    unread: [],
    ...more,
  };
}

/** The rows of the view that is chosen. */
export async function listingOf(state: TopState, picture: Picture, isAscii = false): Promise<Listing> {
  const rest = { protocols: undefined, filters: [], several: false, owners: true, isAscii };
  const listing = await new Arranger().arrange({ state, picture, ...rest });
  if (listing === undefined) throw new Error("nothing else was asked meanwhile");
  return listing;
}
