import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { doors, writeDoors } from "./lists.ts";

/** Each statement and where it is from, however it is laid out. */
const statementsOf = (text: string): string[] =>
  text
    .replaceAll(/\s+/g, " ")
    // Where the formatter breaks a line within brackets, it puts a comma behind the last.
    .replaceAll("( ", "(")
    .replaceAll(/,? \)/g, ")")
    .split(";")
    .map((line) =>
      line
        .replaceAll(/[{}(),<>]/g, " ")
        .split(" ")
        .filter(Boolean)
        .sort()
        .join(" "),
    );

it("the doors and the methods of Net hold what the lists of the folders say: `npm run lists` writes them", async () => {
  if (process.env["WRITE_LISTS"] !== undefined) await writeDoors();
  for (const { path, text } of await doors())
    expect(statementsOf(readFileSync(path, "utf8"))).toEqual(statementsOf(text));
});
