import { bytesOf } from "../bytes.ts";
import type { ProcfsIssue } from "../library.ts";
import type { Subject } from "../subject.ts";
import type { Target } from "../targets.ts";
import { type Check, isParser } from "./check.ts";

/** A byte order mark and a CR are no part of a line, so such a line may be blank, or a word of one byte. */
const BLANK = /^(?:\xef\xbb\xbf)?[ \t]*\r?$/;

/** One row a line: each line that is neither header nor blank is a row or an issue, and nothing else is a row. */
export const lines: Check = {
  name: "no row lost, none invented",
  oneIn: 1,
  fits: ({ shape }) => shape === "lines",
  problem: (subject) => {
    const { outcome, target, rowIssues } = subject;
    if (outcome.thrown !== undefined) return undefined;
    const rows = target.keyed ? target.rows(subject.bytes).length : subject.rows.length;
    const reported = new Set(rowIssues.map((issue) => issue.line));
    // A line in the place of a header is reported, and is a row all the same when it can be read as one.
    const maybe = new Set(rowIssues.filter((issue) => issue.field === "header").map((issue) => issue.line));
    const headers = headerLines(subject, reported);
    const numbered = subject.lines.map((line, at) => ({ number: at + 1, none: isNone(target, line) }));
    const least = numbered.filter(({ number, none }) => !none && !reported.has(number)).length - headers;
    // Behind a row that stood in its place, a header is a line as any other.
    const most = numbered.filter(({ number }) => maybe.has(number) || !reported.has(number)).length;
    const mostRows = most - (maybe.size > 0 ? 0 : headers);
    if (rows >= least && rows <= mostRows) return undefined;
    return `${rows} rows; ${least} to ${mostRows} lines are no header, not blank and not reported (${subject.lines.length} lines)`;
  },
};
/** Whether a line need not be a row or an issue. */
function isNone({ name }: Target, line: string): boolean {
  return BLANK.test(line) || (HEADINGS[name]?.test(line) ?? false);
}

/** Lines that the kernel writes between the rows of some files. */
const HEADINGS: Readonly<Record<string, RegExp>> = {
  parseAfsAddrPrefs: /^(?:\xef\xbb\xbf)?[ \t]*(PROT SUBNET|NO PREFS)/,
  parseRpcContent: /^# expiry=/,
  "table can/rcvlist_all": /: no entry\)|receive list '|^[ \t]*device[ \t]/,
};

/** How many lines are the header: each once, its blanks aside, wherever it stands. */
function headerLines({ target, lines }: Subject, reported: ReadonlySet<number | undefined>): number {
  const plain = (text: string): string => text.replaceAll(/^\xef\xbb\xbf|[ \t]/g, "");
  let from = 0;
  let count = 0;
  for (const header of target.headers) {
    const at = lines.findIndex((line, index) => {
      return index >= from && !reported.has(index + 1) && plain(line).startsWith(plain(header));
    });
    if (at < 0) continue;
    from = at + 1;
    count++;
  }
  return count;
}

/** A row of `unix`, told by an expression of our own. */
const UNIX_ROW =
  /^(?:[0-9a-fA-F]{8,16}|\(____ptrval____\)|\(ptrval\)|pK-error): [0-9a-fA-F]{8} [0-9a-fA-F]{8} [0-9a-fA-F]{8} [0-9a-fA-F]{4} [0-9a-fA-F]{2}[ \t]+[0-9]+(?: .*)?\r?$/s;

/** Lines of `unix`: header, row, issue, or part of the name before. */
export const unixLines: Check = {
  name: "no row lost, none invented",
  oneIn: 1,
  fits: ({ shape }) => shape === "unix",
  problem: (subject) => {
    const { lines, rowIssues, outcome } = subject;
    const rows = subject.rows as readonly { path?: string; inode: number }[];
    if (outcome.thrown !== undefined) return undefined;
    const formed = lines.filter((line) => UNIX_ROW.test(line)).length;
    if (rows.length > formed) return `${rows.length} rows of ${formed} lines of that form`;
    const inNames = rows.reduce((sum, { path = "" }) => sum + path.split("\n").length - 1, 0);
    const header = headerLines(subject, new Set(rowIssues.map((issue) => issue.line)));
    const reported = (field: boolean) =>
      new Set(rowIssues.filter((issue) => field || issue.field !== "header").map((issue) => issue.line)).size;
    const most = header + rows.length + inNames + reported(true);
    const least = rows.length + inNames + reported(false);
    const filled = lines.filter((line) => !BLANK.test(line)).length;
    if (most >= filled && least <= lines.length) return undefined;
    return `${least} to ${most} of ${lines.length} lines are header, row, part of a name, or reported`;
  },
};

/** A table of any form has no more rows than lines. */
export const noneInvented: Check = {
  name: "no more rows than lines",
  oneIn: 1,
  fits: (target) => isParser(target) && target.shape === "blocks",
  problem: ({ rows, lines }) =>
    rows.length > lines.length ? `${rows.length} rows of ${lines.length} lines` : undefined,
};

/** A line that belongs to no file of the kernel. */
const JUNK = "}{";

/** A line of another file is never passed over: it is reported, refused, or kept as what a newer kernel may write. */
export const junk: Check = {
  name: "no line passed over",
  oneIn: 6,
  // rt_acct has no lines, and a name of `unix` holds any.
  fits: (target) => isParser(target) && target.name !== "parseRtAcct",
  problem: (subject, choices) => {
    const { target, lines, outcome } = subject;
    if (outcome.thrown !== undefined || lines.length === 0) return undefined;
    const at = choices.below(lines.length + 1);
    const text = [...lines.slice(0, at), JUNK, ...lines.slice(at)].join("\n");
    const issues: ProcfsIssue[] = [];
    let result: unknown;
    try {
      result = target.parse(bytesOf(`${text}\n`), { onIssue: (issue) => issues.push(issue) });
    } catch {
      return undefined;
    }
    const isTold = issues.some((issue) => issue.code === "ERR_PARSE") || holds(result, JUNK);
    return isTold ? undefined : `"${JUNK}" as line ${at + 1} is passed over`;
  },
};

/** Whether a text stands anywhere in a value. */
function holds(value: unknown, text: string): boolean {
  if (typeof value === "string") return value.includes(text);
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return false;
  const parts = value instanceof Map ? [...value].flat() : Object.entries(value).flat();
  return parts.some((part) => holds(part, text));
}
