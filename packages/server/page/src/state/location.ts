import { Signal } from "./signal.ts";

/** The views, in their order. */
export const VIEWS = [
  "overview",
  "sockets",
  "processes",
  "listeners",
  "destinations",
  "traffic",
  "counters",
  "health",
] as const;

export type ViewName = (typeof VIEWS)[number];

/** What is shown, as the address of the page says it: a link to it can be sent. Nothing secret is ever in it. */
export interface Place {
  readonly view: ViewName;
  /** Filter of sockets, or what is searched for in another view. */
  readonly filter: string;
  /** Key of the column by which rows are ordered, with `-` before it where the largest come first; empty for the order they come in. */
  readonly sort: string;
  /** Keys of the columns that are shown; `undefined` for the usual ones. */
  readonly columns: readonly string[] | undefined;
  /** Protocols of sockets, as the server has them. */
  readonly protocol: string;
  /** Whether all rows are asked for, however many there are. */
  readonly all: boolean;
  /** The row of which everything is shown, by what tells it from all others; empty for none. */
  readonly open: string;
}

export const USUAL_PROTOCOL = "inet";

/** Reads the part of an address behind `?`. */
export function readPlace(search: string): Place {
  const asked = new URLSearchParams(search);
  const columns = asked.get("columns");
  return {
    view: VIEWS.find((name) => name === asked.get("view")) ?? "overview",
    filter: asked.get("filter") ?? "",
    sort: asked.get("sort") ?? "",
    columns: columns === null || columns === "" ? undefined : columns.split(","),
    protocol: asked.get("protocol") ?? USUAL_PROTOCOL,
    all: asked.get("all") === "1",
    open: asked.get("open") ?? "",
  };
}

/** The address of a place: only what is not usual is in it. */
export function placeAddress({ view, filter, sort, columns, protocol, all, open }: Place): string {
  const asked = new URLSearchParams();
  if (view !== "overview") asked.set("view", view);
  if (protocol !== USUAL_PROTOCOL) asked.set("protocol", protocol);
  if (filter !== "") asked.set("filter", filter);
  if (sort !== "") asked.set("sort", sort);
  if (columns !== undefined) asked.set("columns", columns.join(","));
  if (all) asked.set("all", "1");
  if (open !== "") asked.set("open", open);
  const text = asked.toString();
  return text === "" ? "/" : `/?${text}`;
}

/** Where the page is. */
export const place: Signal<Place> = new Signal(readPlace(location.search));

/** Goes elsewhere: with an entry of its own in the history for another view, else in place of the one there is. */
export function go(change: Partial<Place>): void {
  const before = place.value;
  const after = { ...before, ...change };
  const address = placeAddress(after);
  if (after.view === before.view) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  place.set(after);
}

/** Another view, with nothing of the one before but what is said. */
export function placeOf(view: ViewName, change: Partial<Place> = {}): Place {
  return { ...readPlace(""), view, ...change };
}

window.addEventListener("popstate", () => place.set(readPlace(location.search)));
