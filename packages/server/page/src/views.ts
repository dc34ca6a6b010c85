import type { JSX } from "preact";
import type { Ask } from "./state/feed.ts";
import type { Place, ViewName } from "./state/location.ts";
import { useSocketQuestion } from "./state/socket-question.ts";
import { ProcessesView } from "./views/processes.tsx";
import { SocketsView } from "./views/sockets.tsx";

/** A view of the page: what it asks of the server, and how it looks. */
export interface View {
  readonly title: string;
  /** A hook: what is asked may depend on what was told. Every view asks for `counts`, of which the frame of the page tells. */
  readonly useAsk: (place: Place) => Ask;
  readonly Look: () => JSX.Element;
}

/** The views there are, in their order. */
export const VIEW: ReadonlyMap<ViewName, View> = new Map<ViewName, View>([
  ["sockets", { title: "Sockets", useAsk: useSocketQuestion, Look: SocketsView }],
  ["processes", { title: "Processes", useAsk: () => ({ views: ["counts", "processes"] }), Look: ProcessesView }],
]);
