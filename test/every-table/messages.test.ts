import { expect, it } from "vitest";
import { isProcfsError, ProcfsError, type ProcfsIssue } from "../../packages/procnet/src/errors.ts";
import { bytes } from "../support/tables/broken.ts";
import { CORPUS, type Sample } from "../support/tables/corpus.ts";

/*
 * What a parser says of foreign text goes to terminals, logs and pages: SECURITY.md promises that it cannot steer them, and
 * that it is short. Every parser gets control characters, and a megabyte, at every place of its own text.
 */

/** C0, C1, DEL, a bidirectional override, and half a surrogate pair: what no message may hold. */
const STEERING = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u;

/** Everything that a parser throws and reports for a text. */
function said(parse: Sample["parse"], text: Uint8Array, path: string): ProcfsIssue[] {
  const found: ProcfsIssue[] = [];
  try {
    parse(text, { path });
  } catch (error) {
    if (!isProcfsError(error)) throw error;
    found.push(error);
  }
  try {
    parse(text, { path, onIssue: (issue) => found.length < 200 && found.push(issue) });
  } catch (error) {
    if (!isProcfsError(error)) throw error;
    found.push(error);
  }
  return found;
}

function checkIssue({ message, field = "", text = "" }: ProcfsIssue): void {
  expect(message).not.toMatch(STEERING);
  expect(field).not.toMatch(STEERING);
  expect(message.length).toBeLessThanOrEqual(2000);
  expect(field.length).toBeLessThanOrEqual(80);
  expect(text.length).toBeLessThanOrEqual(1000);
}

/** Where the words of a text are: all of a short text, some of a long one, always the first and the last. */
function words(text: string, most: number): RegExpExecArray[] {
  const all = [...text.matchAll(/[^ \t\n:=]+/g)];
  const step = Math.ceil(all.length / most);
  return all.filter((_, at) => at % step === 0 || at === all.length - 1);
}

/** The text with another one in place of a word. */
function replaced(text: string, { index, 0: word }: RegExpExecArray, put: string): string {
  return text.slice(0, index) + put + text.slice(index + word.length);
}

const EVIL = "\u001b[2J\u009b31m\u0000\r\u00e2\u0080\u00ae\\x1b";

it.each(CORPUS)("$file: control characters in any word reach no message and no field", ({ parse, header, rows }) => {
  const text = header + rows;
  const broken = words(text, 24).map((word, at) => replaced(text, word, at % 2 === 0 ? EVIL : `${EVIL}:`));
  for (const one of [...broken, `${EVIL}\n`]) said(parse, bytes(one), "a\u001b[31m\u202e/net").forEach(checkIssue);
});

it.each(CORPUS)("$file: of half a megabyte in a word a message shows little", ({ parse, header, rows }) => {
  const text = header + rows;
  const long = `${"\u001b".repeat(150_000)}${"9".repeat(150_000)}`;
  for (const word of words(text, 3)) {
    for (const put of [`${long}:`, `x=${long}`]) {
      said(parse, bytes(replaced(text, word, put)), `/${"p\u001b".repeat(3000)}`).forEach(checkIssue);
    }
  }
});

it("an error of any maker is fit to be printed, and says nothing twice escaped", () => {
  const raw = new ProcfsError({ code: "X", message: `a\u001b[2J \\x1b ${"\u{1f600}".repeat(5000)} end`, field: "f\n" });
  checkIssue(raw);
  expect(raw.message).toMatch(/^a\\x1b\[2J \\x1b .* end$/u);
  expect(raw.field).toBe("f\\x0a");
  expect(new ProcfsError(raw).message).toBe(raw.message);
});
