import { isProcfsError, type OnIssue, type ProcfsIssue } from "procnet";
import { UsageError } from "../errors.ts";
import type { COLUMNS, OUTPUT } from "../flags/shared.ts";
import type { OptionsOf } from "../flags/spec.ts";
import type { Presentation } from "../output/present.ts";
import { type Answer, type Repetition, show } from "../output/repeat.ts";
import type { CommandIo } from "../terminal.ts";

/** Options of all commands that show something. */
export type OutputOptions = OptionsOf<typeof OUTPUT> & {
  /** Whether rows of one level are wanted, where the command has such. */
  readonly flat?: true;
};

/** Options of all commands that show a table. */
export type TableOptions = OutputOptions & OptionsOf<typeof COLUMNS>;

/** Shows what a command produces, in the form that the options ask for. */
export function output(
  produce: () => Promise<Answer> | Answer,
  options: OutputOptions,
  io: CommandIo,
  title: string,
): Promise<number> {
  const every = repetitionOf(options);
  const how = presentationOf(options);
  return show(async () => produce(), how, every, io, `procnet ${title}`);
}

export function presentationOf(options: OutputOptions): Presentation {
  const { json, ndjson, csv, flat = false, color, header } = options;
  const format = json ? "json" : ndjson || flat ? "ndjson" : csv ? "csv" : "table";
  return { format, color, header, linesOnly: flat };
}

/** How often to show it, as far as the options fit together. */
export function repetitionOf({ every, rounds, csv }: OutputOptions): Repetition | undefined {
  if (every === undefined) {
    if (rounds !== undefined) throw new UsageError("--rounds belongs to --every");
    return undefined;
  }
  if (csv)
    throw new UsageError("--csv cannot be used with --every: a repeated command prints one JSON document a round");
  return { milliseconds: every, rounds };
}

/** Counts rows that could not be read: they are left out of the answer, and one line says so. There may be any number. */
export class Issues {
  private first: ProcfsIssue | undefined;
  private readonly counts = { bad: 0, unusual: 0, doubtful: 0 };
  readonly take: OnIssue = (issue) => {
    this.first ??= issue;
    this.counts[issue.code === "ERR_PARSE" ? "bad" : issue.code === "ERR_UNUSUAL" ? "unusual" : "doubtful"]++;
  };

  get notes(): string[] {
    if (this.first === undefined) return [];
    const { bad, doubtful } = this.counts;
    const parts = [];
    if (bad > 0)
      parts.push(`${bad} ${bad === 1 ? "row" : "rows"} could not be read and ${bad === 1 ? "is" : "are"} left out`);
    if (doubtful > 0) parts.push(`${doubtful} ${doubtful === 1 ? "row is" : "rows are"} doubtful`);
    if (parts.length === 0) parts.push("a text is not as the kernel writes it, and was read");
    return [`${parts.join(", ")}: ${this.first.message}`];
  }
}

/** What is read, or nothing where the kernel has no such file. */
export function unlessMissing<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (isProcfsError(error) && error.code === "ENOENT") return undefined;
    throw error;
  }
}
