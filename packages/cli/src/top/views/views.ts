import type { ViewName } from "../state/state.ts";
import { type View, viewOf } from "../table/listing.ts";
import { COUNTERS } from "./counters.ts";
import { DESTINATIONS } from "./destinations.ts";
import { HEALTH } from "./health.ts";
import { INTERFACES } from "./interfaces.ts";
import { LISTENERS } from "./listeners.ts";
import { PROCESSES } from "./processes.ts";
import { SOCKETS } from "./sockets.ts";

export const VIEWS: Readonly<Record<ViewName, View>> = {
  sockets: viewOf(SOCKETS),
  processes: viewOf(PROCESSES),
  listeners: viewOf(LISTENERS),
  destinations: viewOf(DESTINATIONS),
  interfaces: viewOf(INTERFACES),
  health: viewOf(HEALTH),
  counters: viewOf(COUNTERS),
};
