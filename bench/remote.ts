import { type ChildProcess, fork } from "node:child_process";
import type { Case, Place, Round } from "./case.ts";

/** What a case's process is asked. */
export type Request = "prepare" | "run";

/** What it answers; `absent` when it cannot go on, and why. */
export type Reply =
  | { readonly version: string }
  | { readonly round: Round & { readonly ms: number } }
  | { readonly absent: string };

/** A crate is built in the longest of these. */
const LIMIT_MS = { prepare: 300_000, run: 60_000 };
const END_MS = 3000;

/** A case in its own process. That process ends with this one. */
export class Remote {
  readonly #child: ChildProcess;

  constructor(subject: Case, place: Place) {
    const args = [subject.name, JSON.stringify(place)];
    this.#child = fork(new URL("./runner.js", import.meta.url), args, {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
  }

  /** Never throws: a process that died or hangs is a case that cannot go on. */
  ask(request: Request): Promise<Reply> {
    return new Promise((resolve) => {
      const child = this.#child;
      const settle = (reply: Reply): void => {
        clearTimeout(late);
        child.off("message", settle).off("exit", died);
        resolve(reply);
      };
      const died = (code: number | null, signal: string | null): void => {
        settle({ absent: `failed: its process ended with ${signal ?? code}` });
      };
      const late = setTimeout(
        () => settle({ absent: `took more than ${LIMIT_MS[request] / 1000} s` }),
        LIMIT_MS[request],
      );
      child.on("message", settle).on("exit", died);
      if (child.connected) child.send(request);
      else died(child.exitCode, child.signalCode);
    });
  }

  /** The process ends what it started and then itself; one that hangs is killed. */
  end(): void {
    const child = this.#child;
    if (!child.connected) return;
    child.disconnect();
    const late = setTimeout(() => child.kill("SIGKILL"), END_MS);
    child.once("exit", () => clearTimeout(late));
  }
}
