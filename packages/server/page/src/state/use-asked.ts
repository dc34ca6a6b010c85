import { useEffect, useState } from "preact/hooks";
import { askFor } from "./ask.ts";

/** What became of a question. */
export type Asked<Answer> =
  | { readonly state: "asking" }
  | { readonly state: "answered"; readonly answer: Answer }
  | { readonly state: "failed"; readonly why: string };

const ASKING = { state: "asking" } as const;

/** Asks the server once for a document; again with another path. */
export function useAsked<Answer>(path: string): Asked<Answer> {
  const [known, setKnown] = useState<{ readonly path: string; readonly asked: Asked<Answer> }>();
  useEffect(() => {
    const abort = new AbortController();
    const tell = (asked: Asked<Answer>): void => {
      if (!abort.signal.aborted) setKnown({ path, asked });
    };
    askFor<Answer>(path, abort.signal).then(
      (answer) => tell({ state: "answered", answer }),
      (error: unknown) => tell({ state: "failed", why: error instanceof Error ? error.message : String(error) }),
    );
    return () => abort.abort();
  }, [path]);
  return known?.path === path ? known.asked : ASKING;
}
