import { describe, expect, it } from "vitest";
import { graphLines, mostOf } from "./graph.ts";

const braille = (values: number[], columns: number, rows = 1, most = mostOf(values)): string[] =>
  graphLines(values, { columns, rows, most, isAscii: false });
const ascii = (values: number[], columns: number, rows = 1, most = mostOf(values)): string[] =>
  graphLines(values, { columns, rows, most, isAscii: true });

describe("a graph", () => {
  it("has two values in each character, four steps high", () => {
    expect(braille([1, 2, 3, 4], 2)).toEqual(["⣠⣾"]);
    expect(braille([4, 4], 1)).toEqual(["⣿"]);
  });

  it("grows upwards over its lines", () => {
    expect(braille([8, 8, 4, 4], 2, 2)).toEqual(["⣿ ", "⣿⣿"]);
  });

  it("has the last values on the right, and leaves out what is not known", () => {
    expect(braille([4, 4, 4, 4, 0, 0], 2)).toEqual(["⣿ "]);
    expect(braille([4], 3)).toEqual(["  ⢸"]);
    expect(braille([Number.NaN, Number.NaN, 4, 4], 2)).toEqual([" ⣿"]);
  });

  it("shows what is little as more than nothing", () => {
    expect(braille([1, 1_000_000], 1)).toEqual(["⣸"]);
    expect(braille([0, 0], 1, 1, 0)).toEqual([" "]);
  });

  it("is of ASCII where that is all there is", () => {
    expect(ascii([0, 1, 2], 3)).toEqual([" .|"]);
    expect(ascii([1, 2, 3, 4], 4, 2)).toEqual(["  .|", ".|||"]);
  });

  it("draws no higher than it is, whatever comes", () => {
    expect(braille([100, Number.POSITIVE_INFINITY, -5, Number.NaN], 2, 1, 1)).toEqual(["⣿ "]);
  });
});
