import fc from "fast-check";
import { type Column, orderOf, sortedRows } from "procnet/view";
import { describe, expect, it } from "vitest";
import { Ordered } from "./ordered.ts";

interface Row {
  readonly id: number;
  readonly size: number | undefined;
}

const SIZE: Column<Row> = { key: "size", title: "SIZE", value: ({ size }) => size };

const size = fc.option(fc.nat(9), { nil: undefined });
/** Which row is meant: of those that are there, if there are any. */
const which = fc.nat(1000);
const change = fc.oneof(
  fc.record({ kind: fc.constant("comes" as const), size }),
  fc.record({ kind: fc.constant("leaves" as const), which }),
  fc.record({ kind: fc.constant("becomes" as const), which, size }),
  fc.record({ kind: fc.constant("filters" as const), least: fc.option(fc.nat(9), { nil: undefined }) }),
  fc.record({ kind: fc.constant("settles" as const) }),
);
type Change = typeof change extends fc.Arbitrary<infer One> ? One : never;
/** Looks, each after a few changes. */
const looks = fc.array(fc.array(change, { maxLength: 30 }), { minLength: 1, maxLength: 8 });

const atLeast = (least: number) => (row: Row) => (row.size ?? 0) >= least;

describe("rows in an order", () => {
  it.each([
    ["ascending", orderOf(SIZE, "ascending")],
    ["descending", orderOf(SIZE, "descending")],
    ["as they came", undefined],
  ])("%s: as if all were sorted and filtered anew, after any changes", (_, order) => {
    fc.assert(
      fc.property(fc.array(size, { maxLength: 60 }), looks, (sizes, all) => {
        const ordered = new Ordered<Row>({ order, isApart: (row) => row.size === 3 });
        // What stands for another is in its place; sorting leaves equal rows as they are here.
        const rows: Row[] = sizes.map((one, id) => ({ id, size: one }));
        for (const row of rows) ordered.take(undefined, row);
        let passes: (row: Row) => boolean = () => true;
        let id = 1000;
        const carryOut = (one: Change): void => {
          if (one.kind === "settles") ordered.settle();
          else if (one.kind === "filters") {
            passes = one.least === undefined ? () => true : atLeast(one.least);
            ordered.filter(passes);
          } else if (one.kind === "comes") {
            const row = { id: id++, size: one.size };
            rows.push(row);
            ordered.take(undefined, row);
          } else if (rows.length > 0) {
            const at = one.which % rows.length;
            const before = rows[at]!;
            if (one.kind === "leaves") rows.splice(at, 1);
            else rows[at] = { id: before.id, size: one.size };
            ordered.take(before, one.kind === "leaves" ? undefined : rows[at]);
          }
        };
        for (const changes of all) {
          for (const one of changes) carryOut(one);
          const wanted = order === undefined ? rows : sortedRows(rows, order);
          expect(ordered.rows()).toEqual(wanted.filter(passes));
          expect(ordered.all()).toEqual(wanted);
          expect(ordered.apart).toBe(rows.filter((row) => row.size === 3 && passes(row)).length);
        }
      }),
    );
  });

  it("keeps the object where nothing that is shown changed, so that nothing is drawn", () => {
    const ordered = new Ordered<Row>({ order: orderOf(SIZE), passes: atLeast(5) });
    const [small, large] = [
      { id: 1, size: 2 },
      { id: 2, size: 7 },
    ];
    for (const row of [small, large]) ordered.take(undefined, row);
    const before = ordered.rows();
    expect(before).toEqual([large]);
    ordered.take(small, { id: 1, size: 3 });
    expect(ordered.rows()).toBe(before);
  });

  it("asks anew where a row stands of which something else is said now", () => {
    const marked = new Set<Row>();
    const mark: Column<Row> = { key: "mark", title: "MARK", value: (row) => Number(marked.has(row)) };
    const ordered = new Ordered<Row>({ order: orderOf(mark, "descending") });
    const rows = [1, 2, 3].map((id): Row => ({ id, size: 0 }));
    marked.add(rows[2]!);
    for (const row of rows) ordered.take(undefined, row);
    expect(ordered.rows().map(({ id }) => id)).toEqual([3, 1, 2]);
    marked.clear();
    ordered.take(rows[2], rows[2]);
    expect(ordered.rows().map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  it("compares few rows where few of many changed", () => {
    let compared = 0;
    const { key, compare } = orderOf(SIZE);
    const ordered = new Ordered<Row>({
      order: { key, compare: (a, b) => Number(++compared && compare(a, b)) },
    });
    const rows = Array.from({ length: 10_000 }, (_, id): Row => ({ id, size: (id * 7919) % 10_007 }));
    for (const row of rows) ordered.take(undefined, row);
    ordered.rows();
    compared = 0;
    for (const row of rows.slice(0, 20)) ordered.take(row, { ...row, size: (row.size ?? 0) / 2 });
    ordered.rows();
    // Twenty that are sorted, and each searched for among ten thousand, at most in steps there and back.
    expect(compared).toBeLessThan(20 * (5 + 2 * 14 + 2));
  });
});
