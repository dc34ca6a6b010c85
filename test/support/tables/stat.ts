import fc from "fast-check";
import { expect, it } from "vitest";
import type { ParseOptions } from "../../../packages/procnet/src/form/options.ts";
import { bytes } from "./broken.ts";

/** A file under `/proc/net/stat` whose rows are printed from the values of `fields`. */
export interface StatFile {
  readonly parse: (text: Uint8Array, options?: ParseOptions) => readonly object[];
  readonly header: string;
  /** Fields of the row in the order of the file's columns. */
  readonly fields: readonly string[];
  /** What stands between two columns. */
  readonly separator?: string;
}

/** Rows of any values are given back, whatever the file's separators. */
export function itGivesBackRows({ parse, header, fields, separator = " " }: StatFile): void {
  it("gives back every row printed as the kernel prints it", () => {
    const row = fc.record(Object.fromEntries(fields.map((field) => [field, fc.nat(0xffffffff)])));
    const print = (values: Record<string, number>) =>
      `${fields.map((field) => values[field]!.toString(16).padStart(8, "0")).join(separator)}\n`;
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const read = parse(bytes(header + rows.map(print).join("")));
        expect(read).toEqual(rows.map((values) => expect.objectContaining(values)));
      }),
      { numRuns: 60 },
    );
  });
}
