import { useEffect, useState } from "preact/hooks";
import type { TrafficRow } from "procnet/view";
import { askFor } from "./ask.ts";

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
  readonly by: string;
  readonly told: TrafficDocument | undefined;
  readonly why: string | undefined;
}

/** Milliseconds from an answer to the next question: the server looks once a second. */
const AGAIN = 1000;
const AGAIN_REFUSED = 10_000;

/** Asks again and again as long as it is shown and the page is seen: the server asks the kernel only then. */
export function useTraffic(by: string): TrafficTold {
  const [known, setKnown] = useState<TrafficTold>({ by, told: undefined, why: undefined });
  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const ask = async (): Promise<void> => {
      let pause = AGAIN;
      try {
        if (!document.hidden) {
          const told = await askFor<TrafficDocument>(`/api/v1/traffic?by=${by}`, abort.signal);
          if (!abort.signal.aborted) setKnown({ by, told, why: undefined });
        }
      } catch (error) {
        pause = AGAIN_REFUSED;
        const why = error instanceof Error ? error.message : String(error);
        if (!abort.signal.aborted)
          setKnown((before) => ({ by, told: before.by === by ? before.told : undefined, why }));
      }
      if (!abort.signal.aborted) timer = setTimeout(ask, pause);
    };
    void ask();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [by]);
  return known.by === by ? known : { by, told: undefined, why: undefined };
}
