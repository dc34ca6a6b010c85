import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Chunks } from "../../../bytes/chunks.ts";
import type { ProcfsIssue } from "../../../errors.ts";
import { countChunks } from "../../../form/forms.ts";
import { scanChunks } from "../../../form/scanner.ts";
import { tcp, tcp6 } from "./tcp.ts";
import { udp } from "./udp.ts";

/* Counting decodes nothing, and yet tells what reading tells, but for what is wrong within the columns of a usual row. */

function chunksOf(text: Buffer): Chunks {
  let at = 0;
  const source = (buffer: Uint8Array, offset: number): number => {
    const piece = text.subarray(at, Math.min(at + 4096, at + buffer.length - 1 - offset));
    buffer.set(piece, offset);
    at += piece.length;
    return piece.length;
  };
  return new Chunks(source, new Uint8Array(1 << 16));
}

/** Rows by state, and what was told. */
function both(table: typeof tcp, text: Buffer): [counted: unknown, read: unknown] {
  const issues: [ProcfsIssue[], ProcfsIssue[]] = [[], []];
  const options = (at: 0 | 1) => ({ onIssue: (issue: ProcfsIssue) => issues[at].push(issue) });
  const counts = countChunks(table.counter(options(0)), chunksOf(text));
  const states = new Map<string, number>();
  const rows: readonly { readonly state: string }[] = scanChunks(table.scanner(options(1)), chunksOf(text));
  for (const { state } of rows) states.set(state, (states.get(state) ?? 0) + 1);
  return [
    { states: new Map([...counts].sort()), issues: issues[0] },
    { states: new Map([...states].sort()), issues: issues[1] },
  ];
}

const CHANGES: readonly (readonly [name: string, change: (text: string) => string])[] = [
  ["as it is", (text) => text],
  ["with line ends of another system", (text) => text.replaceAll("\n", "\r\n")],
  ["with one of them in the middle", (text) => text.replace(/( [0-9]+: .*\n.*)\n/, "$1\r\n")],
  ["without its header", (text) => text.slice(text.indexOf("\n") + 1)],
  ["without a newline at its end", (text) => text.slice(0, -1)],
  ["cut within the last row", (text) => text.slice(0, -100)],
  ["with blank lines", (text) => text.replaceAll("\n", "\n\n")],
  ["with a row of other text", (text) => text.replace("\n", "\nsomething else\n")],
  [
    "with a row that ends early",
    (text) => text.replace("\n", "\n   0: 0100007F:D341 00000000:0000 0A 00000000:00000000\n"),
  ],
  ["that is empty", () => ""],
];

describe.each([tcp, tcp6, udp])("$name", (table) => {
  const path = new URL(`../../../../../../test/fixtures/6.18/1/net/${table.name}`, import.meta.url);
  const text = readFileSync(path, "latin1");

  it.each(CHANGES)("counts what it reads in a text %s", (_, change) => {
    const [counted, read] = both(table as typeof tcp, Buffer.from(change(text), "latin1"));
    expect(counted).toEqual(read);
  });
});
