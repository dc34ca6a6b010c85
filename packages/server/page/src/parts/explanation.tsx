import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Explanation as Explained } from "procnet/live";
import { escapeText } from "procnet/view";
import { askFor } from "../state/ask.ts";

interface Answer {
  readonly explanations: readonly Explained[];
}

const TURN = {
  us: "It is this side's turn.",
  peer: "It is the other side's turn.",
  kernel: "The kernel does it by itself.",
  nobody: "It is nobody's turn.",
} as const;

/** What the server says at a path below `/api/v1/explain/`; asked once, when it is shown. */
export function Explanation({ path }: { readonly path: string }): JSX.Element {
  const [answer, setAnswer] = useState<Answer | Error>();
  useEffect(() => {
    const abort = new AbortController();
    setAnswer(undefined);
    askFor<Answer>(path, abort.signal).then(setAnswer, (error: unknown) => {
      if (!abort.signal.aborted) setAnswer(error instanceof Error ? error : new Error("it could not be asked"));
    });
    return () => abort.abort();
  }, [path]);
  if (answer === undefined) return <p class="dim">asking …</p>;
  if (answer instanceof Error) return <p>▲ It could not be explained: {escapeText(answer.message)}.</p>;
  return (
    <>
      {answer.explanations.map((one, index) => (
        <One key={`${index} ${one.subject}`} explained={one} />
      ))}
    </>
  );
}

function One({ explained }: { readonly explained: Explained }): JSX.Element {
  const { facts, waitingFor, actor, unknown } = explained;
  return (
    <>
      <ul>
        {facts.map(({ statement }) => (
          <li key={statement}>{escapeText(statement)}</li>
        ))}
      </ul>
      {waitingFor !== undefined && (
        <p>
          <strong>Waits for</strong> {escapeText(waitingFor)}. {TURN[actor]}
        </p>
      )}
      {unknown.length > 0 && (
        <>
          <h3>Not known</h3>
          <ul>
            {unknown.map(({ what, where }) => (
              <li key={what}>{escapeText(where === undefined ? what : `${what} (${where})`)}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
