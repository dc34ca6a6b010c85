import { setTimeout as sleep } from "node:timers/promises";
import type { Io } from "../io.ts";
import { visible } from "../text/safe.ts";
import { type AnyFlow, firstLines, presentFlow, written } from "./flow.ts";
import { documentText, type Presentation, presentSlowly, textLines, writeNotes, writeSlowly } from "./present.ts";
import type { Report } from "./report.ts";
import { Screen } from "./screen.ts";

/** A repeated command. */
export interface Repetition {
  readonly milliseconds: number;
  /** How many times; without end by default. */
  readonly rounds: number | undefined;
}

/** What a command produces: a report, or a flow where there may be very many rows. */
export type Answer = Report | AnyFlow;

function isFlow(answer: Answer): answer is AnyFlow {
  return "flow" in answer;
}

/** Shows a report once, or again and again: on a terminal in place, else as one document a line. */
export async function show(
  produce: () => Promise<Answer>,
  how: Presentation,
  every: Repetition | undefined,
  io: Io,
  title: string,
): Promise<number> {
  if (every === undefined) {
    const answer = await produce();
    if (isFlow(answer)) return (await answer.flow((flow) => presentFlow(flow, how, io))).exitCode ?? 0;
    await presentSlowly(answer, how, io);
    return answer.exitCode ?? 0;
  }
  const inPlace = io.columns !== undefined && how.format === "table";
  return inPlace ? redraw(produce, how, every, io, title) : documents(produce, how, every, io);
}

async function documents(
  produce: () => Promise<Answer>,
  how: Presentation,
  every: Repetition,
  io: Io,
): Promise<number> {
  let code = 0;
  let told = "";
  for await (const _ of rounds(every, io)) {
    const answer = await produce();
    if (!isFlow(answer)) await writeSlowly(io, [documentText(answer)]);
    const { notes = [], exitCode = 0 } = isFlow(answer)
      ? await answer.flow((flow) => written(flow, how.linesOnly ? how : DOCUMENT, io))
      : answer;
    code = exitCode;
    if (notes.join("\n") !== told) writeNotes(io, notes); // the same words again tell nobody anything
    told = notes.join("\n");
    if (!(await io.drain())) break;
  }
  return code;
}

/** A repeated command prints a document a line, whatever the form, unless it prints nothing but lines. */
const DOCUMENT: Presentation = { format: "json", color: "never", header: false };

/** What a screen has room for, and what is said with it. */
interface Shown {
  readonly lines: readonly string[];
  readonly missing: number;
  readonly notes: readonly string[];
  readonly exitCode: number;
}

async function shownOf(answer: Answer, how: Presentation, io: Io): Promise<Shown> {
  if (!isFlow(answer)) {
    const { notes = [], exitCode = 0 } = answer;
    return { lines: textLines(answer, how, io), missing: 0, notes, exitCode };
  }
  const { lines, missing, end } = await answer.flow((flow) => firstLines(flow, how, io, io.rows ?? 24));
  return { lines, missing, notes: end.notes ?? [], exitCode: end.exitCode ?? 0 };
}

async function redraw(
  produce: () => Promise<Answer>,
  how: Presentation,
  every: Repetition,
  io: Io,
  title: string,
): Promise<number> {
  const { signal } = io; // from here on signals end the loop, not the process
  let last = await shownOf(await produce(), how, io); // a complaint about the question belongs on the first screen
  const screen = new Screen(io);
  try {
    let first = true;
    for await (const _ of rounds(every, io)) {
      if (!first) last = await shownOf(await produce(), how, io);
      first = false;
      if (signal.aborted) break;
      const head = `${title}  every ${every.milliseconds / 1000}s  ${new Date().toLocaleTimeString("sv")}`;
      screen.draw(visible(head), last.lines, last.missing, last.notes.map(visible));
    }
  } finally {
    screen.close();
  }
  writeNotes(io, last.notes);
  return last.exitCode;
}

/** Steps at even distances, until the signal. A round that takes longer than that is followed by the next at once. */
async function* rounds(every: Repetition, io: Io): AsyncGenerator<number> {
  const { signal } = io;
  let due = performance.now();
  for (let round = 0; every.rounds === undefined || round < every.rounds; round++) {
    if (round > 0) {
      due = Math.max(due + every.milliseconds, performance.now());
      try {
        // A delay below zero, when the moment has passed meanwhile, is a warning since Node 24.
        await sleep(Math.max(0, due - performance.now()), undefined, { signal });
      } catch {
        return;
      }
    }
    if (signal.aborted) return;
    yield round;
  }
}
