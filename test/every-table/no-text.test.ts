import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import * as parsers from "../../packages/procnet/src/parse.ts";

/*
 * What is no text in bytes is refused by every parser: a string, an ArrayBuffer or numbers of more bits would else look like a
 * text that is empty, or of zeros.
 */

/** Functions that are called `parse...` and take other than a text and options. */
const TEXTS: readonly string[] = ["parseFdTarget", "parseAddressRange"];

const PARSERS = Object.entries(parsers).filter(([name]) => name.startsWith("parse") && !TEXTS.includes(name)) as [
  string,
  (text: unknown, options?: object) => unknown,
][];

const NO_TEXTS: readonly (readonly [what: string, value: unknown])[] = [
  ["String", "a b c\n"],
  ["String", ""],
  ["ArrayBuffer", new ArrayBuffer(8)],
  ["SharedArrayBuffer", new SharedArrayBuffer(8)],
  ["DataView", new DataView(new ArrayBuffer(8))],
  ["Uint16Array", new Uint16Array(3)],
  ["Array", []],
  ["Object", {}],
  ["Number", 7],
  ["Null", null],
  ["Undefined", undefined],
];

describe.each(PARSERS)("%s", (_name, parse) => {
  it("refuses what is no text in bytes", () => {
    for (const [what, value] of NO_TEXTS) {
      for (const options of [{}, { onIssue: () => {} }]) {
        expect(() => parse(value, options), what).toThrow(
          expect.objectContaining({
            code: "ERR_INVALID_ARG",
            message: `the text must be a Uint8Array, as readFileSync(path) gives it, not ${what}`,
          }),
        );
      }
    }
  });
});

it("takes bytes of any kind", () => {
  const text = readFileSync(new URL("../fixtures/6.18/1/net/tcp", import.meta.url));
  const shared = new Uint8Array(new SharedArrayBuffer(text.length));
  shared.set(text);
  const wide = new Uint8Array(text.length + 9).fill(0x41);
  wide.set(text, 5);
  const rows = parsers.parseTcp(text);
  expect(rows.length).toBeGreaterThan(20);
  for (const bytes of [
    new Uint8Array(text),
    shared,
    wide.subarray(5, 5 + text.length),
    runInNewContext("Uint8Array.from(text)", { text: [...text] }) as Uint8Array,
  ])
    expect(parsers.parseTcp(bytes)).toEqual(rows);
});
