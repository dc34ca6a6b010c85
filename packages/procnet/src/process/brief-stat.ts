import { CLOSE, NEWLINE, OPEN, SPACE } from "../bytes/ascii.ts";
import { Cursor } from "../bytes/cursor.ts";
import { utf8 } from "../bytes/strings.ts";
import type { ProcessStat } from "./process-stat.ts";

/** What tells one process from another, and whether it can hold anything. */
export type BriefStat = Pick<ProcessStat, "comm" | "state" | "flags" | "numThreads" | "starttime">;

/**
 * A few fields of `/proc/<pid>/stat`, as `parseProcessStat` has them, in a third of its time: a look at all processes reads
 * nothing else of most. The other fields are not looked at. `undefined` where one of these is not what it should be: that one says
 * what is wrong.
 */
export function briefStat(text: Uint8Array): BriefStat | undefined {
  const open = text.indexOf(OPEN);
  const close = text.lastIndexOf(CLOSE);
  const isUsual = open > 0 && close > open && text[close + 1] === SPACE && text[close + 3] === SPACE;
  if (!isUsual || text[close + 2] === SPACE || text[text.length - 1] !== NEWLINE) return undefined;
  const cursor = new Cursor();
  cursor.at = close + 3;
  const state = String.fromCharCode(text[close + 2]!);
  skip(cursor, text, 5); // ppid, pgrp, session, tty_nr, tpgid
  const flags = cursor.decimal(text);
  skip(cursor, text, 10); // minflt to nice
  const numThreads = cursor.decimal(text);
  skip(cursor, text, 1); // itrealvalue
  const starttime = cursor.decimal(text);
  if (flags < 0 || numThreads < 0 || starttime < 0) return undefined;
  return { comm: utf8(text, open + 1, close), state, flags, numThreads, starttime };
}

function skip(cursor: Cursor, text: Uint8Array, tokens: number): void {
  for (let left = tokens; left > 0; left--) cursor.skipToken(text);
}
