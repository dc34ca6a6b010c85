import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ageText, escapeText } from "procnet/view";
import { feed } from "../state/data.ts";
import type { Heard, Link } from "../state/feed.ts";
import { useSignal } from "../state/signal.ts";

/** Intervals after which data is old. */
const STALE_AFTER = 3;

/** How old data is that is too old, milliseconds; `undefined` while it is as new as can be. */
function staleFor(heard: Heard | undefined, link: Link, now: number): number | undefined {
  if (heard === undefined) return undefined;
  const age = now - heard.at;
  const isOld = age > STALE_AFTER * heard.every;
  return isOld || link.state === "disconnected" ? age : undefined;
}

/** The time, each second; as it was while nobody needs it. */
export function useNow(isNeeded = true): number {
  const [now, setNow] = useState(performance.now());
  useEffect(() => {
    if (!isNeeded) return;
    setNow(performance.now());
    const timer = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(timer);
  }, [isNeeded]);
  return now;
}

/** Whether data is old; who asks is drawn again only when that changes. */
export function useIsOld(): boolean {
  const [isOld, setOld] = useState(false);
  useEffect(() => {
    const look = (): void => setOld(staleFor(feed.heard.value, feed.link.value, performance.now()) !== undefined);
    const timer = setInterval(look, 1000);
    const stop = feed.link.watch(look);
    return () => {
      clearInterval(timer);
      stop();
    };
  }, []);
  return isOld;
}

/** How the page stands with the server, in a word. */
export function LinkState(): JSX.Element {
  const now = useNow();
  const link = useSignal(feed.link);
  const heard = useSignal(feed.heard);
  const stale = staleFor(heard, link, now);
  const state = link.state === "live" && stale !== undefined ? "stale" : link.state;
  return (
    <span class="link" data-state={state}>
      {textOf(link, stale, now)}
    </span>
  );
}

function textOf(link: Link, stale: number | undefined, now: number): string {
  switch (link.state) {
    case "connecting":
      return "connecting …";
    case "live":
      return stale === undefined ? "● live" : `▲ nothing new for ${ageText(stale)}`;
    case "hidden":
      return "paused while hidden";
    case "disconnected": {
      const left = Math.max(0, Math.ceil((link.retryAt - now) / 1000));
      const age = stale === undefined ? "" : `, data of ${ageText(stale)} ago`;
      return `▲ disconnected: ${escapeText(link.why)}${age}; next try in ${left}s`;
    }
    case "unauthorised":
      return "a token is needed";
    case "refused":
      return "▲ refused";
  }
}
