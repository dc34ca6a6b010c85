import { EXIT, type Io } from "./io.ts";

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

/** The streams and signals of this process. Handlers for signals are set only once a command asks for `signal`. */
export function realIo(): RealIo {
  const { stdout, stderr } = process;
  let open = true;
  let isBroken = false;
  let controller: AbortController | undefined;
  let ended: (typeof SIGNALS)[number] | undefined;

  stdout.on("error", (error: NodeJS.ErrnoException) => {
    open = false;
    controller?.abort();
    // The terminal is gone. To end as its signal does also spares Node to set it back, at which it would abort.
    if (error.code === "EIO" && stdout.isTTY) ended ??= "SIGHUP";
    // A reader that has seen enough is no failure; a full disk is one.
    else if (error.code !== "EPIPE") {
      isBroken = true;
      process.exitCode = EXIT.failure; // it may come when all else is done
      stderr.write(`procnet: cannot write: ${error.message}\n`);
    }
  });
  stderr.on("error", () => {});

  return {
    out: (text) => {
      if (open) stdout.write(text);
      return open;
    },
    drain: async () => {
      if (open && stdout.writableNeedDrain) await taken(stdout, controller?.signal);
      return open;
    },
    err: (text) => {
      stderr.write(text);
    },
    get columns() {
      return stdout.isTTY ? stdout.columns || 80 : undefined;
    },
    get rows() {
      return stdout.isTTY ? stdout.rows || 24 : undefined;
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
      if (ended === undefined) return isBroken ? EXIT.failure : code;
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

/** Until a stream takes more, will take no more, or nobody waits for it any longer. */
function taken(stream: NodeJS.WriteStream, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const events = ["drain", "close", "error"] as const;
    const done = (): void => {
      for (const event of events) stream.removeListener(event, done);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    for (const event of events) stream.once(event, done);
    signal?.addEventListener("abort", done);
  });
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
