import { expect, it } from "vitest";
import { outcome } from "../support/tables/broken.ts";
import { CORPUS, otherTables, PARSERS, textOf } from "../support/tables/corpus.ts";

it("has a text for every parser that procnet/parse exports", () => {
  expect(new Set(CORPUS.map(({ parser }) => parser))).toEqual(new Set(PARSERS));
});

it("leaves out of the catalogue only text without a form", () => {
  expect(otherTables().length).toBeLessThan(3);
});

it.each(CORPUS)("$file is read without an issue", (sample) => {
  const { strict, issues } = outcome(sample.parse, textOf(sample));
  expect(issues).toEqual([]);
  expect(strict).not.toBeInstanceOf(Error);
});
