import { useEffect, useMemo } from "preact/hooks";
import { store } from "./data.ts";
import type { Ask } from "./feed.ts";
import { USUAL_PROTOCOL } from "./location.ts";
import { hasTraffic } from "./protocols.ts";
import { useSignal } from "./signal.ts";
import type { SocketRates } from "./socket-store.ts";
import { useTraffic } from "./use-traffic.ts";

/** What the server tells of connections that do something: those that do most, and how many there are. */
export interface RatesTold {
  readonly total: number;
  readonly sockets: readonly SocketRates[];
}

/** Of more, those that do most: an answer of 5,000 held the page for 27 ms. */
const MOST = 1000;
const FIELDS = "inode,sentPerSecond,receivedPerSecond";

/** Asks what the sockets of the stream send and receive, while it is shown and nothing is held; what was told before stays while it is held. */
export function useSocketRates(isShown: boolean, isHeld: boolean): RatesTold | undefined {
  const { asked } = useSignal(store.state);
  const question = isShown && !isHeld && asked !== undefined ? questionOf(asked) : undefined;
  const { told, why } = useTraffic<RatesTold>(question, true);
  const isAwaited = question !== undefined && told === undefined && why === undefined;
  useMemo(() => {
    if (!isHeld && !isAwaited) store.takeRates(told?.sockets ?? []);
  }, [told, isHeld, isAwaited]);
  useEffect(() => () => store.takeRates([]), []);
  return told;
}

/** The same question that is answered with rows. */
function questionOf({ filter = "", protocol = USUAL_PROTOCOL }: Ask): string | undefined {
  if (!hasTraffic(protocol)) return undefined;
  const asked = new URLSearchParams({ protocol, limit: String(MOST), fields: FIELDS });
  if (filter !== "") asked.set("filter", filter);
  return `/sockets?${asked}`;
}
