import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseFilter } from "../../packages/procnet/src/query/parser.ts";
import { stateWords } from "../../packages/procnet/src/query/states.ts";
import { COMPARISONS, FILTER_WORDS, JOINERS, UNTOLD } from "../../packages/procnet/src/query/words.ts";

/** The reference of the filter, from which the manual page is made too. */
const page = readFileSync(new URL("../../docs/filter.md", import.meta.url), "utf8");
const names = { portOfService: () => 80, addressesOf: () => ["127.0.0.1"] };

/** What stands in the first column of the tables below a heading. */
function firstCells(heading: string): string[] {
  const [, section = ""] = page.split(`\n## ${heading}\n`);
  const rows = section.split("\n## ")[0]!.matchAll(/^\| (?!---)(.*?) \|/gm);
  return Array.from(rows, ([, cell = ""]) => cell).flatMap((cell) =>
    Array.from(cell.matchAll(/`([^`]+)`/g), ([, text = ""]) => text),
  );
}

describe("the page about filters", () => {
  it.each([...firstCells("How conditions are joined"), ...firstCells("Conditions")])(
    "shows one that is read: %s",
    (text) => {
      expect(() => parseFilter(text, names)).not.toThrow();
    },
  );

  it.each(firstCells("Addresses"))("shows an address that is read: %s", (text) => {
    expect(() => parseFilter(`src ${text}`, names)).not.toThrow();
  });

  it.each(firstCells("States"))("shows a state that is read: %s", (text) => {
    expect(() => parseFilter(`state ${text}`)).not.toThrow();
  });

  it("leaves out no word", () => {
    const code = Array.from(page.matchAll(/`([^`\n]+)`/g), ([, text = ""]) => text.replaceAll("_", "-"));
    const quoted = new Set(code.flatMap((text) => text.split(" ")));
    const missing = (words: readonly string[]): string[] => words.filter((word) => !quoted.has(word));
    expect(missing([...FILTER_WORDS, ...JOINERS, ...Object.keys(UNTOLD), ...Object.keys(COMPARISONS)])).toEqual([]);
    // The kernel writes some with a number at their end, and ss with a dash before it.
    expect(
      missing(stateWords().map((word) => word.replace(/-(\d)$/, "$1"))).filter((word) => !/^fin-wait\d$/.test(word)),
    ).toEqual([]);
    expect(firstCells("Conditions").length).toBeGreaterThan(15);
  });
});
