import { type TopState, tableOf } from "./state.ts";

/** Whether other rows are to be shown, or the same in another way. */
export function needsRows(before: TopState, after: TopState): boolean {
  const [old, now] = [tableOf(before), tableOf(after)];
  return (
    before.view !== after.view ||
    before.filter !== after.filter ||
    before.showsAll !== after.showsAll ||
    before.showsClosed !== after.showsClosed ||
    (before.isFrozen && !after.isFrozen) ||
    old.order !== now.order ||
    old.columns !== now.columns
  );
}
