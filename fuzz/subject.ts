import { linesOf, textOf } from "./bytes.ts";
import { isProcfsError, type ProcfsIssue } from "./library.ts";
import type { Options, Target } from "./targets.ts";

/** What a parser made of a text. */
export interface Outcome {
  readonly value: unknown;
  /** What it threw, when it did. */
  readonly thrown: unknown;
  readonly issues: readonly ProcfsIssue[];
}

/** Runs a parser; issues are gathered unless `strict`. */
export function outcomeOf(target: Target, text: Uint8Array, options: Options = {}, strict = false): Outcome {
  const issues: ProcfsIssue[] = [];
  const all = strict ? options : { ...options, onIssue: (issue: ProcfsIssue) => issues.push(issue) };
  try {
    return { value: target.parse(text, all), thrown: undefined, issues };
  } catch (thrown) {
    return { value: undefined, thrown, issues };
  }
}

/** One text handed to one parser; what several checks look at is made once. */
export class Subject {
  readonly target: Target;
  readonly bytes: Uint8Array;
  private kept: Outcome | undefined;
  private split: readonly string[] | undefined;

  constructor(target: Target, bytes: Uint8Array) {
    this.target = target;
    this.bytes = bytes;
  }

  /** With issues reported, not thrown. */
  get outcome(): Outcome {
    this.kept ??= outcomeOf(this.target, this.bytes);
    return this.kept;
  }

  /** The physical lines. */
  get lines(): readonly string[] {
    this.split ??= linesOf(textOf(this.bytes));
    return this.split;
  }

  /** The rows: an array, or what a Map holds. */
  get rows(): readonly unknown[] {
    const { value } = this.outcome;
    return Array.isArray(value) ? value : value instanceof Map ? [...value.values()] : [];
  }

  /** Issues that cost a row. */
  get rowIssues(): readonly ProcfsIssue[] {
    return this.outcome.issues.filter((issue) => issue.code === "ERR_PARSE");
  }

  /** The text was refused as a whole. */
  get refused(): boolean {
    return isProcfsError(this.outcome.thrown);
  }
}
