import type { ComponentChildren, JSX } from "preact";
import type { CounterExplanation, FindingExplanation } from "procnet/live";
import { escapeText } from "procnet/view";
import { placeOf } from "../state/location.ts";
import { useAsked } from "../state/use-asked.ts";
import { Facts } from "./facts.tsx";
import { PlaceLink } from "./place-link.tsx";

interface ExplainDocument<Explanation> {
  readonly explanations: readonly Explanation[];
}

interface AskedExplanationProps<Explanation> {
  readonly kind: "counter" | "finding";
  readonly name: string;
  readonly show: (explanation: Explanation) => ComponentChildren;
}

function AskedExplanation<Explanation>({ kind, name, show }: AskedExplanationProps<Explanation>): JSX.Element {
  const asked = useAsked<ExplainDocument<Explanation>>(`/api/v1/explain/${kind}/${encodeURIComponent(name)}`);
  switch (asked.state) {
    case "asking":
      return <p class="dim">What it means is being asked for …</p>;
    case "failed":
      return <p class="notice">There is no explanation: {escapeText(asked.why)}.</p>;
    case "answered": {
      const [first] = asked.answer.explanations;
      return <>{first === undefined ? <p class="notice">There is no explanation.</p> : show(first)}</>;
    }
  }
}

/** What a counter means, where it stands in the kernel, and what looks at it. */
export function CounterExplained({ name }: { readonly name: string }): JSX.Element {
  return (
    <AskedExplanation<CounterExplanation>
      kind="counter"
      name={name}
      show={({ meaning, type, scope, bits, since, source, rfc, finding }) => (
        <>
          <p>{sentence(meaning)}</p>
          <Facts
            of={[
              ["Counts", type === "gauge" ? "a number of now" : "since boot"],
              ["Reaches", scope === "machine" ? "the whole machine" : "its network namespace"],
              [
                "Begins anew after",
                type === "gauge" ? undefined : bits === "word" ? "32 or 64 bits, as the kernel has" : `${bits} bits`,
              ],
              ["In the kernel", source],
              ["Since Linux", since],
              ["RFC", rfc],
              ["Looked at by", finding && <PlaceLink to={placeOf("health", { open: finding })}>{finding}</PlaceLink>],
            ]}
          />
        </>
      )}
    />
  );
}

/** What a finding means, when it is one, and who says so. */
export function FindingExplained({ id }: { readonly id: string }): JSX.Element {
  return (
    <AskedExplanation<FindingExplanation>
      kind="finding"
      name={id}
      show={({ facts, sources, unknown }) => (
        <>
          {facts
            .filter(({ fields }) => !fields.includes("sources"))
            .map(({ statement }) => (
              <p key={statement}>{escapeText(statement)}</p>
            ))}
          <NotTold unknown={unknown} />
          {sources.length > 0 && (
            <>
              <h3>Sources</h3>
              <ul class="sources">
                {sources.map((source) => (
                  <li key={source}>{source}</li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
    />
  );
}

function NotTold({ unknown }: Pick<FindingExplanation, "unknown">): JSX.Element | null {
  if (unknown.length === 0) return null;
  return (
    <>
      <h3>What cannot be told</h3>
      <ul class="sources">
        {unknown.map(({ what, where }) => (
          <li key={what}>
            {escapeText(what)}
            {where !== undefined && <span class="dim"> ({escapeText(where)})</span>}
          </li>
        ))}
      </ul>
    </>
  );
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
