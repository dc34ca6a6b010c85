import type { Covers, Round } from "./case.ts";
import { readThrough } from "./tools/reading.ts";

const STATES = [
  "ESTABLISHED",
  "SYN_SENT",
  "SYN_RECV",
  "FIN_WAIT1",
  "FIN_WAIT2",
  "TIME_WAIT",
  "CLOSE",
  "CLOSE_WAIT",
  "LAST_ACK",
  "LISTEN",
  "CLOSING",
  "NEW_SYN_RECV",
];

/** Sockets by state, counted by the plainest means: the lines of the files. */
export interface Truth {
  readonly tcp: Readonly<Record<string, number>>;
  readonly tcp6: Readonly<Record<string, number>>;
}

export function readTruth(): Truth {
  return { tcp: countLines("/proc/net/tcp"), tcp6: countLines("/proc/net/tcp6") };
}

/** Sockets a right answer holds. */
export function expected(covers: Covers, truth: Truth): number | undefined {
  if (covers === "nothing") return undefined;
  if (covers === "one listener") return 1;
  if (covers === "tcp listeners") return truth.tcp.LISTEN ?? 0;
  return total(truth.tcp) + (covers === "tcp and tcp6" ? total(truth.tcp6) : 0);
}

/** What is wrong with an answer; `undefined` when it is right. */
export function mistake(covers: Covers, round: Round, truth: Truth): string | undefined {
  const sockets = expected(covers, truth);
  if (round.sockets !== sockets) return `${round.sockets} sockets instead of ${sockets}`;
  if (covers !== "tcp by state") return undefined;
  const wrong = STATES.filter((state) => (round.states?.[state] ?? 0) !== (truth.tcp[state] ?? 0));
  return wrong.length === 0 ? undefined : `the count of ${wrong.join(", ")} differs from the file`;
}

/** Whether nothing opened, closed or changed its state, so that answers given in between can be judged. */
export function unchanged(before: Truth, after: Truth): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}

function countLines(path: string): Record<string, number> {
  const chunks: Buffer[] = [];
  try {
    readThrough(path, (bytes) => chunks.push(Buffer.from(bytes)));
  } catch (error) {
    // A kernel without IPv6 has no tcp6.
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const counts: Record<string, number> = {};
  const lines = Buffer.concat(chunks).toString("latin1").split("\n").slice(1, -1);
  for (const line of lines) {
    const code = Number.parseInt(line.trimStart().split(" ", 4)[3] ?? "", 16);
    const name = STATES[code - 1] ?? `UNKNOWN(${code})`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return Object.fromEntries(Object.entries(counts).sort());
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
