import type { JSX } from "preact";
import type { Finding } from "procnet/live";
import { countText, escapeText, otherOwnersText } from "procnet/view";
import type { HealthDocument } from "../state/documents.ts";
import { placeOf } from "../state/location.ts";
import { aboutText, findingKey, subjectPlaces } from "./finding-places.ts";
import { PlaceLink } from "./place-link.tsx";
import { SeverityWord } from "./severity.tsx";

/** Findings that are shown before a link leads to all. */
const MOST = 6;

/** What is wrong, the worst first; nothing is said of what was not judged but that it was not. */
export function Wrong({ health }: { readonly health: HealthDocument | undefined }): JSX.Element {
  const findings = health?.findings ?? [];
  return (
    <section class="wrong" aria-labelledby="wrong">
      <h2 id="wrong">What is wrong</h2>
      {health === undefined ? (
        <p class="dim">Not known yet: the first look is on its way.</p>
      ) : (
        <>
          {findings.length === 0 && <p>{nothingText(health)}</p>}
          <ul class="rows">
            {findings.slice(0, MOST).map((finding) => (
              <WrongRow key={findingKey(finding)} finding={finding} />
            ))}
          </ul>
          <p>
            {findings.length > MOST && (
              <>
                <PlaceLink to={placeOf("health")}>{countText(findings.length - MOST)} more</PlaceLink>{" "}
              </>
            )}
            <PlaceLink to={placeOf("health")}>{judgedText(health)}</PlaceLink>
          </p>
        </>
      )}
    </section>
  );
}

function WrongRow({ finding }: { readonly finding: Finding }): JSX.Element {
  const owners = otherOwnersText(finding);
  const [where] = subjectPlaces(finding);
  const subject = aboutText(finding);
  return (
    <li>
      <SeverityWord of={finding.severity} />
      <div class="what">
        <PlaceLink to={placeOf("health", { open: findingKey(finding) })}>{finding.id}</PlaceLink>{" "}
        <span class="mono">{where === undefined ? subject : <PlaceLink to={where.to}>{subject}</PlaceLink>}</span>
        {owners !== "" && <span class="mono dim"> {escapeText(owners)}</span>}
        <p>{escapeText(finding.summary)}</p>
      </div>
    </li>
  );
}

/** Nothing was found: how much that says depends on what could be judged. */
export function nothingText({ unknown, ok }: Pick<HealthDocument, "unknown" | "ok">): string {
  if (ok.length === 0) return "Nothing could be judged yet.";
  return unknown.length === 0 ? "Nothing is wrong." : "Nothing is wrong that could be judged.";
}

/** How much was judged. */
export function judgedText({ unknown, ok }: Pick<HealthDocument, "unknown" | "ok">): string {
  const order = `✔ ${countText(ok.length)} in order`;
  return unknown.length === 0 ? order : `${order}, ? ${countText(unknown.length)} could not be judged`;
}
