import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { tableNamed } from "../../../packages/procnet/src/catalogue.ts";
import type { ProcfsIssue } from "../../../packages/procnet/src/errors.ts";
import type { RowTable, TextTable } from "../../../packages/procnet/src/form/table.ts";
import { ProcFs } from "../../../packages/procnet/src/procfs.ts";
import { read } from "../../../packages/procnet/src/read/read.ts";
import { bytes } from "./broken.ts";

/** What is read of a text that lies in a tree under the name of the file, and the codes of what was told on the way. */
export interface FromTree {
  readonly value: unknown;
  readonly codes: readonly string[];
}

/** Reads a text as the file of a table: by its name in a tree, which the catalogue must know as that table's. */
export function readFromTree(table: RowTable | TextTable, name: string, text: string): FromTree {
  expect(tableNamed(name)).toBe(table);
  const root = mkdtempSync(join(tmpdir(), "procnet-file-"));
  const codes: string[] = [];
  const onIssue = ({ code }: ProcfsIssue): number => codes.push(code);
  try {
    const path = join(root, "1", "net", name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes(text));
    const value = read(table, { of: new ProcFs({ root }), onIssue, ...(table.name === name ? {} : { name }) });
    return { value, codes };
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** A file without a form: its table, its name, what prints it, and a text that it prints. */
export type TextFile = readonly [table: TextTable<string, string>, name: string, printedBy: string, text: string];

/** Each text is given as it is, and told to be cut where its last line has no end. */
export function describeTexts(files: readonly TextFile[]): void {
  it.each(files.map(([table, name, by, text]) => ({ table, name, by, text })))(
    "gives the text of $name as it is: $by",
    ({ table, name, text }) => {
      expect(readFromTree(table, name, text)).toEqual({ value: text, codes: [] });
      const cut = text.replace(/\n+$/, "");
      expect(readFromTree(table, name, cut)).toEqual({ value: cut, codes: ["ERR_TRUNCATED"] });
    },
  );
}

/** A file whose form other files have too: its table, its name, and its text where that differs from theirs. */
export type AlikeFile = readonly [table: RowTable | TextTable, name: string, text?: string];

/** Each file, read by its name, gives what the parser makes of its text. */
export function describeAlike(parse: (text: Uint8Array) => unknown, usual: string, files: readonly AlikeFile[]): void {
  it.each(files.map(([table, name, text = usual]) => ({ table, name, text })))(
    "reads $name under its name",
    ({ table, name, text }) => {
      const rows = parse(bytes(text));
      expect(readFromTree(table, name, text)).toEqual({ value: rows, codes: [] });
      expect(rows).not.toEqual(parse(bytes("")));
    },
  );
}
