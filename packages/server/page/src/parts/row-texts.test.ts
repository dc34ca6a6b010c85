import { SOCKET_COLUMNS } from "procnet/view";
import { expect, it } from "vitest";
import { csvOf, ndjsonOf } from "./row-texts.ts";

interface Row {
  readonly name: string;
  readonly count: number;
}

const COLUMNS = [
  { key: "name", title: "NAME", value: ({ name }: Row) => name },
  { key: "count", title: "COUNT", value: ({ count }: Row) => `${count} things`, raw: ({ count }: Row) => count },
];

it("is CSV with keys as its head, and what is for programs", () => {
  expect(csvOf([{ name: 'a "b", c', count: -1 }], COLUMNS).join("")).toBe('name,count\n"a ""b"", c",-1\n');
});

const FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠SUM(A1)"];

it.each(FORMULAS)("is no formula for who opens it in a table: %s", (name) => {
  expect(csvOf([{ name, count: 0 }], COLUMNS)[1]).toBe(`'${name},0\n`);
});

it("shows what hides", () => {
  expect(csvOf([{ name: "a\nb\u202e", count: 0 }], COLUMNS)[1]).toBe("a\\x0ab\\u{202e},0\n");
  expect(ndjsonOf([{ name: "\u001b[2J" }])).toEqual(['{"name":"\\u001b[2J"}\n']);
});

it("has every column of sockets", () => {
  expect(csvOf([], SOCKET_COLUMNS)[0]!.split(",").length).toBe(SOCKET_COLUMNS.length);
});
