import type { BaseProcFs, SocketProtocol } from "procnet";
import type { Filter } from "procnet/query";
import { countText } from "procnet/view";
import { hiddenOwnersNote, reader } from "../commands/hidden-owners.ts";
import type { Namespaces } from "../commands/where.ts";
import { EXIT, type Io } from "../io.ts";
import { painter } from "../output/style.ts";
import { Arranger } from "./arranger.ts";
import { type Drawn, drawFrame } from "./draw/frame.ts";
import type { Status } from "./draw/header.ts";
import { type Look, lookOf } from "./draw/paint.ts";
import { TableDrawing } from "./draw/table-drawing.ts";
import { exportRows } from "./export.ts";
import { understood, type Written } from "./filter.ts";
import { helpText } from "./help.ts";
import { KillTalk, type Said } from "./kill-talk.ts";
import { Looker } from "./looks/looker.ts";
import { Pace } from "./looks/pace.ts";
import type { Picture } from "./looks/picture.ts";
import { press, type Surroundings, type Wish } from "./state/press.ts";
import { firstState, type Text, type TopState, tableOf, type ViewName, withTable } from "./state/state.ts";
import type { Listing } from "./table/listing.ts";
import { FullScreen } from "./terminal/full-screen.ts";
import type { Key } from "./terminal/keys.ts";

/** What is looked at, and how it is shown at first. */
export interface TopOptions {
  readonly procfs: BaseProcFs;
  readonly pid: number | undefined;
  readonly namespaces: Namespaces;
  readonly owners: boolean;
  /** Tables whose sockets are shown unless all are wanted. */
  readonly protocols: readonly SocketProtocol[];
  /** What shown sockets have in common, besides the filter that is written. */
  readonly held: Filter | undefined;
  readonly filter: string;
  readonly view: ViewName;
  readonly interval: number | undefined;
  readonly color: boolean;
  readonly isAscii: boolean;
  /** Whether process ids are those of this machine: a signal to another one's would reach somebody else. */
  readonly mayKill: boolean;
}

/** `procnet top`, from the first frame to the last. */
export class Top {
  private readonly options: TopOptions;
  private readonly io: Io;
  private readonly looker: Looker;
  private readonly pace: Pace;
  private readonly arranger = new Arranger();
  private readonly kills: KillTalk;
  private readonly drawing: { readonly look: Look; readonly table: TableDrawing };
  private screen: FullScreen | undefined;
  private state: TopState;
  /** What was found last, and what is shown: with frozen rows an older one. */
  private latest: Picture | undefined;
  private shown: Picture | undefined;
  private listing: Listing | undefined;
  private written: Written & { readonly text: string };
  private drawn: Pick<Drawn, "window" | "height" | "textLines"> = NOTHING_DRAWN;
  private everywhere = false;
  private isDue = false;
  private ended = false;
  private finish: () => void = () => {};
  private fail: (error: unknown) => void = () => {};

  constructor(options: TopOptions, io: Io) {
    this.options = options;
    this.io = io;
    const { procfs, pid, namespaces, owners, protocols, interval, color, isAscii, mayKill } = options;
    this.looker = new Looker({ procfs, pid, namespaces: namespaces.read, owners, usual: new Set(protocols) });
    this.pace = new Pace(interval);
    const look = lookOf(painter(color), isAscii);
    this.drawing = { look, table: new TableDrawing(look) };
    this.state = firstState(options.view, options.filter);
    this.written = { text: options.filter, ...understood(options.filter, protocols) };
    this.kills = new KillTalk(mayKill ? procfs : undefined);
  }

  /** Shows it until it is ended. */
  async run(input: NodeJS.ReadStream): Promise<number> {
    const { signal } = this.io;
    const over = new Promise<void>((resolve, reject) => {
      this.finish = resolve;
      this.fail = reject;
    });
    signal.addEventListener("abort", this.finish, { once: true });
    // Before it is told of: that would be on the screen that is left then.
    const crashed = (error: unknown): void => {
      this.screen?.close();
      this.fail(error);
    };
    process.prependListener("uncaughtException", crashed);
    process.prependListener("unhandledRejection", crashed);
    this.screen = new FullScreen(this.io, input, {
      key: (key) => this.guarded(() => this.press(key)),
      changed: () => this.draw(),
      // As if it had been told: Node would abort where it cannot set a terminal back that is no more.
      gone: () => process.kill(process.pid, "SIGHUP"),
    });
    try {
      this.looks().catch(this.fail);
      if (!signal.aborted) await over;
    } finally {
      this.ended = true;
      this.pace.now();
      this.screen.close();
      process.removeListener("uncaughtException", crashed);
      process.removeListener("unhandledRejection", crashed);
      await this.looker.close();
    }
    return EXIT.ok;
  }

  private async looks(): Promise<void> {
    while (!this.ended) {
      const began = performance.now();
      const before = process.cpuUsage();
      const picture = await this.looker.look((early) => void this.take(early));
      if (picture === undefined) continue;
      await this.take(picture);
      const { user, system } = process.cpuUsage(before);
      this.pace.took((user + system) / 1000);
      if (!this.ended) await this.pace.rest(began);
    }
  }

  private async take(picture: Picture): Promise<void> {
    this.latest = picture;
    if (!this.state.isFrozen) {
      this.shown = picture;
      await this.arrange();
    }
    this.draw();
  }

  /** What happens here ends everything where it fails, and does not go unseen. */
  private guarded(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.fail(error);
    }
  }

  private press(key: Key): void {
    const { state, wish } = press(this.state, key, this.surroundings());
    const before = this.state;
    this.state = state;
    if (before.isFrozen && !state.isFrozen) this.shown = this.latest;
    if (wish !== undefined) this.grant(wish);
    // The key is answered before the rows are arranged, which may take longer than a frame.
    this.draw();
    if (needsRows(before, this.state)) this.arrange().then(() => this.draw(), this.fail);
  }

  private surroundings(): Surroundings {
    const { listing } = this;
    const { height, textLines } = this.drawn;
    const columns = listing?.columns ?? [];
    return {
      total: listing?.total ?? 0,
      height,
      textLines,
      idAt: (place) => listing?.idAt(place),
      columns: columns.map(({ key }) => key),
      shown: listing?.shown ?? [],
      order: listing?.order,
      isNumber: (key) => columns.some((column) => column.key === key && column.align === "right"),
    };
  }

  private grant(wish: Wish): void {
    switch (wish) {
      case "quit":
        this.finish();
        break;
      case "suspend":
        this.screen?.stop();
        break;
      case "redraw":
        this.screen?.forget();
        break;
      case "help":
        this.read(helpText(this.notes()));
        break;
      case "explain":
        this.read(this.listing?.explainAt(this.place()));
        break;
      case "faster":
      case "slower":
        this.pace.change(wish === "slower" ? 1 : -1);
        break;
      case "export":
        this.export().catch(this.fail);
        break;
      case "namespaces":
        this.switchNamespaces().catch(this.fail);
        break;
      case "kill":
        this.say(this.kills.begin(this.listing?.holdersAt(this.place()) ?? []));
        break;
      case "agree":
      case "refuse":
        this.say(this.kills.answer(wish === "agree"));
    }
  }

  private place(): number {
    return Math.min(tableOf(this.state).place, (this.listing?.total ?? 0) - 1);
  }

  private read(text: Text | undefined): void {
    if (text === undefined) return;
    this.state = { ...this.state, mode: { kind: "text", text, first: 0 } };
  }

  private say({ question, message }: Said): void {
    const { state } = this;
    this.state = question === undefined ? { ...state, message } : { ...state, mode: { kind: "question", question } };
  }

  private notes(): string[] {
    const { latest, options } = this;
    if (latest === undefined) return [];
    const hidden = hiddenOwnersNote(
      this.tally(latest),
      { owners: options.owners && "all" },
      reader(options.procfs.root),
    );
    return [...hidden, ...latest.unread];
  }

  private tally({ tally }: Picture): Picture["tally"]["all"] {
    return this.state.showsAll ? tally.all : tally.usual;
  }

  private async export(): Promise<void> {
    const { listing } = this;
    if (listing === undefined) return;
    try {
      const path = await exportRows(listing, new Date(), process.cwd());
      const { total } = listing;
      this.say({ message: `${total === 1 ? "1 row is" : `${countText(total)} rows are`} in ${path}` });
    } catch (error) {
      this.say({ message: `not exported: ${(error as Error).message}` });
    }
    this.draw();
  }

  private async switchNamespaces(): Promise<void> {
    this.everywhere = !this.everywhere;
    const { read } = this.options.namespaces;
    await this.looker.lookIn(this.everywhere ? "all" : read === "all" ? "current" : read);
    this.pace.now();
  }

  /** Arranges the rows anew, for what is chosen now. */
  private async arrange(): Promise<void> {
    const { shown: picture, state, options } = this;
    if (picture === undefined) return;
    if (this.written.text !== state.filter) {
      const protocols = options.protocols;
      const next = understood(state.filter, protocols);
      // Until it can be understood, what was shown stays.
      const filter = next.problem === undefined ? next.filter : this.written.filter;
      this.written = { text: state.filter, filter, problem: next.problem };
    }
    const listing = await this.arranger.arrange({
      state,
      picture,
      protocols: state.showsAll ? undefined : new Set(options.protocols),
      filters: [options.held, this.written.filter],
      several: this.everywhere || options.namespaces.several,
      owners: options.owners,
      isAscii: options.isAscii,
    });
    if (listing !== undefined) this.put(listing);
  }

  /** The selected row stays selected, wherever it is now. */
  private put(listing: Listing): void {
    this.listing = listing;
    const { selected, place } = tableOf(this.state);
    if (selected === undefined) return;
    const found = listing.placeOf(selected, place);
    if (found >= 0) this.state = withTable(this.state, { place: found });
    else {
      const next = Math.max(0, Math.min(place, listing.total - 1));
      this.state = withTable(this.state, { place: next, selected: listing.idAt(next) });
    }
  }

  /** Draws soon: many keys that come at once are drawn once. */
  private draw(): void {
    if (this.isDue) return;
    this.isDue = true;
    setImmediate(() => {
      this.isDue = false;
      if (!this.ended) this.guarded(() => this.drawNow());
    });
  }

  private drawNow(): void {
    const { screen, state } = this;
    if (screen === undefined) return;
    const listing = this.listing?.view === state.view ? this.listing : undefined;
    const { problem } = this.written;
    const scene = { state, status: this.status(), listing, nothing: this.nothing(), problem };
    const frame = drawFrame(scene, screen.size, this.drawing);
    this.drawn = frame;
    if (state.mode.kind !== "text") this.state = withTable(state, { first: frame.window.first });
    screen.draw(frame);
  }

  private status(): Status {
    const { latest, pace } = this;
    const tally = latest && this.tally(latest);
    return {
      at: latest?.at,
      interval: pace.interval,
      took: latest?.took ?? 0,
      sockets: tally?.sockets ?? 0,
      missed: latest?.missed,
      hidden: this.options.owners ? (tally?.hidden ?? 0) : 0,
      unread: latest?.unread.length ?? 0,
      where: this.everywhere || this.options.namespaces.read === "all" ? "all namespaces" : undefined,
      health: latest?.health,
    };
  }

  private nothing(): string {
    if (this.state.filter !== "") return "nothing passes the filter";
    return NOTHING[this.state.view];
  }
}

const NOTHING_DRAWN = { window: { first: 0, count: 0 }, height: 1, textLines: 0 } as const;

const NOTHING: Readonly<Record<ViewName, string>> = {
  sockets: "there is no socket",
  processes: "no process is seen to hold a socket",
  listeners: "nobody listens",
  destinations: "nobody is connected to anywhere from here",
  interfaces: "there is no interface, or its counters were not read yet",
  health: "nothing is wrong that was judged",
  counters: "counters were not read yet",
};

/** Whether other rows are to be shown, or the same in another way. */
function needsRows(before: TopState, after: TopState): boolean {
  const [old, now] = [tableOf(before), tableOf(after)];
  return (
    before.view !== after.view ||
    before.filter !== after.filter ||
    before.showsAll !== after.showsAll ||
    before.showsClosed !== after.showsClosed ||
    (before.isFrozen && !after.isFrozen) ||
    old.order !== now.order ||
    old.columns !== now.columns
  );
}
