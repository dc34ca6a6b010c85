import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../tools.ts";

/** A screen of tmux of a fixed size, with a server of its own. */
export class Terminal {
  private readonly folder: string;
  private readonly socket: string;

  /** Runs a command in it. */
  constructor(columns: number, rows: number, command: readonly string[]) {
    this.folder = mkdtempSync(join(tmpdir(), "procnet-tmux-"));
    this.socket = join(this.folder, "socket");
    const environment = ["-e", "LC_ALL=C.UTF-8", "-e", "TERM=tmux-256color", "-e", "COLORTERM=truecolor"];
    this.tmux("-f", "/dev/null", "new-session", "-d", "-x", `${columns}`, "-y", `${rows}`, ...environment, ...command);
    this.tmux("set-option", "-g", "status", "off");
    this.tmux("resize-window", "-x", `${columns}`, "-y", `${rows}`);
  }

  private tmux(...args: readonly string[]): string {
    return run("tmux", ["-u", "-S", this.socket, ...args]);
  }

  /** Presses keys, by the names that tmux has for them. */
  press(...keys: readonly string[]): void {
    this.tmux("send-keys", ...keys);
  }

  /** What is on the screen; with `coloured` with what selects colours. */
  screen({ coloured = false } = {}): string {
    return this.tmux("capture-pane", "-p", ...(coloured ? ["-e"] : []));
  }

  end(): void {
    spawnSync("tmux", ["-S", this.socket, "kill-server"]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
