/*
 * What the person has chosen, as a value: what is to be shown follows from it and from the last look, and from nothing else.
 */

/** The views. The first six have a key each, that of the last one is the last of theirs, pressed again. */
// biome-ignore format: one line
export const VIEW_NAMES = ["sockets", "processes", "listeners", "destinations", "interfaces", "health", "counters"] as const;

export type ViewName = (typeof VIEW_NAMES)[number];

/** What tells a row from all others of its view, from look to look. */
export type RowId = string | number;

/** An order of rows by a column. */
export interface Order {
  readonly key: string;
  readonly isDescending: boolean;
}

/** What is chosen of one view. */
export interface TableState {
  /** The order; `undefined` for that in which the kernel tells of them. */
  readonly order: Order | undefined;
  /** Keys of columns; `undefined` for the usual ones. */
  readonly columns: readonly string[] | undefined;
  /** The row that stays selected when rows move; `undefined` before one was: then it is the first. */
  readonly selected: RowId | undefined;
  /** Its place as it was last seen. */
  readonly place: number;
  /** Place of the first row that is drawn. */
  readonly first: number;
}

/** What the keys are for now. */
export type Mode =
  | { readonly kind: "table" }
  /** A filter is written. `before` is the one that Esc brings back. */
  | { readonly kind: "filter"; readonly cursor: number; readonly before: string }
  /** One of the columns is chosen, or which ones are shown. */
  | { readonly kind: "sort" | "columns"; readonly at: number }
  /** A text is read. */
  | { readonly kind: "text"; readonly text: Text; readonly first: number }
  | { readonly kind: "question"; readonly question: string };

/** A text to be read, as wide as the terminal is. */
export interface Text {
  readonly title: string;
  /** Escaped, and none of them wider. */
  readonly lines: (columns: number) => readonly string[];
}

export interface TopState {
  readonly view: ViewName;
  readonly tables: Readonly<Record<ViewName, TableState>>;
  readonly filter: string;
  readonly mode: Mode;
  /** Whether the rows stay as they are, whatever comes. */
  readonly isFrozen: boolean;
  /** Whether sockets that closed stay for a while. */
  readonly showsClosed: boolean;
  /** Whether all tables are shown, also those of unix sockets and the like. */
  readonly showsAll: boolean;
  /** What was done last, until the next key. */
  readonly message: string | undefined;
}

const UNSORTED: TableState = { order: undefined, columns: undefined, selected: undefined, place: 0, first: 0 };

/** What is shown at the beginning. `orders` are those of the views. */
export function firstState(
  view: ViewName,
  filter: string,
  orders: Readonly<Partial<Record<ViewName, Order>>> = {},
): TopState {
  const table = (name: ViewName): TableState => ({ ...UNSORTED, order: orders[name] });
  return {
    view,
    tables: {
      sockets: table("sockets"),
      processes: table("processes"),
      listeners: table("listeners"),
      destinations: table("destinations"),
      interfaces: table("interfaces"),
      health: table("health"),
      counters: table("counters"),
    },
    filter,
    mode: { kind: "table" },
    isFrozen: false,
    showsClosed: true,
    showsAll: false,
    message: undefined,
  };
}

/** The table that is shown. */
export function tableOf({ tables, view }: TopState): TableState {
  return tables[view];
}

/** The same with something else chosen of the table that is shown. */
export function withTable(state: TopState, change: Partial<TableState>): TopState {
  return { ...state, tables: { ...state.tables, [state.view]: { ...tableOf(state), ...change } } };
}
