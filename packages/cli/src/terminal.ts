import { EXIT, type Io } from "./io.ts";
import { Outlet } from "./outlet.ts";

/** The world as this package's own commands need it. */
export interface CommandIo extends Io {
  /** Asks a yes-or-no question; `undefined` when there is nobody to ask. */
  readonly ask: (question: string) => Promise<boolean | undefined>;
}

/** The world of this process. */
export interface RealIo extends CommandIo {
  /** Gives the exit code; a command that was ended by a signal dies of it here, so that shells see why. */
  readonly finish: (code: number) => Promise<number>;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const;
const NUMBERS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1, SIGQUIT: 3 } as const;

/** The output and the signals of this process. Handlers for signals are set only once a command asks for `signal`. */
export function realIo(): RealIo {
  let open = true;
  let isBroken = false;
  let controller: AbortController | undefined;
  let ended: (typeof SIGNALS)[number] | undefined;

  const errors = new Outlet(2, () => {});
  const output = new Outlet(1, (error) => {
    open = false;
    controller?.abort();
    // The terminal is gone. To end as its signal does also spares Node to set it back, at which it would abort.
    if (error.code === "EIO" && output.terminal !== undefined) ended ??= "SIGHUP";
    // A reader that has seen enough is no failure; a full disk is one.
    else if (error.code !== "EPIPE") {
      isBroken = true;
      process.exitCode = EXIT.failure; // it may come when all else is done
      errors.write(`procnet: cannot write: ${error.message}\n`);
    }
  });

  return {
    out: (text) => {
      if (open) output.write(text);
      return open;
    },
    drain: async () => {
      if (open) await output.drained(controller?.signal);
      return open;
    },
    err: (text) => errors.write(text),
    get columns() {
      return output.terminal && (output.terminal.columns || 80);
    },
    get rows() {
      return output.terminal && (output.terminal.rows || 24);
    },
    env: process.env,
    root: undefined,
    get signal() {
      controller ??= listen((signal, abort) => {
        ended = signal;
        abort.abort();
      });
      return controller.signal;
    },
    ask,
    finish: async (code) => {
      if (ended === undefined) {
        const last = isBroken ? EXIT.failure : code;
        // Node looks whether anything is left to be done, which takes 2 ms.
        if (output.isDone && errors.isDone) process.exit(last);
        return last;
      }
      for (const signal of SIGNALS) process.removeAllListeners(signal);
      process.kill(process.pid, ended);
      await new Promise((resolve) => setTimeout(resolve, 100));
      return 128 + NUMBERS[ended]; // the signal is ignored, or has not arrived yet
    },
  };
}

function listen(take: (signal: (typeof SIGNALS)[number], abort: AbortController) => void): AbortController {
  const controller = new AbortController();
  for (const signal of SIGNALS) process.on(signal, () => take(signal, controller));
  return controller;
}

async function ask(question: string): Promise<boolean | undefined> {
  const { stdin, stderr } = process;
  if (!stdin.isTTY || !stderr.isTTY) return undefined;
  const { createInterface } = await import("node:readline");
  const lines = createInterface({ input: stdin, output: stderr });
  try {
    // Ctrl-C and Ctrl-D are a no.
    return await new Promise((resolve) => {
      let isAnswered = false;
      lines.on("close", () => {
        if (!isAnswered) stderr.write("\n"); // what is said next does not belong behind the question
        resolve(false);
      });
      lines.question(question, (answer) => {
        isAnswered = true;
        resolve(/^y(es)?$/i.test(answer.trim()));
      });
    });
  } finally {
    lines.close();
  }
}
