import { Feed } from "./feed.ts";
import { SocketStore } from "./socket-store.ts";

/** The page's only stream of events, and the sockets that come with it. */
export const feed: Feed = new Feed();
export const store: SocketStore = new SocketStore(feed);
