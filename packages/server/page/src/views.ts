import type { JSX } from "preact";
import type { Ask } from "./state/feed.ts";
import type { Place, ViewName } from "./state/location.ts";
import { useSocketQuestion } from "./state/socket-question.ts";
import { CountersView } from "./views/counters.tsx";
import { DestinationsView } from "./views/destinations.tsx";
import { HealthView } from "./views/health.tsx";
import { ListenersView } from "./views/listeners.tsx";
import { OverviewView } from "./views/overview.tsx";
import { ProcessesView } from "./views/processes.tsx";
import { SocketsView } from "./views/sockets.tsx";
import { TrafficView } from "./views/traffic.tsx";

/** A view of the page: what it asks of the server, and how it looks. */
export interface View {
  readonly title: string;
  /** A hook: what is asked may depend on what was told. Every view asks for `counts`, of which the frame of the page tells. */
  readonly useAsk: (place: Place) => Ask;
  readonly Look: () => JSX.Element;
}

/** Asks for events of which nothing else has to be said. */
function asking(...events: readonly string[]): () => Ask {
  const asked = { views: ["counts", ...events] };
  return () => asked;
}

/** The views there are, in their order. */
export const VIEW: ReadonlyMap<ViewName, View> = new Map<ViewName, View>([
  ["overview", { title: "Overview", useAsk: asking("rates", "health", "processes"), Look: OverviewView }],
  ["sockets", { title: "Sockets", useAsk: useSocketQuestion, Look: SocketsView }],
  ["processes", { title: "Processes", useAsk: asking("processes", "health"), Look: ProcessesView }],
  ["listeners", { title: "Listeners", useAsk: asking("listeners", "health"), Look: ListenersView }],
  ["destinations", { title: "Destinations", useAsk: asking("destinations", "health"), Look: DestinationsView }],
  ["traffic", { title: "Traffic", useAsk: asking(), Look: TrafficView }],
  ["counters", { title: "Counters", useAsk: asking("rates"), Look: CountersView }],
  ["health", { title: "Health", useAsk: asking("health"), Look: HealthView }],
]);
