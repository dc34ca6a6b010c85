import fc from "fast-check";
import { type Column, orderOf, sortedRows } from "procnet/view";
import { describe, expect, it } from "vitest";
import { Ordered } from "./ordered.ts";

interface Row {
  readonly id: number;
  readonly size: number;
}

const SIZE: Column<Row> = { key: "size", title: "SIZE", value: ({ size }) => size };
const keyOf = ({ id }: Row): string => String(id);

/** Steps of a list: each says which rows stay, which are replaced with another size, and how many are new. */
const steps = fc.array(fc.array(fc.record({ id: fc.nat(30), size: fc.nat(5) }), { maxLength: 40 }), { maxLength: 8 });

describe("rows in an order", () => {
  it.each(["ascending", "descending"] as const)("%s: as if all were sorted anew, after any changes", (direction) => {
    fc.assert(
      fc.property(steps, (all) => {
        const order = orderOf(SIZE, direction);
        const ordered = new Ordered({ keyOf, order });
        let before = new Map<number, Row>();
        for (const step of all) {
          const now = new Map(step.map((row) => [row.id, same(before.get(row.id), row)]));
          before = now;
          const rows = ordered.take([...now.values()]);
          expect(new Set(rows)).toEqual(new Set(now.values()));
          expect(rows.map(({ size }) => size)).toEqual(sortedRows([...now.values()], order).map(({ size }) => size));
        }
      }),
    );
  });

  it("keeps the object where nothing changed, so that nothing is drawn", () => {
    const ordered = new Ordered<Row>({ keyOf, order: orderOf(SIZE) });
    const rows = [
      { id: 1, size: 2 },
      { id: 2, size: 1 },
    ];
    expect(ordered.take(rows)).toBe(ordered.take([...rows]));
  });
});

describe("rows in the order in which they came", () => {
  it("puts what stands for a row into its place, and what is new at the end", () => {
    const ordered = new Ordered<Row>({ keyOf, order: undefined });
    const first = Array.from({ length: 10 }, (_, id) => ({ id, size: 0 }));
    ordered.take(first);
    const changed = { id: 3, size: 1 };
    const fresh = { id: 99, size: 0 };
    const rest = first.filter(({ id }) => id !== 3 && id !== 5);
    const rows = ordered.take([fresh, ...rest, changed]);
    expect(rows.map(({ id }) => id)).toEqual([0, 1, 2, 3, 4, 6, 7, 8, 9, 99]);
    expect(rows[3]).toBe(changed);
  });
});

/** The same object for a row that is the same. */
function same(before: Row | undefined, row: Row): Row {
  return before?.size === row.size ? before : row;
}
