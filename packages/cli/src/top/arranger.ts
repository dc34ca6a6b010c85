import type { SocketProtocol, WatchedSocket } from "procnet";
import { type Filter, matches } from "procnet/query";
import type { Picture } from "./looks/picture.ts";
import { type TopState, tableOf } from "./state/state.ts";
import type { Listing } from "./table/listing.ts";
import { inSlices } from "./table/slices.ts";
import type { Asked } from "./table/view.ts";
import { VIEWS } from "./views/views.ts";

/** What rows are arranged from. */
export interface Arrangement {
  readonly state: TopState;
  readonly picture: Picture;
  /** Tables whose sockets are shown; all without. */
  readonly protocols: ReadonlySet<SocketProtocol> | undefined;
  readonly filters: readonly (Filter | undefined)[];
  readonly several: boolean;
  readonly owners: boolean;
  readonly isAscii: boolean;
}

/** Arranges rows, of which there may be very many: what is asked last is what counts, whatever is under way. */
export class Arranger {
  private turn = 0;

  /** The rows of the view; `undefined` where something else was asked meanwhile. */
  async arrange({ state, picture, protocols, filters, ...rest }: Arrangement): Promise<Listing | undefined> {
    const mine = ++this.turn;
    const asked: Asked = {
      ...rest,
      picture,
      passes: passesOf(protocols, filters),
      showsClosed: state.showsClosed,
      showsAll: state.showsAll,
      types: protocols === undefined || protocols.has("unix") || protocols.has("packet"),
    };
    const isOver = (): boolean => mine !== this.turn;
    const listing = await inSlices(VIEWS[state.view].list(asked, tableOf(state)), isOver);
    // Several keys may come at once: what is asked by the first of them is arranged before anybody hears of it.
    return isOver() ? undefined : listing;
  }
}

/** Which sockets are meant; `undefined` for all. */
function passesOf(
  protocols: Arrangement["protocols"],
  filters: Arrangement["filters"],
): ((socket: WatchedSocket) => boolean) | undefined {
  const wanted = filters.filter((filter) => filter !== undefined);
  if (protocols === undefined && wanted.length === 0) return undefined;
  return (socket) =>
    (protocols === undefined || protocols.has(socket.protocol)) && wanted.every((filter) => matches(filter, socket));
}
