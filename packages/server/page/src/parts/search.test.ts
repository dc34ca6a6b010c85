import type { Column } from "procnet/view";
import { expect, it } from "vitest";
import { rowsWith } from "./search.ts";

interface Row {
  readonly name: string;
  readonly port: number | undefined;
}

const COLUMNS: readonly Column<Row>[] = [
  { key: "name", title: "NAME", value: ({ name }) => name },
  { key: "port", title: "PORT", value: ({ port }) => port },
];
const ROWS: readonly Row[] = [
  { name: "nginx[7]", port: 443 },
  { name: "Postgres[8]", port: undefined },
  { name: "a\u202eb", port: 80 },
];

it.each([
  ["", ROWS],
  ["  ", ROWS],
  ["postgres", [ROWS[1]]],
  ["443 nginx", [ROWS[0]]],
  ["443 postgres", []],
  ["\\u{202e}", [ROWS[2]]],
])("finds what is shown: %j", (text, found) => {
  expect(rowsWith(ROWS, COLUMNS, text)).toEqual(found);
});

it("finds no words that only come together across two cells", () => {
  expect(rowsWith(ROWS, COLUMNS, "[7]443")).toEqual([]);
});
