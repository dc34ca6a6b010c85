import type { JSX } from "preact";
import type { UnknownFinding, UnknownReason } from "procnet/live";
import { countText, escapeText } from "procnet/view";
import { placeOf } from "../state/location.ts";
import { PlaceLink } from "./place-link.tsx";

/** Why something was not judged, for people. */
const WHY: ReadonlyMap<UnknownReason, string> = new Map([
  ["no-right", "This server has no right to see it"],
  ["no-file", "The file or counter that would tell is not on this machine"],
  ["no-limit", "The limit is not known"],
  ["not-looked", "Nobody looked"],
  ["first-sample", "There was one look only so far"],
  ["reset", "A counter began anew"],
  ["window-too-short", "It was not watched for long enough yet"],
  ["too-little", "Too little happened to tell"],
]);

/** What could not be judged, by the reason. */
export function NotJudged({ unknown }: { readonly unknown: readonly UnknownFinding[] }): JSX.Element | null {
  if (unknown.length === 0) return null;
  return (
    <section aria-labelledby="not-judged">
      <h2 id="not-judged">
        <span aria-hidden="true">?</span> Could not be judged <span class="dim">{countText(unknown.length)}</span>
      </h2>
      {byReason(unknown).map(([reason, some]) => (
        <div key={reason} class="reason">
          <h3>
            {WHY.get(reason) ?? reason} <span class="dim">{countText(some.length)}</span>
          </h3>
          <ul>
            {some.map(({ id, message }) => (
              <li key={`${id} ${message}`}>
                <PlaceLink to={placeOf("health", { open: id })}>{id}</PlaceLink>
                {message !== reason && <span class="dim"> {escapeText(message)}</span>}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

/** In the order of the reasons above: what somebody can do something about comes first. */
export function byReason(
  unknown: readonly UnknownFinding[],
): readonly (readonly [UnknownReason, readonly UnknownFinding[]])[] {
  const reasons = new Map<UnknownReason, UnknownFinding[]>([...WHY.keys()].map((reason) => [reason, []]));
  for (const one of unknown) {
    const some = reasons.get(one.reason);
    if (some === undefined) reasons.set(one.reason, [one]);
    else some.push(one);
  }
  return [...reasons].filter(([, some]) => some.length > 0);
}
