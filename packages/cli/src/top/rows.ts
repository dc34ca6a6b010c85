import type { SocketProtocol } from "procnet";
import type { KernelWanted } from "../commands/kernel-wanted.ts";
import { protocolsOf } from "../commands/protocols.ts";
import { Arranger } from "./arranger.ts";
import type { FilterProblem } from "./draw/frame.ts";
import { type Telling, understood, type Written, wantedBy } from "./filter.ts";
import type { Picture } from "./looks/picture.ts";
import type { TopOptions } from "./options.ts";
import type { TopState } from "./state/state.ts";
import type { Listing } from "./table/listing.ts";

const ALL: readonly SocketProtocol[] = protocolsOf({ protocol: ["all"] });

/** The rows that are shown, and what they are made from. */
export class Rows {
  /** What was found last. */
  latest: Picture | undefined;
  /** What rows are made from: with frozen ones an older one. */
  private shown: Picture | undefined;
  private listing: Listing | undefined;
  /** The filter as it was understood, and from what. */
  private written: Written & {
    readonly text: string;
    readonly protocols: readonly SocketProtocol[];
    readonly telling: Telling;
  };
  private readonly arranger = new Arranger();
  private readonly options: TopOptions;

  constructor(options: TopOptions) {
    this.options = options;
    const { filter: text, protocols, asked } = options;
    this.written = { text, protocols, telling: asked, ...understood(text, protocols, asked) };
  }

  /** Takes what was found; whether rows are made from it now. A first look is shown before it is through: its rest is no other look. */
  take(picture: Picture, isFrozen: boolean): boolean {
    this.latest = picture;
    const isHeld = isFrozen && this.shown?.health !== undefined;
    if (!isHeld) this.shown = picture;
    return !isHeld;
  }

  /** Rows are made from what was found last again. */
  thaw(): void {
    this.shown = this.latest;
  }

  /** The rows of the view that is shown; `undefined` until they are arranged. */
  of({ view }: TopState): Listing | undefined {
    return this.listing?.view === view ? this.listing : undefined;
  }

  /** What is wrong with the filter. */
  get problem(): FilterProblem | undefined {
    return this.written.problem;
  }

  /** What the kernel alone tells of what is chosen. */
  wanted(state: TopState): KernelWanted {
    const { columns = [], order } = state.tables.sockets;
    return wantedBy(state.filter, order === undefined ? columns : [...columns, order.key], this.protocolsOf(state));
  }

  /** Arranges the rows anew, for what is chosen now; whether that is still what is chosen in the end. */
  async arrange(state: TopState, isEverywhere: boolean, telling: Telling): Promise<boolean> {
    const { shown: picture, options } = this;
    if (picture === undefined) return false;
    const protocols = this.protocolsOf(state);
    this.understand(state.filter, protocols, telling);
    const listing = await this.arranger.arrange({
      state,
      picture,
      protocols: state.showsAll ? undefined : new Set(protocols),
      filters: [options.held, this.written.filter],
      several: isEverywhere || options.namespaces.several,
      owners: options.owners,
      isAscii: options.isAscii,
    });
    if (listing !== undefined) this.listing = listing;
    return listing !== undefined;
  }

  private protocolsOf({ showsAll }: TopState): readonly SocketProtocol[] {
    return showsAll ? ALL : this.options.protocols;
  }

  /** Until it can be understood, what was shown stays. */
  private understand(text: string, protocols: readonly SocketProtocol[], telling: Telling): void {
    const { written } = this;
    if (written.text === text && written.protocols === protocols && written.telling === telling) return;
    const { filter, problem } = understood(text, protocols, telling);
    this.written = { text, protocols, telling, filter: problem === undefined ? filter : written.filter, problem };
  }
}
