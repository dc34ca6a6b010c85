import { expect, it } from "vitest";
import type { ParseOptions } from "../../../packages/procnet/src/form/options.ts";
import { bytes, describeBroken } from "./broken.ts";

/** A file's text and what its parser must make of it. */
export interface FileCase<Result> {
  readonly name: string;
  /** Header lines; `""` when the file has none. */
  readonly header: string;
  /** The lines below the header. */
  readonly text: string;
  readonly parse: (text: Uint8Array, options?: ParseOptions) => Result;
  readonly rows: Result;
  /** Any text is valid: see `BrokenOptions`. */
  readonly anyTextIsValid?: boolean;
}

/** Compares what a parser makes of a text, and runs its broken siblings. */
export function checkFile<Result>(file: FileCase<Result>): void {
  const text = file.header + file.text;
  it(`reads ${file.name}`, () => {
    expect(file.parse(bytes(text))).toEqual(file.rows);
  });
  const { header, anyTextIsValid = false } = file;
  describeBroken(file.name, text, file.parse, { header, anyTextIsValid });
}

/** The error's column name, or what was parsed instead of throwing one. */
export function failingField(parse: (text: Uint8Array) => unknown, text: string): unknown {
  try {
    return parse(bytes(text));
  } catch (error) {
    return (error as { field?: unknown }).field;
  }
}
