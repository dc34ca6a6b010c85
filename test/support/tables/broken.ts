import { describe, expect, it } from "vitest";
import { isProcfsError, type ProcfsIssue } from "../../../packages/procnet/src/errors.ts";
import type { ParseOptions } from "../../../packages/procnet/src/form/options.ts";

/** Text as bytes; one byte for each character below U+0100, so that any byte can be written. */
export function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** UTF-8 text as bytes. */
export function utf8Bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

type Parse = (text: Uint8Array, options?: ParseOptions) => unknown;

/** What a parser made of a text: its result, or the error it threw, and the issues it reported when asked to. */
export function outcome(parse: Parse, text: Uint8Array): { strict: unknown; kept: unknown; issues: ProcfsIssue[] } {
  const issues: ProcfsIssue[] = [];
  let strict: unknown;
  try {
    strict = parse(text);
  } catch (error) {
    if (!isProcfsError(error)) throw error;
    expect(error.code).toBe("ERR_PARSE");
    strict = error;
  }
  const kept = parse(text, { onIssue: (issue) => issues.push(issue) });
  return { strict, kept, issues };
}

/** How many rows or entries a result has. */
function size(result: unknown): number {
  if (Array.isArray(result)) return result.length;
  if (result instanceof Map) return result.size;
  return typeof result === "object" && result !== null ? Object.keys(result).length : 0;
}

/** What {@link describeBroken} may assume of a file. */
export interface BrokenOptions {
  /** The text of header lines alone; `""` when the file has none. */
  readonly header?: string;
  /** Any text is valid: the file is free text or a list of words, so junk cannot be told from content. */
  readonly anyTextIsValid?: boolean;
}

/**
 * The broken siblings that every parser must survive: only typed errors, nothing invented without a word. `text` is a
 * good text of several rows; `parse` the parser under test.
 */
export function describeBroken(name: string, text: string, parse: Parse, options: BrokenOptions = {}): void {
  const good = bytes(text);
  describe(`${name}, broken`, () => {
    it("is parsed without an issue when whole", () => {
      const { strict, kept, issues } = outcome(parse, good);
      expect(issues).toEqual([]);
      expect(strict).toEqual(kept);
      expect(size(kept)).toBeGreaterThan(0);
    });

    it("reports every text cut within a line, and keeps no more than the whole text has", () => {
      const whole = size(parse(good));
      for (let end = 1; end < good.length; end++) {
        const { strict, kept, issues } = outcome(parse, good.subarray(0, end));
        const cutInLine = good[end - 1] !== 0x0a;
        expect(issues.length > 0 || strict instanceof Error || !cutInLine, `cut at byte ${end}`).toBe(true);
        expect(size(kept)).toBeLessThanOrEqual(whole);
      }
    });

    it("gives nothing for an empty text, and for the header alone", () => {
      expect(size(parse(bytes("")))).toBe(0);
      if (options.header) expect(size(parse(bytes(options.header)))).toBe(0);
    });

    it("survives CRLF, NUL bytes, binary junk and lines of another file with typed errors only", () => {
      const crlf = text.replaceAll("\n", "\r\n");
      const nul = `${text.slice(0, text.length / 2)}\0\0${text.slice(text.length / 2)}`;
      const junk = String.fromCharCode(...Array.from({ length: 700 }, (_, at) => (at * 37 + 11) % 256));
      for (const broken of [crlf, nul, `${text}${junk}\n`, junk, `${junk}\n`, "\n\n\n", `${"9".repeat(5000)}\n`]) {
        outcome(parse, bytes(broken));
      }
      if (options.anyTextIsValid) return;
      for (const wrong of [`${junk}\n`, "Lorem ipsum dolor sit amet\n"]) {
        const { strict, issues } = outcome(parse, bytes(wrong));
        expect(strict).toBeInstanceOf(Error);
        expect(issues.length).toBeGreaterThan(0);
      }
    });
  });
}
