import type { Key } from "../terminal/keys.ts";
import { edited } from "./line-edit.ts";
import { moved, type Room } from "./move.ts";
import { pressInPicker } from "./picker.ts";
import { pressInText } from "./reader.ts";
import { type Order, type TopState, VIEW_NAMES, type ViewName, withTable } from "./state.ts";

/** What a key asks for that is not a change of what is chosen. */
export type Wish =
  | "quit"
  | "suspend"
  | "redraw"
  | "explain"
  | "help"
  | "kill"
  | "agree"
  | "refuse"
  | "export"
  | "faster"
  | "slower"
  | "namespaces";

/** What a key does. */
export interface Pressed {
  readonly state: TopState;
  readonly wish?: Wish;
}

/** What the keys of a moment depend on, besides what is chosen. */
export interface Surroundings extends Room {
  /** Keys of all columns of the view, and which of them are shown. */
  readonly columns: readonly string[];
  readonly shown: readonly string[];
  /** The order that the rows are in, also where none was chosen. */
  readonly order: Order | undefined;
  /** Whether the largest come first when a column is sorted by. */
  readonly isNumber: (key: string) => boolean;
  /** Lines of the text that is read, as wide as they are drawn. */
  readonly textLines: number;
}

/** What a key does, wherever it is pressed. */
export function press(state: TopState, key: Key, around: Surroundings): Pressed {
  if (key.name === "ctrl-c") return { state, wish: "quit" };
  if (key.name === "ctrl-z") return { state, wish: "suspend" };
  if (key.name === "ctrl-l") return { state, wish: "redraw" };
  const told = state.message === undefined ? state : { ...state, message: undefined };
  switch (told.mode.kind) {
    case "filter":
      return { state: pressInFilter(told, key, told.mode) };
    case "sort":
    case "columns":
      return { state: pressInPicker(told, key, told.mode, around) };
    case "text":
      return { state: pressInText(told, key, told.mode, around) };
    case "question": {
      const isYes = key.name === "y" || key.name === "Y";
      return { state: { ...told, mode: { kind: "table" } }, wish: isYes ? "agree" : "refuse" };
    }
    default:
      return pressInTable(told, key, around);
  }
}

const WISHES: Readonly<Record<string, Wish>> = {
  q: "quit",
  Q: "quit",
  "?": "help",
  h: "help",
  f1: "help",
  return: "explain",
  k: "kill",
  e: "export",
  "+": "slower",
  "=": "slower",
  "-": "faster",
  n: "namespaces",
};

function pressInTable(state: TopState, key: Key, around: Surroundings): Pressed {
  const { name } = key;
  const wish = Object.hasOwn(WISHES, name) ? WISHES[name] : undefined;
  if (wish !== undefined) return { state, wish };
  if (/^[1-6]$/.test(name)) return { state: { ...state, view: viewOf(state, Number(name)) } };
  return { state: changed(state, name, around) ?? moved(state, name, around) };
}

/** Findings and counters have one key, which leads from one to the other. */
function viewOf({ view }: TopState, key: number): ViewName {
  return key === 6 && view === "health" ? "counters" : VIEW_NAMES[key - 1]!;
}

/** What is chosen after a key; `undefined` where it changes nothing of that. */
function changed(state: TopState, name: string, { columns, shown, order }: Surroundings): TopState | undefined {
  switch (name) {
    case "tab":
      return { ...state, view: nextView(state, 1) };
    case "backtab":
      return { ...state, view: nextView(state, -1) };
    case "/":
      return { ...state, mode: { kind: "filter", cursor: state.filter.length, before: state.filter } };
    case "escape":
      return { ...state, filter: "" };
    case "s":
      return {
        ...state,
        mode: { kind: "sort", at: Math.max(0, columns.indexOf(order?.key ?? "") + 1) },
      };
    case "o":
      return { ...state, mode: { kind: "columns", at: Math.max(0, columns.indexOf(shown[0] ?? "")) } };
    case "r":
      return reversed(state, order);
    case " ":
      return { ...state, isFrozen: !state.isFrozen };
    case "c":
      return { ...state, showsClosed: !state.showsClosed };
    case "a":
      return { ...state, showsAll: !state.showsAll };
  }
  return undefined;
}

function nextView({ view }: TopState, step: number): TopState["view"] {
  const count = VIEW_NAMES.length;
  return VIEW_NAMES[(VIEW_NAMES.indexOf(view) + step + count) % count]!;
}

function reversed(state: TopState, order: Order | undefined): TopState {
  if (order === undefined) return { ...state, message: "s chooses a column to sort by, r then turns the order round" };
  return withTable(state, { order: { ...order, isDescending: !order.isDescending } });
}

function pressInFilter(state: TopState, key: Key, { cursor, before }: { cursor: number; before: string }): TopState {
  if (key.name === "return") return { ...state, mode: { kind: "table" } };
  if (key.name === "escape") return { ...state, filter: before, mode: { kind: "table" } };
  const line = edited({ text: state.filter, cursor }, key);
  return { ...state, filter: line.text, mode: { kind: "filter", cursor: line.cursor, before } };
}
