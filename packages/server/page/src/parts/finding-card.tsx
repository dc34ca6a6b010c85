import type { JSX } from "preact";
import type { Evidence, Finding, FindingLimit } from "procnet/live";
import { ageText, countText, escapeText, fullAt, perSecondText } from "procnet/view";
import { placeOf } from "../state/location.ts";
import { aboutText, findingKey, subjectPlaces } from "./finding-places.ts";
import { HolderList } from "./holder-list.tsx";
import { PlaceLink } from "./place-link.tsx";
import { SeverityWord } from "./severity.tsx";

/** All of a finding: what is the case, the numbers it rests on, whose it is, and what would help. */
export function FindingCard({ finding }: { readonly finding: Finding }): JSX.Element {
  const { id, severity, summary, help, since, window, evidence, owners } = finding;
  const places = subjectPlaces(finding);
  return (
    <article class={`finding on-${severity}`} aria-label={`${severity} ${id}`}>
      <h2>
        <SeverityWord of={severity} /> {id} <span class="mono">{aboutText(finding)}</span>
      </h2>
      <p>{escapeText(summary)}</p>
      <p>
        <strong>What to do</strong> {escapeText(help)}
      </p>
      <EvidenceTable finding={finding} />
      {owners.length > 0 && (
        <div class="whose">
          <span class="dim">Whose</span> <HolderList holders={owners} />
        </div>
      )}
      <p class="links">
        <PlaceLink to={placeOf("health", { open: findingKey(finding) })}>What it means</PlaceLink>
        {places.map(({ name, to }) => (
          <PlaceLink key={name} to={to}>
            {name}
          </PlaceLink>
        ))}
        <span class="dim">
          since {clockText(since)}
          {window > 0 && evidence.some(({ delta }) => delta !== undefined) && `, over ${ageText(window)}`}
        </span>
      </p>
    </article>
  );
}

function clockText(since: string): string {
  const at = new Date(since);
  return Number.isNaN(at.getTime()) ? since : at.toLocaleString("sv");
}

/** A queue of a listener is full at its backlog and one; where that was not learnt, all that is known is what it cannot exceed. */
function limitName({ name, scope }: FindingLimit): string {
  if (scope === "listener") return `full at (${name} and one)`;
  return name === "net.core.somaxconn" ? `limit not known, at most (${name})` : `limit ${name}`;
}

/** The numbers, with the files they were read from, and what they are held against. */
function EvidenceTable({ finding: { evidence, limit } }: { readonly finding: Finding }): JSX.Element | null {
  if (evidence.length === 0 && limit === undefined) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is scrolled must be reached by the keyboard
    // biome-ignore lint/a11y/useSemanticElements: no fields are in it
    <div class="small-table" role="group" tabIndex={0} aria-label="Evidence">
      <table>
        <thead>
          <tr>
            <th scope="col">EVIDENCE</th>
            <th scope="col" class="right">
              BEFORE
            </th>
            <th scope="col" class="right">
              NOW
            </th>
            <th scope="col" class="right">
              GREW BY
            </th>
            <th scope="col">FILE</th>
          </tr>
        </thead>
        <tbody>
          {evidence.map((one) => (
            <EvidenceRow key={`${one.file} ${one.name}`} one={one} />
          ))}
          {limit !== undefined && (
            <tr>
              <th scope="row">{escapeText(limitName(limit))}</th>
              <td class="right">-</td>
              <td class="right">{countText(limit.scope === "listener" ? fullAt(limit.value) : limit.value)}</td>
              <td class="right">-</td>
              <td>{escapeText(limit.file)}</td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

function EvidenceRow({ one }: { readonly one: Evidence }): JSX.Element {
  const { name, file, value, before, delta, perSecond, unit } = one;
  const grown =
    delta === undefined ? "-" : `${countText(delta)}${perSecond === undefined ? "" : ` (${perSecondText(perSecond)})`}`;
  return (
    <tr>
      <th scope="row">{escapeText(name)}</th>
      <td class="right">{before === undefined ? "-" : valueText(before, unit)}</td>
      <td class="right">{valueText(value, unit)}</td>
      <td class="right">{grown}</td>
      <td>{escapeText(file)}</td>
    </tr>
  );
}

function valueText(value: number, unit: Evidence["unit"]): string {
  return unit === undefined || unit === "ratio" ? countText(value) : `${countText(value)} ${unit}`;
}
