import type { Io } from "../../io.ts";
import { AlternateScreen } from "../../output/alternate-screen.ts";
import { type Key, onKeys } from "./keys.ts";
import { type Frame, Painter, type Size } from "./painter.ts";

/** What happens at a terminal. */
export interface TerminalEvents {
  readonly key: (key: Key) => void;
  /** All has to be drawn anew: its size is another, or the process goes on after a stop. */
  readonly changed: () => void;
  /** Nobody is there any more. */
  readonly gone: () => void;
}

/** A terminal that is this program's own until it is closed: keys come one by one, and frames are drawn in place. */
export class FullScreen {
  private readonly io: Io;
  private readonly input: NodeJS.ReadStream;
  private readonly events: TerminalEvents;
  private readonly painter = new Painter();
  private readonly screen: AlternateScreen;
  private readonly forgetKeys: () => void;

  constructor(io: Io, input: NodeJS.ReadStream, events: TerminalEvents) {
    this.io = io;
    this.input = input;
    this.events = events;
    this.forgetKeys = onKeys(input, events.key);
    for (const event of ENDS) input.on(event, events.gone);
    process.on("SIGWINCH", events.changed);
    this.screen = new AlternateScreen(io, {
      entered: () => {
        this.raw(true);
        input.resume();
        this.painter.forget();
        events.changed();
      },
      leaving: () => this.raw(false),
    });
  }

  /** The size it has now. */
  get size(): Size {
    return { columns: this.io.columns ?? 80, rows: this.io.rows ?? 24 };
  }

  draw(frame: Frame): void {
    if (!this.screen.isShown) return;
    const told = this.painter.paint(frame, this.size);
    if (told !== "") this.io.out(told);
  }

  /** Draws all of the next frame: another program may have written over it. */
  forget(): void {
    this.painter.forget();
  }

  /** Stops the process, as Ctrl-Z does; it goes on by SIGCONT. */
  stop(): void {
    this.screen.stop();
  }

  /** Gives the terminal back as it was. */
  close(): void {
    this.forgetKeys();
    for (const event of ENDS) this.input.removeListener(event, this.events.gone);
    process.removeListener("SIGWINCH", this.events.changed);
    this.screen.close();
    this.input.pause();
  }

  private raw(on: boolean): void {
    try {
      this.input.setRawMode(on);
    } catch {
      // The terminal is gone: whoever reads it is told by an event.
    }
  }
}

const ENDS = ["end", "error", "close"] as const;
