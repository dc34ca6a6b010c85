import { isProcfsError, type ProcfsIssue } from "../library.ts";
import { outcomeOf, type Subject } from "../subject.ts";
import { type Check, isParser } from "./check.ts";
import { unfit } from "./inert.ts";

/** What SECURITY.md promises of messages. */
const LONGEST_MESSAGE = 2000;
const LONGEST_FIELD = 80;
const LONGEST_TEXT = 1000;

/** Nothing but a ProcfsError is thrown, and where issues are heard nothing but the refusal of a whole text. */
export const errors: Check = {
  name: "only ProcfsError",
  oneIn: 1,
  fits: () => true,
  problem: ({ target, outcome: { thrown } }) => {
    if (thrown === undefined) return undefined;
    if (!isProcfsError(thrown)) return `threw ${String(thrown)}`;
    if (target.shape === "text") return `threw though any text is fine: ${thrown.message}`;
    return thrown.code === "ERR_PARSE" ? messageProblem(thrown) : `threw code ${thrown.code}`;
  },
};

/** Without `onIssue` the first bad row throws, and what it throws is what the listener would have heard. */
export const strict: Check = {
  name: "strict throws the first issue",
  oneIn: 3,
  fits: isParser,
  problem: (subject) => {
    const { thrown } = outcomeOf(subject.target, subject.bytes, {}, true);
    if (thrown !== undefined && !isProcfsError(thrown)) return `threw ${String(thrown)}`;
    const first = subject.rowIssues[0];
    if (subject.outcome.thrown !== undefined) return thrown === undefined ? "threw only with onIssue" : undefined;
    if (first === undefined) return thrown === undefined ? undefined : `threw without an issue: ${thrown.message}`;
    if (thrown === undefined) return `did not throw: ${first.message}`;
    return thrown.message === first.message ? undefined : `threw "${thrown.message}", reported "${first.message}"`;
  },
};

/** Messages and fields are fit for a terminal, and short. */
export const messages: Check = {
  name: "messages escaped and bounded",
  oneIn: 1,
  fits: isParser,
  problem: ({ outcome }) => {
    for (const issue of outcome.issues) {
      const found = messageProblem(issue);
      if (found !== undefined) return found;
    }
    return undefined;
  },
};

function messageProblem({ message, field = "", text = "" }: ProcfsIssue): string | undefined {
  if (message.length > LONGEST_MESSAGE) return `a message of ${message.length} characters`;
  if (field.length > LONGEST_FIELD) return `a field of ${field.length} characters`;
  if (text.length > LONGEST_TEXT) return `a text of ${text.length} characters`;
  const steers = unfit(message) ?? unfit(field);
  return steers && `${steers} in the message or field: ${JSON.stringify(message)}, ${JSON.stringify(field)}`;
}

/** Texts that are one record, whatever newlines are in it. */
const ONE_RECORD: readonly string[] = ["parseProcessStat", "parseRtAcct"];

/**
 * The number of a line is that of the line quoted, and the column is within the line. Numbers do not fall, but in files that
 * are read whole: that a line lacks its other half is known later.
 */
export const lineNumbers: Check = {
  name: "line numbers",
  oneIn: 1,
  fits: (target) => isParser(target) && !ONE_RECORD.includes(target.name),
  problem: (subject) => {
    let last = 0;
    for (const issue of subject.outcome.issues) {
      const found = issue.code === "ERR_SUSPECT" ? undefined : placeProblem(subject, issue, last);
      if (found !== undefined) return found;
      last = subject.target.shape === "whole" ? 0 : (issue.line ?? last);
    }
    return undefined;
  },
};

function placeProblem(
  { lines }: Subject,
  { line, column, text, message }: ProcfsIssue,
  last: number,
): string | undefined {
  if (line === undefined) return `an issue without a line: ${message}`;
  const physical = lines[line - 1];
  if (physical === undefined) return `line ${line} of ${lines.length}: ${message}`;
  if (line < last) return `line ${line} after line ${last}: ${message}`;
  if (text !== undefined && !readings(physical).includes(text)) return `line ${line} does not read so: ${message}`;
  const isColumn = column === undefined || (column >= 1 && column <= physical.length + 1);
  return isColumn ? undefined : `column ${column} of a line of ${physical.length} bytes: ${message}`;
}

/** A line as it may be quoted: a byte order mark in front and a CR behind are no part of it. */
function readings(physical: string): string[] {
  const plain = physical.replace(/^\xef\xbb\xbf/, "");
  return [physical, plain, physical.replace(/\r$/, ""), plain.replace(/\r$/, "")].map((line) =>
    line.slice(0, LONGEST_TEXT),
  );
}
