import { Feed } from "./feed.ts";
import { HistoryStore } from "./history-store.ts";
import { RatesStore } from "./rates-store.ts";
import { SocketStore } from "./socket-store.ts";

/** The page's only stream of events, and what is kept of it: sockets, counters, the last minutes. */
export const feed: Feed = new Feed();
export const store: SocketStore = new SocketStore(feed);
export const rates: RatesStore = new RatesStore(feed);
export const past: HistoryStore = new HistoryStore(feed, rates);
