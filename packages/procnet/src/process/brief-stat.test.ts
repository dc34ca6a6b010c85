import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { briefStat } from "./brief-stat.ts";
import { parseProcessStat } from "./process-stat.ts";

/* The careful reader of the whole text is the authority: what this one gives is what that one gives, or nothing. */

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "latin1"));
const TAIL = "4240 4240 4240 0 -1 4194624 1083 0 0 0 12 7 0 0 20 0 1 0 5212 1 2 3 4 5 6 7 8 9 0 0 0 0 0 0 0 17 1 0 0";

function careful(text: Uint8Array): unknown {
  const { comm, state, flags, numThreads, starttime } = parseProcessStat(text);
  return { comm, state, flags, numThreads, starttime };
}

function orNothing<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

describe("a few fields of stat", () => {
  it("are those of all processes here", () => {
    const pids = readdirSync("/proc").filter((name) => /^[0-9]+$/.test(name));
    let seen = 0;
    for (const pid of pids) {
      let text: Uint8Array;
      try {
        text = new Uint8Array(readFileSync(`/proc/${pid}/stat`));
      } catch {
        continue; // it has ended
      }
      expect(briefStat(text)).toEqual(careful(text));
      seen++;
    }
    expect(seen).toBeGreaterThan(1);
  });

  it.each([
    ["parentheses and blanks in the name", `7 (a) S (b) ) R ${TAIL}\n`],
    ["a newline in the name", `7 (a\nb) S ${TAIL}\n`],
    ["no name", `7 () S ${TAIL}\n`],
    ["bytes that are not UTF-8", `7 (\xff\xfe) S ${TAIL}\n`],
  ])("%s", (_, text) => {
    expect(briefStat(bytes(text))).toEqual(careful(bytes(text)));
  });

  it.each([
    ["nothing", ""],
    ["no newline", `7 (a) S ${TAIL}`],
    ["nothing in front of the name", `(a) S ${TAIL}\n`],
    ["no name in parentheses", `7 a S ${TAIL}\n`],
    ["a blank where the state is", `7 (a)   ${TAIL}\n`],
    ["a state of two letters", `7 (a) SS ${TAIL}\n`],
    ["an end before the start time", "7 (a) S 1 2 3 4 5 6 7 8 9\n"],
    ["a start time that is no number", `7 (a) S ${TAIL.replace("5212", "x")}\n`],
  ])("leaves to the careful reader: %s", (_, text) => {
    expect(briefStat(bytes(text))).toBeUndefined();
  });

  it("are given though another one is wrong, which the careful reader says", () => {
    const text = bytes(`7 (a) S x${TAIL}\n`);
    expect(briefStat(text)).toEqual({ comm: "a", state: "S", flags: 4194624, numThreads: 1, starttime: 5212 });
    expect(() => careful(text)).toThrow(/ppid/);
  });

  it("never says anything else", () => {
    const piece = fc.constantFrom("7", "(", ")", " ", "\n", "S", "a", "-1", "5212", "18446744073709551615", TAIL);
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = bytes(`7 (${pieces.join("")}\n`);
        const brief = briefStat(text);
        const whole = orNothing(() => careful(text));
        // What it does not give it does not look at.
        if (brief !== undefined && whole !== undefined) expect(brief).toEqual(whole);
      }),
      { numRuns: 2000 },
    );
  });
});
