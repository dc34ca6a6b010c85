import { countText, type RowWindow, rowWindow } from "procnet/view";
import { safe, visible } from "../../text/safe.ts";
import { cut, pad, width } from "../../text/width.ts";
import { type TopState, tableOf } from "../state/state.ts";
import type { Listing } from "../table/listing.ts";
import type { Cursor, Frame, Size } from "../terminal/painter.ts";
import { shownWidth } from "../terminal/painter.ts";
import { asciiLine } from "./ascii.ts";
import { fitted, healthLine, type Part, type Status, statusLine, tabsLine } from "./header.ts";
import type { Look } from "./paint.ts";
import { pickerLines } from "./picker-lines.ts";
import type { TableDrawing } from "./table-drawing.ts";

/** What is wrong with a filter, and where. */
export interface FilterProblem {
  readonly message: string;
  /** Before which character, from 0; absent where it is about the whole. */
  readonly at: number | undefined;
}

/** All that is drawn. */
export interface Scene {
  readonly state: TopState;
  readonly status: Status;
  /** The rows; `undefined` before the first look. */
  readonly listing: Listing | undefined;
  /** What stands in place of rows where there are none. */
  readonly nothing: string;
  readonly problem: FilterProblem | undefined;
}

/** A frame, and what was drawn where: keys that move by a page depend on it. */
export interface Drawn extends Frame {
  readonly window: RowWindow;
  /** Lines for rows, or of the text that is read. */
  readonly height: number;
  readonly textLines: number;
}

/** Lines from which on the selected row is told of below the table. */
const ROOM_FOR_PANEL = 9;

export function drawFrame(scene: Scene, size: Size, { look, table }: { look: Look; table: TableDrawing }): Drawn {
  const { state, status } = scene;
  const { columns, rows } = size;
  const filter = filterLines(scene, columns, look);
  const head = [
    statusLine(state, status, columns),
    healthLine(status.health, columns, look),
    tabsLine(state, columns, look),
    ...filter.lines,
  ];
  // A terminal that is too low for all shows rows.
  const shown = head.slice(0, Math.max(0, rows - 3));
  const body = bodyOf(scene, { columns, rows: Math.max(1, rows - shown.length - 1) }, { look, table });
  const lines = [...shown, ...body.lines];
  const all = [...Array.from({ length: rows - 1 }, (_, at) => lines[at] ?? ""), hintsLine(scene, body, columns, look)];
  const cursor =
    filter.cursor === undefined ? undefined : { line: head.length - filter.lines.length, column: filter.cursor };
  return { ...body, lines: all.map((line) => finished(line, columns, look)), cursor: cursorOf(cursor, size) };
}

function cursorOf(cursor: Cursor | undefined, { columns }: Size): Cursor | undefined {
  return cursor && { ...cursor, column: Math.min(cursor.column, columns - 1) };
}

/** No line is wider than the terminal, whatever stands in it. */
function finished(line: string, columns: number, { isAscii }: Look): string {
  const text = isAscii ? asciiLine(line) : line;
  return shownWidth(text) <= columns ? text : cut(text.replace(/\x1b\[[\d;]*m/g, ""), columns);
}

interface Body extends Omit<Drawn, "cursor"> {}

function bodyOf(scene: Scene, size: Size, drawing: { look: Look; table: TableDrawing }): Body {
  const { mode } = scene.state;
  if (mode.kind === "text") return textBody(mode, size, drawing.look);
  const { listing } = scene;
  if (listing !== undefined && (mode.kind === "sort" || mode.kind === "columns")) {
    const { look, table } = drawing;
    const drawn = table.columnsOf(listing, size.columns);
    return { ...EMPTY, height: size.rows - 1, lines: pickerLines(mode, listing, size, { look, drawn }) };
  }
  return listing === undefined
    ? { ...EMPTY, height: size.rows - 1, lines: [] }
    : tableBody(scene, listing, size, drawing.table);
}

const EMPTY = { window: { first: 0, count: 0 }, textLines: 0 } as const;

function textBody({ text, first }: Extract<TopState["mode"], { kind: "text" }>, size: Size, { paint }: Look): Body {
  const all = text.lines(size.columns).flatMap((line) => chopped(line, size.columns));
  const height = size.rows - 1;
  const from = Math.max(0, Math.min(first, all.length - height));
  const lines = [paint("bold", cut(safe(text.title), size.columns)), ...all.slice(from, from + height)];
  return { window: { first: from, count: Math.min(height, all.length) }, height, textLines: all.length, lines };
}

/** A line that is too wide goes on in the next one: nothing of a text is lost. */
function chopped(line: string, columns: number): string[] {
  const lines: string[] = [];
  let rest = line;
  while (width(rest) > columns) {
    let end = Math.min(rest.length, columns);
    while (end > 1 && width(rest.slice(0, end)) > columns) end--;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...lines, rest];
}

function tableBody({ state, nothing }: Scene, listing: Listing, { columns, rows }: Size, table: TableDrawing): Body {
  const { place, first } = tableOf(state);
  const selected = Math.min(place, listing.total - 1);
  const panel = panelOf(listing, selected, { columns, rows });
  const height = Math.max(0, rows - 1 - panel.length);
  const window = rowWindow({ total: listing.total, room: height, first, selected });
  const drawn = table.lines(listing, { first: window.first, rows: window.count, selected, columns });
  const lines = listing.total === 0 ? [...drawn, "", cut(`  ${nothing}`, columns)] : drawn;
  const filled = Array.from({ length: rows - panel.length }, (_, at) => lines[at] ?? "");
  return { window, height, textLines: 0, lines: [...filled, ...panel] };
}

/** What is told of the selected row, below a line, where there is room for it. */
function panelOf(listing: Listing, selected: number, { columns, rows }: Size): string[] {
  if (rows < ROOM_FOR_PANEL || selected < 0) return [];
  const room = Math.max(Math.floor(rows / 2), rows - 2 - listing.total);
  const lines = listing.panelAt(selected, { columns, rows: room - 1 });
  return lines.length === 0 ? [] : ["─".repeat(columns), ...lines];
}

/** The filter, and what is wrong with it below; nothing where there is none. */
function filterLines(
  { state, problem }: Scene,
  columns: number,
  { paint }: Look,
): { readonly lines: readonly string[]; readonly cursor: number | undefined } {
  const { mode, filter } = state;
  if (mode.kind !== "filter" && filter === "") return { lines: [], cursor: undefined };
  const label = "filter: ";
  const before = mode.kind === "filter" ? visible(filter.slice(0, mode.cursor)) : "";
  const room = columns - label.length - 1;
  // The end of what is left of the cursor stays in sight.
  const hidden = Math.max(0, width(before) - room);
  const text = visible(filter).slice(hidden);
  const line = paint("bold", label) + cut(text, columns - label.length);
  const cursor = mode.kind === "filter" ? label.length + width(before) - hidden : undefined;
  if (problem === undefined) return { lines: [line], cursor };
  const at = problem.at === undefined ? 0 : Math.max(0, width(visible(filter.slice(0, problem.at))) - hidden);
  const mark = problem.at === undefined ? "" : `${" ".repeat(Math.min(label.length + at, columns - 1))}^`;
  const told =
    width(mark) + 1 + width(problem.message) <= columns ? [`${mark} ${problem.message}`] : [mark, problem.message];
  return {
    lines: [line, ...told.filter((one) => one !== "").map((one) => paint("red", cut(visible(one), columns)))],
    cursor,
  };
}

const HINTS: Readonly<Record<TopState["mode"]["kind"], readonly Part[]>> = {
  table: [
    [9, "? help"],
    [8, "/ filter"],
    [7, "s sort"],
    [3, "o columns"],
    [6, "enter explain"],
    [4, "k kill"],
    [2, "e export"],
    [1, "space freeze"],
    [5, "q quit"],
  ],
  filter: [
    [3, "enter keep"],
    [2, "esc undo"],
    [1, "as procnet sockets: sport = :443 and state established"],
  ],
  sort: [
    [2, "enter sort by it"],
    [1, "esc back"],
  ],
  columns: [
    [3, "space show or not"],
    [1, "d usual ones"],
    [2, "enter done"],
  ],
  text: [
    [1, "up down pgup pgdn"],
    [2, "esc back"],
  ],
  question: [],
};

/** The last line: what was done, what is asked, or which keys there are; and which rows are shown. */
function hintsLine(
  { state, listing }: Scene,
  { window, textLines, height }: Body,
  columns: number,
  { paint }: Look,
): string {
  const { mode, message } = state;
  if (mode.kind === "question") return paint("bold", cut(mode.question, columns));
  const total = mode.kind === "text" ? textLines : (listing?.total ?? 0);
  const isTable = mode.kind === "table" || mode.kind === "filter";
  const isAll = mode.kind === "text" && textLines <= height;
  const where =
    total === 0 || isAll || !(isTable || mode.kind === "text")
      ? ""
      : `${countText(window.first + 1)}-${countText(window.first + window.count)} of ${countText(total)}`;
  const room = Math.max(0, columns - width(where) - 2);
  if (message !== undefined)
    return paint("bold", pad(cut(visible(message), room), room, "left")) + (where && `  ${where}`);
  return `${paint("dim", pad(fitted(HINTS[mode.kind], room), room, "left"))}${where === "" ? "" : `  ${where}`}`;
}
