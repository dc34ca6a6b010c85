import { spawn, spawnSync } from "node:child_process";
import { isDeepStrictEqual } from "node:util";
import { NOBODY, readableBin, readableNode } from "../readable.ts";
import { scaled, until } from "../time.ts";

/** What a program printed, bytes as they are, and how it ended. */
export interface Printed {
  readonly out: string;
  readonly err: string;
  readonly code: number | null;
}

/** A way to run a program: in a namespace, as another user. */
export type Wrapper = readonly [command: string, ...args: string[]];

export const inside = (namespace: string): Wrapper => ["ip", "netns", "exec", namespace];
export const unprivileged = (namespace: string): Wrapper => [
  ...inside(namespace),
  ...["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"],
];

/** Runs a program in its wrapper; text has one character for each byte. */
export function runIn([command, ...before]: Wrapper, program: readonly string[], timeout = 60_000): Printed {
  const { status, stdout, stderr } = spawnSync(command, [...before, ...program], {
    encoding: "latin1",
    maxBuffer: 1 << 28,
    env: { ...process.env, LC_ALL: "C" },
    timeout: scaled(timeout),
  });
  return { out: stdout, err: stderr, code: status };
}

/** Runs a program that goes on for ever until it has printed enough, and gives what it printed. */
export async function goingOn(command: readonly string[], isEnough: (out: string) => boolean): Promise<string> {
  const child = spawn(command[0]!, command.slice(1), {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, LC_ALL: "C" },
  });
  let out = "";
  child.stdout.setEncoding("latin1").on("data", (text: string) => {
    out += text;
  });
  try {
    await until(() => isEnough(out), `enough of ${command.join(" ")}`);
  } finally {
    child.kill("SIGKILL");
  }
  return out;
}

export const netstat = (wrapper: Wrapper, flags: readonly string[]): Printed => runIn(wrapper, ["netstat", ...flags]);

/** What the command of procnet prints that stands for another program. */
export const ours = (wrapper: Wrapper, flags: readonly string[], program = "netstat"): Printed =>
  runIn(wrapper, [readableNode(), readableBin(), program, ...flags]);

/**
 * What netstat, or another program, and procnet print of the same moment: the world moves, so they are run again until it says the same
 * before and after. `comparable` takes out of both what differs on purpose.
 */
export function sameMoment(
  wrapper: Wrapper,
  flags: readonly string[],
  comparable: (printed: Printed) => Printed = (printed) => printed,
  program = "netstat",
  runs: (program: readonly string[]) => Printed = (words) => runIn(wrapper, words),
): { readonly theirs: Printed; readonly ours: Printed } {
  const their = (): Printed => comparable(runs([program, ...flags]));
  let before = their();
  let differed: { readonly theirs: Printed; readonly ours: Printed } | undefined;
  for (let attempt = 0; attempt < 12; attempt++) {
    const between = comparable(runs([readableNode(), readableBin(), program, ...flags]));
    const after = their();
    if (isDeepStrictEqual(before, after)) {
      if (isDeepStrictEqual(between, after)) return { theirs: after, ours: between };
      // What came and went between them is seen by one look only: it is asked again, and a fault stays.
      differed = { theirs: after, ours: between };
    }
    before = after;
  }
  if (differed !== undefined) return differed;
  throw new Error(`${program} ${flags.join(" ")} never said the same twice`);
}
