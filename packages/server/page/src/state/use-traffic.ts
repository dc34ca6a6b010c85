import { useEffect, useMemo, useState } from "preact/hooks";
import type { TrafficRow } from "procnet/view";
import { askFor } from "./ask.ts";
import { useCounts } from "./counts.ts";
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
export interface TrafficTold<Told = TrafficDocument> {
  /** What was asked: `?by=program`. */
  readonly asked: string | undefined;
  readonly told: Told | undefined;
  readonly why: string | undefined;
}

/** Milliseconds from an answer to the next question: the server looks once a second. Beside something else each answer draws that anew. */
const AGAIN = 1000;
const AGAIN_BESIDE = 2000;
const AGAIN_REFUSED = 10_000;

/**
 * Asks again and again as long as it is shown and the page is seen: the server asks the kernel only then. Nothing is asked for `undefined`,
 * nor of a server that has said that it tells no traffic.
 * Beside something else it is asked while that comes, and where there is no answer what was said before is too old to stand there.
 */
export function useTraffic<Told = TrafficDocument>(asked: string | undefined, isBeside = false): TrafficTold<Told> {
  const telling = useCounts()?.traffic;
  const isPaused = useSignal(feed.link).state !== "live" && isBeside;
  const [known, setKnown] = useState<TrafficTold<Told>>({ asked, told: undefined, why: undefined });
  useEffect(() => {
    if (asked === undefined || isPaused || !telling?.told) return;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const ask = async (): Promise<void> => {
      let pause = isBeside ? AGAIN_BESIDE : AGAIN;
      try {
        if (!document.hidden) {
          const told = await askFor<Told>(`/api/v1/traffic${asked}`, abort.signal);
          if (!abort.signal.aborted) setKnown({ asked, told, why: undefined });
        }
      } catch (error) {
        pause = AGAIN_REFUSED;
        const why = error instanceof Error ? error.message : String(error);
        if (!abort.signal.aborted)
          setKnown((before) => ({ asked, told: before.asked === asked && !isBeside ? before.told : undefined, why }));
      }
      if (!abort.signal.aborted) timer = setTimeout(ask, pause);
    };
    void ask();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [asked, isPaused, telling?.told]);
  const why = telling?.told === false ? telling.why : undefined;
  return useMemo(
    () => (why === undefined && known.asked === asked ? known : { asked, told: undefined, why }),
    [asked, known, why],
  );
}
