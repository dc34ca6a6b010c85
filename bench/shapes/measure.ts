import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Absent, type Place } from "../case.ts";
import { Coprocess } from "../tools/coprocess.ts";
import { built, find, timed } from "../tools/program.ts";
import { type Answered, differences, readAnswers } from "./answers.ts";
import { type Command, commandsOf } from "./commands.ts";
import { type Crowded, startCrowd } from "./crowd.ts";
import type { Scene } from "./scenes.ts";

/** A command or a call of the library, and its time in each round. */
export interface Row {
  readonly name: string;
  readonly rivals: readonly string[];
  /** Whether it is a whole program: those hold the start of Node or of another program. */
  readonly whole: boolean;
  readonly ms: number[];
  /** Sockets it answered; absent for what answers nothing. */
  sockets?: number;
}

/** What became of a scene. */
export interface SceneTimes {
  readonly scene: Scene;
  readonly rows: readonly Row[];
  /** What is not on this machine. */
  readonly missing: readonly string[];
  /** Commands whose answers were compared with ours, and those for which the machine never stood still. */
  readonly compared: number;
  readonly restless: readonly string[];
}

/** An answer that is not that of another program: there are no times then. */
export class Differs extends Error {}

const TRIES = 8;
/** What takes longer is timed once. */
const SLOW_MS = 5000;

/**
 * Compares all answers, which also warms up, and then times every command and call once a round: as many rounds as end within
 * `seconds` of the start, and at least one.
 */
export async function measureScene(place: Place, scene: Scene, seconds: number): Promise<SceneTimes> {
  const end = performance.now() + seconds * 1000;
  await using crowd = await startCrowd(place, scene.crowd);
  const empty = join(place.temp, "empty.mjs");
  writeFileSync(empty, "");
  const { commands, missing } = present(commandsOf(scene, crowd, empty, await built("links", place).catch(unbuilt)));
  const output = join(place.temp, "output.txt");
  const restless: string[] = [];
  const counts = new Map<string, number>();
  const reference = new Reference(commands.find(({ form }) => form === "ndjson")!, output);
  for (const command of commands) {
    if (command.form === undefined) continue;
    const count = await compare(command, reference, output, crowd);
    if (count === undefined) restless.push(command.name);
    else counts.set(command.name, count);
  }
  const rows = commands.map(
    ({ name, rivals = [] }): Row => ({ name, rivals, whole: true, ms: [], ...sockets(counts.get(name)) }),
  );
  const library = libraryRows(scene, crowd);
  try {
    for (const { ask } of library) await ask();
    for (let round = 0, took = 0; round === 0 || performance.now() + took < end; round++) {
      const begin = performance.now();
      await oneRound(commands, rows, library, output);
      took = performance.now() - begin;
    }
  } finally {
    for (const { end } of library) end();
  }
  return { scene, rows: [...rows, ...library.map(({ row }) => row)], missing, compared: counts.size, restless };
}

async function oneRound(
  commands: readonly Command[],
  rows: readonly Row[],
  library: readonly LibraryRow[],
  output: string,
): Promise<void> {
  for (const [at, { program, args }] of commands.entries()) {
    const { ms } = rows[at]!;
    if (!ms.some((before) => before > SLOW_MS)) ms.push(await timed(output, program, args));
  }
  for (const { row, ask } of library) {
    const answer = await ask();
    row.sockets = answer.sockets;
    row.ms.push(answer.ms);
  }
}

const sockets = (count: number | undefined): { sockets?: number } => (count === undefined ? {} : { sockets: count });

function unbuilt(error: unknown): undefined {
  if (!(error instanceof Absent)) throw error;
}

/** The commands whose programs are here. */
function present(all: readonly Command[]): { commands: Command[]; missing: string[] } {
  const missing = new Set<string>();
  const commands = all.filter(({ program, args }) => {
    for (const name of [program, ...(program === "sh" ? ["ss", "nsenter"] : [])]) {
      try {
        if (!name.startsWith("/")) find(name);
      } catch (error) {
        if (!(error instanceof Absent)) throw error;
        missing.add(`${args.length > 0 && program === "sh" ? "ss with nsenter" : name}: ${error.message}`);
        return false;
      }
    }
    return true;
  });
  return { commands, missing: [...missing] };
}

/**
 * Runs a command between two runs of the reference, until both of these answer the same: then nothing opened or closed meanwhile.
 * The number of sockets; `undefined` when the machine did not stand still in any try.
 */
async function compare(
  command: Command,
  reference: Reference,
  output: string,
  { port }: Crowded,
): Promise<number | undefined> {
  for (let left = TRIES; left > 0; left--) {
    const before = await reference.latest();
    const answers = await answersOf(command, output);
    const after = await reference.again();
    if (differences(before, after, "ndjson", "all").length > 0) continue;
    const all = command.asked === "the port" ? after.filter(({ local }) => local.endsWith(`:${port}`)) : after;
    const lines = differences(all, answers, command.form!, command.asked!);
    if (lines.length === 0) return answers.length;
    throw new Differs([`${command.name} differs from ${reference.command.name}:`, ...lines.slice(0, 20)].join("\n"));
  }
  return undefined;
}

async function answersOf({ program, args, form }: Command, output: string): Promise<Answered[]> {
  await timed(output, program, args);
  return readAnswers(form!, readFileSync(output, "utf8"));
}

/** What all others are compared with. */
class Reference {
  readonly command: Command;
  private readonly output: string;
  private last: readonly Answered[] | undefined;

  constructor(command: Command, output: string) {
    this.command = command;
    this.output = output;
  }

  async latest(): Promise<readonly Answered[]> {
    return this.last ?? this.again();
  }

  async again(): Promise<readonly Answered[]> {
    this.last = await answersOf(this.command, this.output);
    return this.last;
  }
}

interface LibraryRow {
  readonly row: Row;
  ask(): Promise<{ ms: number; sockets: number }>;
  end(): void;
}

/** Calls of the library, each in a process of its own, so that none pays for the garbage of another. */
function libraryRows({ crowd }: Scene, { port }: Crowded): LibraryRow[] {
  const all = crowd.namespaces === true;
  const child = new URL("./library-child.js", import.meta.url).pathname;
  const calls = [
    ["library: sockets(), first look", "first"],
    ["library: sockets(), refresh", "again"],
    ...(all ? [] : [["library: whoListens()", String(port)]]),
  ];
  return calls.map(([name = "", word = ""]) => {
    const asked = new Coprocess(process.execPath, [child, ...(all ? ["all"] : [])]);
    return {
      row: { name, rivals: [], whole: false, ms: [] },
      ask: () => asked.ask(word),
      end: () => asked.end(),
    };
  });
}
