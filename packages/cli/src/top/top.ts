import { countText } from "procnet/view";
import { EXIT, type Io } from "../io.ts";
import { painter } from "../output/style.ts";
import { type Drawn, drawFrame } from "./draw/frame.ts";
import { type Look, lookOf } from "./draw/paint.ts";
import { TableDrawing } from "./draw/table-drawing.ts";
import { exportRows } from "./export.ts";
import { helpText } from "./help.ts";
import { KillTalk, type Said } from "./kill-talk.ts";
import { Asking } from "./looks/asking.ts";
import { Looker } from "./looks/looker.ts";
import { Pace } from "./looks/pace.ts";
import type { Picture } from "./looks/picture.ts";
import { TrafficLooks } from "./looks/traffic.ts";
import type { TopOptions } from "./options.ts";
import { Rows } from "./rows.ts";
import { followed } from "./state/move.ts";
import { needsRows } from "./state/needs-rows.ts";
import { press, type Surroundings, type Wish } from "./state/press.ts";
import { firstState, type Mode, type Text, type TopState, tableOf, withTable } from "./state/state.ts";
import { waitsForRows } from "./state/waits-for-rows.ts";
import { notesOf, nothingText, statusOf } from "./status.ts";
import { FullScreen } from "./terminal/full-screen.ts";
import type { Key } from "./terminal/keys.ts";

/** Milliseconds between two looks at traffic, unless it is said how often. */
const SECOND = 1000;

/** `procnet top`, from the first frame to the last. */
export class Top {
  private readonly options: TopOptions;
  private readonly io: Io;
  private readonly looker: Looker;
  readonly pace: Pace;
  private readonly rows: Rows;
  private readonly asking: Asking;
  private readonly kills: KillTalk;
  private readonly drawing: { readonly look: Look; readonly table: TableDrawing };
  private screen: FullScreen | undefined;
  private state: TopState;
  private drawn: Pick<Drawn, "window" | "height" | "textLines"> = NOTHING_DRAWN;
  /** Whether sockets of all network namespaces are looked at. */
  isEverywhere: boolean;
  private isDue = false;
  /** Whether other rows were asked for than those that are there. */
  private isAwaited = true;
  /** Keys that were pressed meanwhile. */
  private readonly early: Key[] = [];
  /** What the keys were for when the last frame was drawn. */
  private seen: Mode | undefined;
  private ended = false;
  private finish: () => void = () => {};
  private fail: (error: unknown) => void = () => {};

  constructor(options: TopOptions, io: Io) {
    this.options = options;
    this.io = io;
    const { procfs, pid, namespaces, owners, protocols, interval, color, isAscii, mayKill } = options;
    const { source } = options.asked;
    const traffic = options.kernel && new TrafficLooks(options.kernel, procfs, interval ?? SECOND);
    const usual = new Set(protocols);
    this.looker = new Looker({ procfs, pid, namespaces: namespaces.read, owners, source, usual, traffic });
    this.pace = new Pace(interval);
    const look = lookOf(painter(color), isAscii);
    this.drawing = { look, table: new TableDrawing(look) };
    this.state = firstState(options.view, options.filter);
    this.rows = new Rows(options);
    this.asking = new Asking(options);
    this.isEverywhere = namespaces.read === "all";
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
      this.asking.close();
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
    const isOther = this.rows.take(picture, this.state.isFrozen);
    if (isOther || this.isAwaited) await this.arrange();
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
    // What was typed behind `q` is for the shell.
    if (this.ended) return;
    const waits = this.early.length > 0 || (this.isAwaited && waitsForRows(this.state, key));
    if (waits && !isUrgent(key)) this.early.push(key);
    else this.pressNow(key);
  }

  /** Keys that waited for rows, as far as these are there. */
  private pressEarly(): void {
    for (let [key] = this.early; key !== undefined && !this.ended; [key] = this.early) {
      if (this.isAwaited && waitsForRows(this.state, key)) return;
      this.early.shift();
      this.pressNow(key);
    }
  }

  private pressNow(key: Key): void {
    // Nobody has answered a question that nobody has seen: who types ahead, or pastes, would end a process by it.
    const { mode } = this.state;
    if (mode.kind === "question" && mode !== this.seen && !isUrgent(key)) return;
    const { state, wish } = press(this.state, key, this.surroundings());
    const before = this.state;
    this.state = state;
    if (before.isFrozen && !state.isFrozen) this.rows.thaw();
    if (wish !== undefined) this.grant(wish);
    // The key is answered before the rows are arranged, which may take longer than a frame.
    this.draw();
    if (!needsRows(before, this.state)) return;
    this.askMore().catch(this.fail);
    this.isAwaited = true;
    this.arrange().then(() => this.draw(), this.fail);
  }

  private surroundings(): Surroundings {
    const listing = this.rows.of(this.state);
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
        this.ended = true;
        this.finish();
        break;
      case "suspend":
        this.screen?.stop();
        break;
      case "redraw":
        this.screen?.forget();
        break;
      case "help":
        this.read(helpText(notesOf(this.state, this.rows.latest, this.options)));
        break;
      case "explain":
        this.read(this.rows.of(this.state)?.explainAt(this.place()));
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
        this.say(this.kills.begin(this.rows.of(this.state)?.holdersAt(this.place()) ?? []));
        break;
      case "agree":
      case "refuse":
        this.say(this.kills.answer(wish === "agree"));
    }
  }

  private place(): number {
    return Math.min(tableOf(this.state).place, (this.rows.of(this.state)?.total ?? 0) - 1);
  }

  private read(text: Text | undefined): void {
    if (text === undefined) return;
    this.state = { ...this.state, mode: { kind: "text", text, first: 0 } };
  }

  private say({ question, message }: Said): void {
    const { state } = this;
    this.state = question === undefined ? { ...state, message } : { ...state, mode: { kind: "question", question } };
  }

  private async export(): Promise<void> {
    const listing = this.rows.of(this.state);
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
    this.isEverywhere = !this.isEverywhere;
    const { read } = this.options.namespaces;
    await this.looker.lookIn(this.isEverywhere ? "all" : read === "all" ? "current" : read);
    this.pace.now();
  }

  /** Asks the kernel where something is wanted by now that procfs does not tell; or says who would tell it. */
  private async askMore(): Promise<void> {
    const wanted = this.rows.wanted(this.state);
    const names = this.asking.newOf(wanted);
    if (names.length === 0) return;
    const isOther = await this.asking.ask(wanted);
    if (this.ended) return;
    if (isOther) await this.looker.ask(this.asking.source);
    this.pace.now();
    this.isAwaited = true;
    await this.arrange();
    // What is wrong with a filter is said beside it.
    if (!isOther && this.rows.problem === undefined)
      this.say({ message: `procfs does not tell ${names.join(", ")}${this.asking.telling.help}` });
    this.draw();
  }

  /** Arranges the rows anew. The selected row stays selected, wherever it is then. */
  private async arrange(): Promise<void> {
    if (!(await this.rows.arrange(this.state, this.isEverywhere, this.asking.telling))) return;
    const listing = this.rows.of(this.state);
    if (listing !== undefined) this.state = followed(this.state, listing);
    this.isAwaited = false;
    this.guarded(() => this.pressEarly());
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
    const { latest, problem } = this.rows;
    const scene = {
      state,
      status: statusOf(state, latest, this.options, this),
      listing: this.rows.of(state),
      nothing: nothingText(state),
      problem,
    };
    const frame = drawFrame(scene, screen.size, this.drawing);
    this.drawn = frame;
    if (state.mode.kind !== "text") this.state = withTable(state, { first: frame.window.first });
    screen.draw(frame);
    this.seen = state.mode;
  }
}

/** Whether a key does the same whatever is shown. */
function isUrgent({ name }: Key): boolean {
  return name.startsWith("ctrl-");
}

const NOTHING_DRAWN = { window: { first: 0, count: 0 }, height: 1, textLines: 0 } as const;
