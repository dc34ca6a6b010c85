import fc from "fast-check";
import { expect, it } from "vitest";
import type { Column } from "./column.ts";
import { columnNamed, orderOf, sortedRows } from "./order.ts";
import { SOCKET_COLUMNS } from "./socket-columns.ts";

const cell = (value: Column<unknown>["value"]): Column<unknown> => ({ key: "x", title: "X", value });
const itself: Column<unknown> = cell((row) => row as undefined);

it("orders numbers as numbers, in texts too, and nothing last whichever way", () => {
  const texts = ["10.0.0.10", undefined, "10.0.0.9", "", "b", "B"];
  expect(sortedRows(texts, orderOf(itself))).toEqual(["10.0.0.9", "10.0.0.10", "b", "B", undefined, ""]);
  expect(sortedRows(texts, orderOf(itself, "descending"))).toEqual(["B", "b", "10.0.0.10", "10.0.0.9", undefined, ""]);
  expect(sortedRows([2n, undefined, 10, 1], orderOf(itself))).toEqual([1, 2n, 10, undefined]);
  expect(sortedRows([true, false], orderOf(itself))).toEqual([false, true]);
  expect(sortedRows([Buffer.from("b"), Buffer.from("a")], orderOf(itself))).toEqual([
    Buffer.from("a"),
    Buffer.from("b"),
  ]);
});

it("leaves rows that are equal as they were, and the list that it was given", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }), fc.nat())), (rows) => {
      const column: Column<(typeof rows)[number]> = { key: "x", title: "X", value: ([first]) => first };
      const before = [...rows];
      // Array.prototype.sort is stable: https://tc39.es/ecma262/#sec-array.prototype.sort
      const wanted = [...rows].sort(([a], [b]) => (a ?? 9) - (b ?? 9));
      expect(sortedRows(rows, orderOf(column))).toEqual(wanted);
      expect(rows).toEqual(before);
    }),
  );
});

it("asks a row once for what it is ordered by, and takes the order of a column before its value", () => {
  let asked = 0;
  const column: Column<number> = {
    key: "x",
    title: "X",
    value: () => "same",
    order: (row) => {
      asked++;
      return -row;
    },
  };
  const rows = Array.from({ length: 1000 }, (_, at) => at);
  expect(sortedRows(rows, orderOf(column))[0]).toBe(999);
  expect(asked).toBe(1000);
});

it("finds a column by its key or its title, however these are spelt", () => {
  for (const name of ["peerport", "PEER-PORT", "peer_port", "peerPort"])
    expect(columnNamed(SOCKET_COLUMNS, name)?.key, name).toBe("peerport");
  expect(columnNamed(SOCKET_COLUMNS, "peers")).toBeUndefined();
  // Each is found by both, and none hides another.
  for (const { key, title } of SOCKET_COLUMNS) {
    expect(columnNamed(SOCKET_COLUMNS, key)?.key).toBe(key);
    expect(columnNamed(SOCKET_COLUMNS, title)?.key).toBe(key);
  }
});
