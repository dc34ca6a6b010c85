import { writeSync } from "node:fs";
import type { Io } from "../io.ts";

// Without wrapping (7l), a long line does not push the others down.
const ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l";
const LEAVE = "\x1b[?7h\x1b[?25h\x1b[?1049l";

/** What else changes with the screen, where anything does. */
export interface ScreenChanges {
  /** After it was entered, at the beginning and whenever the process goes on. */
  readonly entered?: () => void;
  /** Before it is left. At the exit of the process nothing can be waited for. */
  readonly leaving?: () => void;
}

/**
 * The second screen of a terminal. The first one is as it was when this is closed: at the end, at an error, at a signal, when the
 * process is stopped with Ctrl-Z and when it exits by itself.
 */
export class AlternateScreen {
  private readonly io: Io;
  private readonly changes: ScreenChanges;
  private on = false;
  private readonly exit = (): void => {
    if (!this.on) return;
    this.on = false;
    this.changes.leaving?.();
    try {
      writeSync(1, LEAVE); // streams may not be flushed any more
    } catch {
      // The terminal is gone, and with it what was to be set back.
    }
  };

  constructor(io: Io, changes: ScreenChanges = {}) {
    this.io = io;
    this.changes = changes;
    this.show();
    process.on("exit", this.exit);
    process.on("SIGTSTP", this.stop);
    process.on("SIGCONT", this.resume);
  }

  /** Whether it is shown: not while the process is stopped, nor when it was closed. */
  get isShown(): boolean {
    return this.on;
  }

  /** Shows it again, if it is not: after a stop there can be something to draw before the news that the process goes on. */
  show(): void {
    if (this.on) return;
    this.on = true;
    this.io.out(ENTER);
    this.changes.entered?.();
  }

  close(): void {
    process.removeListener("exit", this.exit);
    process.removeListener("SIGTSTP", this.stop);
    process.removeListener("SIGCONT", this.resume);
    this.hide();
  }

  /** Stops the process, as Ctrl-Z does. */
  readonly stop = (): void => {
    this.hide();
    process.removeListener("SIGTSTP", this.stop);
    process.kill(process.pid, "SIGTSTP");
  };

  private readonly resume = (): void => {
    // Also told to go on without having been stopped.
    process.removeListener("SIGTSTP", this.stop);
    process.on("SIGTSTP", this.stop);
    this.show();
  };

  private hide(): void {
    if (!this.on) return;
    this.on = false;
    this.changes.leaving?.();
    this.io.out(LEAVE);
  }
}
