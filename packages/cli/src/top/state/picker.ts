import type { Key } from "../terminal/keys.ts";
import { placeAfter } from "./move.ts";
import { type Mode, type Order, type TopState, withTable } from "./state.ts";

/** Columns of the view, and those that are shown. */
interface Columns {
  readonly columns: readonly string[];
  readonly shown: readonly string[];
  readonly order: Order | undefined;
  readonly isNumber: (key: string) => boolean;
  readonly height: number;
}

type Picking = Extract<Mode, { readonly at: number }>;

/** A key while a column is chosen to sort by, of which the first entry is none, or while it is chosen which ones are shown. */
export function pressInPicker(state: TopState, key: Key, mode: Picking, around: Columns): TopState {
  const { columns, height } = around;
  const count = columns.length + Number(mode.kind === "sort");
  const to = placeAfter(key.name, mode.at, count, height);
  if (to !== undefined) return { ...state, mode: { ...mode, at: Math.max(0, Math.min(count - 1, to)) } };
  if (LEAVING.has(key.name) || key.name === (mode.kind === "sort" ? "s" : "o")) return closed(state);
  return mode.kind === "sort" ? sorted(state, key, mode, around) : toggled(state, key, mode, around);
}

const LEAVING: ReadonlySet<string> = new Set(["escape", "q"]);

function closed(state: TopState): TopState {
  return { ...state, mode: { kind: "table" } };
}

/** Of numbers the largest come first. The column that is sorted by already is sorted by the other way round. */
function sorted(state: TopState, { name }: Key, { at }: Picking, { columns, order, isNumber }: Columns): TopState {
  if (name !== "return" && name !== " ") return state;
  const key = at === 0 ? undefined : columns[at - 1];
  if (key === undefined) return closed(withTable(state, { order: undefined }));
  const isDescending = order?.key === key ? !order.isDescending : isNumber(key);
  return closed(withTable(state, { order: { key, isDescending } }));
}

/** One column at least stays. */
function toggled(state: TopState, { name }: Key, { at }: Picking, { columns, shown }: Columns): TopState {
  if (name === "return") return closed(state);
  if (name === "d") return withTable(state, { columns: undefined });
  const key = columns[at];
  if (name !== " " || key === undefined) return state;
  const chosen = shown.includes(key) ? shown.filter((one) => one !== key) : [...shown, key];
  return chosen.length === 0 ? state : withTable(state, { columns: columns.filter((one) => chosen.includes(one)) });
}
