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

/** Steps of a list of 40: a few rows get another size, or go where they have none. */
const change = fc.record({ id: fc.nat(45), size: fc.option(fc.nat(9), { nil: undefined }) });
const steps = fc.array(fc.array(change, { maxLength: 6 }), { minLength: 1, maxLength: 8 });

describe("rows in an order", () => {
  it.each(["ascending", "descending"] as const)("%s: as if all were sorted anew, after any changes", (direction) => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { minLength: 40, maxLength: 40 }), steps, (sizes, all) => {
        const order = orderOf(SIZE, direction);
        const ordered = new Ordered({ keyOf, order });
        const rows = new Map(sizes.map((size, id) => [id, { id, size }]));
        ordered.take([...rows.values()]);
        for (const step of all) {
          for (const { id, size } of step) {
            if (size === undefined) rows.delete(id);
            else rows.set(id, { id, size });
          }
          const now = [...rows.values()];
          const taken = ordered.take(now);
          expect(new Set(taken)).toEqual(new Set(now));
          expect(taken.map(({ size }) => size)).toEqual(sortedRows(now, order).map(({ size }) => size));
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
