import { spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { BIN } from "../command/run.ts";
import { scaled } from "../time.ts";
import type { Host } from "./host.ts";

/** How a terminal is begun. */
export interface TerminalOptions {
  readonly columns: number;
  readonly rows: number;
  /** Where it is; here by default. */
  readonly host?: Host;
  readonly env?: Readonly<Record<string, string>>;
  /** Directory in which its shell begins. */
  readonly directory?: string;
}

const ENV = { TERM: "tmux-256color", LANG: "C.UTF-8", LC_ALL: "C.UTF-8", NO_COLOR: "1", PS1: "ready> " } as const;
let count = 0;

/** A real terminal with a shell, of a tmux server of its own. */
export class Terminal {
  private readonly server = `procnet-top-${process.pid}-${count++}`;

  static async begin({ columns, rows, host, env = {}, directory = "/" }: TerminalOptions): Promise<Terminal> {
    const terminal = new Terminal();
    const all = Object.entries({ ...ENV, ...env }).map(([name, value]) => `${name}='${value}'`);
    const size = ["-x", String(columns), "-y", String(rows), "-c", directory];
    const shell = `env ${all.join(" ")} bash --norc --noprofile`;
    terminal.run(["-u", "-f", "/nonexistent", "new-session", "-d", "-s", "t", ...size, shell], host);
    await terminal.shows((text) => text.includes("ready>"));
    return terminal;
  }

  /** Begins `procnet top` with such words, behind others where it is to be begun by something else. */
  start(words = "", before = ""): void {
    this.type(`clear; ${before} ${process.execPath} ${BIN} top ${words}\n`);
  }

  /** Types a text, keys of which are as a terminal sends them. (send-keys of tmux 3.3a does nothing while no client is attached.) */
  type(text: string): void {
    this.run(["set-buffer", "--", text]);
    this.run(["paste-buffer", "-r", "-t", "t"]);
  }

  /** What stands on the screen. */
  get screen(): string {
    return this.run(["capture-pane", "-p", "-t", "t"]);
  }

  /** The same with its styles. */
  get styled(): string {
    return this.run(["capture-pane", "-e", "-p", "-t", "t"]);
  }

  /** What stands on the screen, once it is as wanted. */
  async shows(isWanted: (text: string) => boolean): Promise<string> {
    let text = "";
    for (const end = performance.now() + scaled(60_000); performance.now() < end; await sleep(50)) {
      text = this.screen;
      if (isWanted(text)) return text;
    }
    throw new Error(`the screen never was as wanted:\n${text}`);
  }

  /** `alternate_on`, `cursor_flag`, `wrap_flag`. */
  flag(name: string): string {
    return this.run(["display-message", "-p", "-t", "t", `#{${name}}`]).trim();
  }

  resize(columns: number, rows: number): void {
    this.run(["resize-window", "-t", "t", "-x", String(columns), "-y", String(rows)]);
  }

  /** The process that the shell runs. */
  get child(): number {
    return Number(this.children().at(-1));
  }

  private children(): string[] {
    const { stdout } = spawnSync("ps", ["--ppid", this.flag("pane_pid"), "-o", "pid="], { encoding: "utf8" });
    return stdout.trim().split(/\s+/);
  }

  end(): void {
    this.run(["kill-server"]);
  }

  private run(args: readonly string[], host?: Host): string {
    const [command = "", ...rest] = [...(host?.enter ?? []), "tmux", "-L", this.server, ...args];
    return spawnSync(command, rest, { encoding: "utf8" }).stdout;
  }
}
