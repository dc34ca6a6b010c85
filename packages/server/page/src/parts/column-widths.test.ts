import { DESTINATION_COLUMNS } from "procnet/view";
import { expect, it } from "vitest";
import { fittingColumns } from "./column-widths.ts";

const columns = DESTINATION_COLUMNS.filter(({ extra }) => !extra);
const widths = new Map(columns.map(({ key, title }) => [key, title.length + 3]));
const all = [...widths.values()].reduce((sum, width) => sum + width, 0);
const left = (room: number, ...empty: string[]): string[] =>
  fittingColumns(columns, { widths, empty: new Set(empty) }, room, 1).map(({ key }) => key);

it("drops columns in which nothing is before others, whatever these matter", () => {
  expect(left(all)).toHaveLength(columns.length);
  expect(left(all - 1)).toContain("synsent");
  const some = left(all - 1, "synsent");
  expect(some).not.toContain("synsent");
  expect(some).toEqual(expect.arrayContaining(["proto", "timewait", "recvq"]));
});

it("keeps columns that must stay, also when they are empty", () => {
  expect(left(1, "sockets")).toContain("sockets");
});
