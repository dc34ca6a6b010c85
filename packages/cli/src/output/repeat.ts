import { setTimeout as sleep } from "node:timers/promises";
import type { Io } from "../io.ts";
import { visible } from "../text/safe.ts";
import { documentText, type Presentation, present, textLines, writeLines, writeNotes } from "./present.ts";
import type { Report } from "./report.ts";
import { Screen } from "./screen.ts";

/** A repeated command. */
export interface Repetition {
  readonly milliseconds: number;
  /** How many times; without end by default. */
  readonly rounds: number | undefined;
}

/** Shows a report once, or again and again: on a terminal in place, else as one document a line. */
export async function show(
  produce: () => Promise<Report>,
  how: Presentation,
  every: Repetition | undefined,
  io: Io,
  title: string,
): Promise<number> {
  if (every === undefined) {
    const report = await produce();
    present(report, how, io);
    return report.exitCode ?? 0;
  }
  const inPlace = io.columns !== undefined && how.format === "table";
  return inPlace ? redraw(produce, how, every, io, title) : documents(produce, every, io);
}

async function documents(produce: () => Promise<Report>, every: Repetition, io: Io): Promise<number> {
  let code = 0;
  let told = "";
  for await (const _ of rounds(every, io)) {
    const report = await produce();
    code = report.exitCode ?? 0;
    const notes = report.notes ?? [];
    if (notes.join("\n") !== told) writeNotes(io, notes); // the same words again tell nobody anything
    told = notes.join("\n");
    if (!writeLines(io, [documentText(report)])) break;
  }
  return code;
}

async function redraw(
  produce: () => Promise<Report>,
  how: Presentation,
  every: Repetition,
  io: Io,
  title: string,
): Promise<number> {
  const { signal } = io; // from here on signals end the loop, not the process
  let last = await produce(); // a complaint about the question belongs on the first screen
  const screen = new Screen(io);
  try {
    let first = true;
    for await (const _ of rounds(every, io)) {
      if (!first) last = await produce();
      first = false;
      if (signal.aborted) break;
      const notes = (last.notes ?? []).map(visible);
      const head = `${title}  every ${every.milliseconds / 1000}s  ${new Date().toLocaleTimeString("sv")}`;
      screen.draw(visible(head), [...textLines(last, how, io), ...notes]);
    }
  } finally {
    screen.close();
  }
  writeNotes(io, last.notes ?? []);
  return last.exitCode ?? 0;
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
