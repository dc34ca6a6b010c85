import { useEffect, useState } from "preact/hooks";
import { feed, store } from "./data.ts";
import type { Ask } from "./feed.ts";
import type { Place } from "./location.ts";
import { useSignal } from "./signal.ts";
import type { Expose, Sockets } from "./socket-store.ts";

/** Rows that a page holds at most, as many as the server gives. */
export const MOST_ROWS = 250_000;

/** Fields that the table needs: with many rows the others would be most of what is sent. */
const FIELDS = [
  ...["protocol", "namespace", "state", "listening", "type", "inode", "owners", "ownersWere", "ownerless", "suspect"],
  ...["localAddress", "localPort", "remoteAddress", "remotePort", "rxQueue", "txQueue", "rmem", "wmem"],
  ...["retransmits", "cwnd", "drops", "netlinkProtocol", "ifIndex", "etherType"],
];
const TOLD_TOO: Readonly<Record<Expose, readonly string[]>> = {
  minimal: [],
  owners: ["uid", "portId"],
  full: ["uid", "portId", "path", "pathBytes"],
};

/**
 * Whether the page has all rows, and looks itself for those that pass the filter; else the server is asked. Where networks stand in place
 * of addresses only the server can tell what passes.
 */
export function looksItself({ head, asked }: Sockets, { protocol, all }: Place): boolean {
  if (head === undefined || asked === undefined) return true;
  if (head.expose === "minimal") return false;
  const isSame = asked.protocol === protocol && (asked.rows === MOST_ROWS) === all;
  if (!isSame) return true;
  return (asked.filter ?? "") === "" && head.aggregated === undefined;
}

/** What the view of sockets asks for. All rows first: with more than are sent unasked, those that pass the filter. */
export function useSocketQuestion(place: Place): Ask {
  const sockets = useSignal(store.state);
  const { protocol, filter, all } = place;
  const [isNarrow, setNarrow] = useState(false);
  const isItself = looksItself(sockets, place);
  useEffect(() => setNarrow(!isItself), [isItself]);
  const expose = useExpose(sockets);
  return {
    views: ["counts", "sockets"],
    protocol,
    filter: isNarrow ? filter : "",
    queues: true,
    ...(all && { rows: MOST_ROWS, fields: [...FIELDS, ...TOLD_TOO[expose]] }),
  };
}

/** How much the server tells; before it has said so the usual, and the least once it has refused that. */
function useExpose({ head }: Sockets): Expose {
  const { state } = useSignal(feed.link);
  const [isLeast, setLeast] = useState(false);
  // A server that came in the place of another may tell less than that did.
  useEffect(() => {
    if (state === "refused") setLeast(true);
    else if (state === "live") setLeast(false);
  }, [state]);
  return isLeast ? "minimal" : (head?.expose ?? "owners");
}
