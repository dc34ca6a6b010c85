import type { Case, Place, Round } from "./case.ts";
import { Remote } from "./remote.ts";
import { expected, mistake, readTruth, unchanged } from "./truth.ts";

/** One measured round of a case. */
export interface Timed extends Round {
  readonly ms: number;
  /** Milliseconds by those of the floor in the same round. */
  readonly ratio: number;
}

/** All that is known of a case after its rounds. */
export interface Measured {
  readonly case: Case;
  readonly rounds: Timed[];
  version?: string;
  /** Why there are no times. */
  absent?: string;
  /** Sockets a right answer has, by the lines of the files in the last round. */
  expected?: number | undefined;
  /** Rounds whose answer was compared: those in which the tables did not change. */
  compared: number;
  /** What was wrong with its answers. */
  readonly mistakes: Set<string>;
}

/**
 * Measures cases interleaved: each round runs every case once, the floor (the first) before the others, so that what
 * disturbs the machine falls on all alike.
 */
export async function measure(
  cases: readonly Case[],
  place: Place,
  rounds: number,
  warmUp: number,
): Promise<Measured[]> {
  const measured: Measured[] = cases.map((subject) => ({
    case: subject,
    rounds: [],
    compared: 0,
    mistakes: new Set(),
  }));
  const remotes = cases.map((subject) => new Remote(subject, place));
  try {
    for (const [index, remote] of remotes.entries()) {
      const into = measured[index]!;
      progress(`preparing ${into.case.name}`);
      const reply = await remote.ask("prepare");
      if ("version" in reply) into.version = reply.version;
      else if ("absent" in reply) into.absent = reply.absent;
    }
    for (let round = -warmUp; round < rounds; round++) {
      progress(round < 0 ? "warming up" : `round ${round + 1} of ${rounds}`);
      await oneRound(measured, remotes, round >= 0);
    }
  } finally {
    progress("");
    for (const remote of remotes) remote.end();
  }
  return measured;
}

async function oneRound(measured: readonly Measured[], remotes: readonly Remote[], keep: boolean): Promise<void> {
  const before = readTruth();
  const answers = new Map<Measured, Round>();
  let floor = Number.NaN;
  for (const [index, into] of measured.entries()) {
    if (into.absent !== undefined) continue;
    const reply = await remotes[index]!.ask("run");
    if ("absent" in reply) {
      into.absent = reply.absent;
      // One that hangs must not go on beside the others.
      remotes[index]!.end();
    }
    if (!("round" in reply)) continue;
    const { ms } = reply.round;
    if (index === 0) floor = ms;
    answers.set(into, reply.round);
    if (keep) into.rounds.push({ ...reply.round, ms, ratio: ms / floor });
  }
  const after = readTruth();
  for (const [into, round] of answers) {
    into.expected = expected(into.case.covers, after);
    if (!unchanged(before, after)) continue;
    into.compared++;
    const wrong = mistake(into.case.covers, round, after);
    if (wrong !== undefined) into.mistakes.add(wrong);
  }
}

/** One line on a terminal, written over by the next. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}
