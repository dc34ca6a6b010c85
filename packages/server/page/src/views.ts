import type { JSX } from "preact";
import type { Ask } from "./state/feed.ts";
import type { Place, ViewName } from "./state/location.ts";
import { ProcessesView } from "./views/processes.tsx";
import { SocketsView } from "./views/sockets.tsx";

/** A view of the page: what it asks of the server, and how it looks. */
export interface View {
  readonly title: string;
  readonly ask: (place: Place) => Ask;
  readonly Look: () => JSX.Element;
}

/** All rows that a page can hold. */
const ALL = 250_000;

/** What every view asks for: what the head of the page and its last line say. */
const ALWAYS = ["counts"];

/** The views there are, in their order. */
export const VIEW: ReadonlyMap<ViewName, View> = new Map<ViewName, View>([
  [
    "sockets",
    {
      title: "Sockets",
      ask: ({ protocol, filter, all }) => ({
        views: [...ALWAYS, "sockets"],
        protocol,
        filter,
        ...(all && { rows: ALL }),
      }),
      Look: SocketsView,
    },
  ],
  ["processes", { title: "Processes", ask: () => ({ views: [...ALWAYS, "processes"] }), Look: ProcessesView }],
]);
