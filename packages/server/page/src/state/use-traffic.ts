import { useEffect, useMemo, useState } from "preact/hooks";
import type { TrafficRow } from "procnet/view";
import { askFor } from "./ask.ts";
import { feed } from "./data.ts";
import { useSignal } from "./signal.ts";

/** What the server tells of traffic. */
export interface TrafficDocument {
  readonly takenAt: string;
  readonly traffic: readonly TrafficRow[];
  readonly lost: number;
  readonly isOverrun: boolean;
  readonly notes: readonly string[];
  readonly totals?: { readonly udpDatagramsOut: number; readonly udpDatagramsIn: number } & Readonly<
    Record<"interfaceBytesOut" | "interfaceBytesIn" | "tcpOpened" | "tcpRetransmitted", number>
  >;
}

/** What was told last, and why nothing was told since. */
export interface TrafficTold {
  /** What was asked: `by=program`. */
  readonly asked: string | undefined;
  readonly told: TrafficDocument | undefined;
  readonly why: string | undefined;
}

/** Milliseconds from an answer to the next question: the server looks once a second. */
const AGAIN = 1000;
const AGAIN_REFUSED = 10_000;

/** Why the server does not tell it to who asks beside something else: until the page is loaded anew. */
let refusal: string | undefined;

/**
 * Asks again and again as long as it is shown and the page is seen: the server asks the kernel only then. Nothing is asked for `undefined`.
 * Beside something else it is asked while that comes, and not again where the server
 * refuses: what it said before is then too old to stand there.
 */
export function useTraffic(asked: string | undefined, isBeside = false): TrafficTold {
  const isPaused = (useSignal(feed.link).state !== "live" || refusal !== undefined) && isBeside;
  const [known, setKnown] = useState<TrafficTold>({ asked, told: undefined, why: undefined });
  useEffect(() => {
    if (asked === undefined || isPaused) return;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const ask = async (): Promise<void> => {
      let pause = AGAIN;
      try {
        if (!document.hidden) {
          const told = await askFor<TrafficDocument>(`/api/v1/traffic?${asked}`, abort.signal);
          if (!abort.signal.aborted) setKnown({ asked, told, why: undefined });
        }
      } catch (error) {
        pause = AGAIN_REFUSED;
        const why = error instanceof Error ? error.message : String(error);
        if (!abort.signal.aborted)
          setKnown((before) => ({ asked, told: before.asked === asked && !isBeside ? before.told : undefined, why }));
        if (isBeside) {
          // One that does not answer at all is asked again when the page is connected again.
          if (!abort.signal.aborted && !(error instanceof TypeError)) refusal = why;
          return;
        }
      }
      if (!abort.signal.aborted) timer = setTimeout(ask, pause);
    };
    void ask();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [asked, isPaused]);
  const nothing = useMemo(() => ({ asked, told: undefined, why: isBeside ? refusal : undefined }), [asked]);
  return known.asked === asked ? known : nothing;
}
