import { type ComponentChildren, Fragment, type JSX } from "preact";
import type { CounterExplanation, Finding, FindingExplanation } from "procnet/live";
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
                "Starts again at 0 after",
                type === "gauge"
                  ? undefined
                  : bits === "word"
                    ? "2^32 or 2^64, as the kernel is of 32 or 64 bits"
                    : `2^${bits}`,
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

/** Fields of which the newest are at hand: what was told when the explanation was asked for is older. */
const OF_NOW = ["summary", "severity", "since", "evidence", "limit", "owners"];

/** What a finding means, when it is one, and who says so; of one that was found, what is the case now. */
export function FindingExplained({
  id,
  found,
}: {
  readonly id: string;
  readonly found?: Finding | undefined;
}): JSX.Element {
  return (
    <AskedExplanation<FindingExplanation>
      kind="finding"
      name={id}
      show={({ facts, sources, unknown }) => (
        <>
          {found !== undefined && <p>{sentence(escapeText(found.summary))}</p>}
          {facts
            .filter(({ fields }) => !fields.some((field) => field === "sources" || OF_NOW.includes(field)))
            .map(({ statement, fields }) => (
              <Fragment key={statement}>
                {fields.includes("help") && <h3>What to do</h3>}
                <p>{escapeText(statement)}</p>
              </Fragment>
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
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;
}
