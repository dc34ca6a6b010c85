import type { JSX } from "preact";
import type { Finding } from "procnet/live";
import { escapeText, type RowFinding } from "procnet/view";
import { placeOf } from "../state/location.ts";
import { useDocument } from "../state/use-document.ts";
import { aboutText, findingKey } from "./finding-places.ts";
import { PlaceLink } from "./place-link.tsx";
import { SeverityWord } from "./severity.tsx";

interface AboutFindingsProps {
  readonly findings: readonly RowFinding[];
  /** Whether a finding is about the row, of those of the same id. */
  readonly isAbout: (finding: Finding) => boolean;
}

/** What is wrong with a row, and what would help. */
export function AboutFindings({ findings, isAbout }: AboutFindingsProps): JSX.Element | null {
  const health = useDocument("health");
  if (findings.length === 0) return null;
  const ids = new Set(findings.map(({ id }) => id));
  const known = (health?.findings ?? []).filter((one) => ids.has(one.id) && isAbout(one));
  const others = findings.filter(({ id }) => !known.some((one) => one.id === id));
  return (
    <section aria-label="What is wrong">
      <h3>What is wrong</h3>
      {known.map((finding) => (
        <div key={findingKey(finding)} class="about">
          <SeverityWord of={finding.severity} />{" "}
          <PlaceLink to={placeOf("health", { open: findingKey(finding) })}>{finding.id}</PlaceLink>{" "}
          <span class="mono dim">{aboutText(finding)}</span>
          <p>{escapeText(finding.summary)}</p>
          <p class="dim">
            <strong>What to do</strong> {escapeText(finding.help)}
          </p>
        </div>
      ))}
      {others.map(({ id, severity }) => (
        <div key={id} class="about">
          <SeverityWord of={severity} /> <PlaceLink to={placeOf("health")}>{id}</PlaceLink>
        </div>
      ))}
    </section>
  );
}
