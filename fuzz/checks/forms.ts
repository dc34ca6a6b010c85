import { type Choices, pick } from "../choices.ts";
import { type ByteSource, Chunks, countChunks, eachRow, type ProcfsIssue, scanChunks } from "../library.ts";
import { outcomeOf, type Subject } from "../subject.ts";
import { type Check, isParser } from "./check.ts";
import { difference } from "./same.ts";

/** With `bigint` everything is the same but the type of counters, and those are equal where a number is exact. */
export const bigints: Check = {
  name: "bigint equals number",
  oneIn: 2,
  fits: isParser,
  problem: ({ target, bytes, outcome }) => {
    const exact = outcomeOf(target, bytes, { bigint: true });
    if (exact.thrown !== undefined && outcome.thrown === undefined)
      return `bigint alone throws ${String(exact.thrown)}`;
    return difference(outcome.value, exact.value, sameCounter) ?? issuesDiffer(outcome.issues, exact.issues);
  },
};

function sameCounter(number: unknown, exact: unknown): boolean {
  if (typeof number !== "number" || typeof exact !== "bigint") return Object.is(number, exact);
  return Number.isSafeInteger(number) ? BigInt(number) === exact : Number(exact) === number;
}

/** What issues say, without those that need all rows at once. */
function issuesDiffer(left: readonly ProcfsIssue[], right: readonly ProcfsIssue[]): string | undefined {
  const said = (issues: readonly ProcfsIssue[]) =>
    issues.filter((issue) => issue.code !== "ERR_SUSPECT").map((issue) => issue.message);
  const found = difference(said(left), said(right));
  return found && `issues: ${found}`;
}

/** Hands out at most so many bytes a call, as a kernel does. */
function pieces(text: Uint8Array, most: number): ByteSource {
  let at = 0;
  return (buffer, offset) => {
    const piece = text.subarray(at, at + Math.min(most, buffer.length - 1 - offset));
    buffer.set(piece, offset);
    at += piece.length;
    return piece.length;
  };
}

const PIECES = [1, 2, 3, 5, 7, 8, 13, 16, 31, 32, 33, 63, 64, 65, 100, 127, 128, 150, 151, 256, 500, 1000] as const;

function chunksOf(bytes: Uint8Array, choices: Choices): Chunks {
  const most = pick(choices, PIECES);
  return new Chunks(pieces(bytes, most), new Uint8Array(2 + pick(choices, PIECES)));
}

/** Rows and issues are the same however the text arrives. */
export const chunked: Check = {
  name: "read in pieces equals read whole",
  oneIn: 2,
  fits: ({ table }) => table !== undefined,
  problem: (subject, choices) => {
    const { target, bytes, outcome } = subject;
    if (outcome.thrown !== undefined) return undefined;
    const issues: ProcfsIssue[] = [];
    const scanner = target.table!.scanner({ onIssue: (issue) => issues.push(issue) });
    const chunks = chunksOf(bytes, choices);
    const rows = choices.below(2) === 0 ? scanChunks(scanner, chunks) : [...eachRow(scanner, chunks)];
    return difference(wholeRows(subject), rows) ?? issuesDiffer(outcome.issues, issues);
  },
};

/** All rows of the table: a function may have made a Map of them. */
function wholeRows({ target, bytes, outcome }: Subject): readonly unknown[] {
  return target.keyed ? target.rows(bytes) : (outcome.value as readonly unknown[]);
}

/**
 * Counts by state are those of the rows. Counting decodes nothing, so a row whose last columns are bad may be counted, but
 * none more than that; and what it reports is what reading reports.
 */
export const counts: Check = {
  name: "counts equal rows",
  oneIn: 3,
  fits: ({ table }) => table?.counter !== undefined,
  problem: (subject, choices) => {
    const { target, bytes, outcome, rowIssues } = subject;
    if (outcome.thrown !== undefined) return undefined;
    const issues: ProcfsIssue[] = [];
    const counter = target.table!.counter!({ onIssue: (issue) => issues.push(issue) });
    const counted = countChunks(counter, chunksOf(bytes, choices));
    const rows = new Map<string, number>();
    for (const { state } of outcome.value as readonly { state: string }[]) rows.set(state, (rows.get(state) ?? 0) + 1);
    const bad = rowIssues.filter(({ field }) => field !== "header").length;
    if (bad === 0) return difference(sorted(rows), sorted(counted)) ?? issuesDiffer(outcome.issues, issues);
    const more = [...counted.values()].reduce((sum, count) => sum + count, 0) - subject.rows.length;
    if (more < 0 || more > bad) return `${more} more than rows, and ${bad} rows are bad`;
    const said = new Set(outcome.issues.map(({ code, line }) => `${code} ${line}`));
    const other = issues.find(({ code, line }) => !said.has(`${code} ${line}`));
    return other && `only counting says: ${other.message}`;
  },
};

function sorted(map: ReadonlyMap<string, number>): string[] {
  return [...map].map(([state, count]) => `${state} ${count}`).sort();
}
