import { describe, expect, it } from "vitest";
import { counts } from "../../bench/marks/counts.ts";
import type { Mark } from "../../bench/marks/mark.ts";
import { bundledSizes, packedSize } from "../../bench/marks/sizes.ts";
import { ROOT } from "../support/tools.ts";

/*
 * What the packages promise of themselves, as far as it is counted: `npm run marks` prints all, with the times. Works on what
 * `npm run build` made.
 */

/** The most of today, with some slack for sizes: lower than the mark where it was passed, higher where it is not yet reached. */
const TODAY: Readonly<Record<string, number>> = {
  "bundled, minified: TcpState": 0.6,
  "bundled, minified: escapeText": 3.2,
  "bundled, minified: parseTcp": 18.5,
  "bundled, minified: read and tcp": 33,
  "bundled, minified: whoListens": 82,
  "bundled, minified: everything": 552,
  // 250 without the room of findings and their texts.
  "packed library, kB": 420,
};

const marks = [...bundledSizes(ROOT), ...packedSize(ROOT), ...counts(ROOT)];

describe("at most", () => {
  it.each(
    marks.map((mark): [string, Mark, number] => {
      const most = TODAY[`${mark.what}, ${mark.unit}`] ?? TODAY[mark.what] ?? mark.most!;
      return [`${most} ${mark.unit}, ${mark.what}`, mark, most];
    }),
  )("%s", (_, { value, note = "" }, most) => {
    expect(value).toBeGreaterThanOrEqual(0);
    expect(value, note).toBeLessThanOrEqual(most);
  });

  it("each of them is measured", () => {
    expect(marks.length).toBeGreaterThan(10);
    const measured = marks.flatMap(({ what, unit }) => [what, `${what}, ${unit}`]);
    expect(Object.keys(TODAY).filter((what) => !measured.includes(what))).toEqual([]);
  });
});
