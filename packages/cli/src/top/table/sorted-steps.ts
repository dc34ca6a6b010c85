import type { OrderKey, RowOrder } from "procnet/view";
import { type InSteps, STEP } from "./slices.ts";

/**
 * Rows in an order, in steps: 100,000 texts take half a second to compare, and keys are not to wait for it. Pieces are sorted by the
 * runtime and then merged. Rows that are equal stay as they were.
 */
export function* sortedInSteps<Row>(rows: readonly Row[], { key, compare }: RowOrder<Row>): InSteps<readonly Row[]> {
  const keys: OrderKey[] = [];
  for (let at = 0; at < rows.length; at++) {
    if (at % STEP === STEP - 1) yield;
    keys.push(key(rows[at]!));
  }
  const isBefore = (a: number, b: number): number => compare(keys[a], keys[b]);
  let places = Array.from(keys, (_, place) => place);
  let spare: number[] = places.slice();
  for (let begin = 0; begin < places.length; begin += STEP) {
    yield;
    const piece = places.slice(begin, begin + STEP).sort(isBefore);
    for (let at = 0; at < piece.length; at++) places[begin + at] = piece[at]!;
  }
  for (let size = STEP; size < places.length; size *= 2) {
    for (let begin = 0; begin < places.length; begin += 2 * size) {
      const bounds = {
        begin,
        middle: Math.min(begin + size, places.length),
        end: Math.min(begin + 2 * size, places.length),
      };
      yield* merge(places, spare, bounds, isBefore);
    }
    [places, spare] = [spare, places];
  }
  return places.map((place) => rows[place]!);
}

interface Bounds {
  readonly begin: number;
  readonly middle: number;
  readonly end: number;
}

/** Two sorted pieces that lie next to each other, as one in the same place of another array. */
function* merge(
  from: readonly number[],
  to: number[],
  { begin, middle, end }: Bounds,
  isBefore: (a: number, b: number) => number,
): InSteps<void> {
  let [left, right] = [begin, middle];
  for (let at = begin; at < end; at++) {
    if (at % STEP === STEP - 1) yield;
    const isLeft = right >= end || (left < middle && isBefore(from[left]!, from[right]!) <= 0);
    to[at] = from[isLeft ? left++ : right++]!;
  }
}
