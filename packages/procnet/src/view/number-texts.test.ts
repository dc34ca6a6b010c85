import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ageText, bytesText, countText, perSecondText, shareText } from "./number-texts.ts";

describe("numbers for people", () => {
  it("counts have their thousands set apart, as Intl does it", () => {
    const format = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
    fc.assert(
      fc.property(fc.maxSafeInteger(), (count) => {
        expect(countText(count)).toBe(format.format(count).replace(/^-0$/, "0"));
      }),
    );
    expect(countText(2n ** 64n)).toBe("18,446,744,073,709,551,616");
  });

  it.each([
    [0, "0 B"],
    [1023, "1,023 B"],
    [1024, "1.0 KiB"],
    [1536, "1.5 KiB"],
    [1024 ** 2 - 1, "1.0 MiB"],
    [123_456_789, "117.7 MiB"],
    [2 ** 64, "16.0 EiB"],
  ])("%d bytes are %s, as free(1) and numfmt(1) round", (bytes, text) => {
    expect(bytesText(bytes)).toBe(text);
  });

  it.each([
    [0, "0/s"],
    [0.01, "<0.1/s"],
    [2.25, "2.3/s"],
    [9.94, "9.9/s"],
    [9.96, "10/s"],
    [12_345.6, "12,346/s"],
  ])("%d a second is %s", (rate, text) => {
    expect(perSecondText(rate)).toBe(text);
  });

  it.each([
    [0, "0ms"],
    [999.9, "999ms"],
    [1000, "1s"],
    [59_999, "59s"],
    [60_000, "1m"],
    [3_600_000, "1h"],
    [47 * 3_600_000, "47h"],
    [48 * 3_600_000, "2d"],
    [-5, "0s"],
    [Number.NaN, "0s"],
  ])("%d milliseconds are %s: never more than have passed", (age, text) => {
    expect(ageText(age)).toBe(text);
  });

  it.each([
    [0, 10, "0 %"],
    [1, 28_232, "<1 %"],
    [14_116, 28_232, "50 %"],
    [28_231, 28_232, "99 %"],
    [28_232, 28_232, "100 %"],
  ])("%d of %d are %s: all and nothing are said of all and nothing alone", (part, whole, text) => {
    expect(shareText(part, whole)).toBe(text);
  });
});
