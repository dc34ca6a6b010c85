import { type Finding, localPortUse } from "procnet";
import {
  evidenceText,
  type GroupContext,
  limitText,
  ownersText,
  type RowFinding,
  severitySign,
  subjectText,
} from "procnet/view";
import { safe } from "../../text/safe.ts";
import { wrapped } from "../../text/wrap.ts";
import type { Asked } from "../table/view.ts";

/** What is known of groups of sockets besides. */
export function contextOf({ picture }: Asked): GroupContext {
  const { health, sample, limits } = picture;
  return { findings: health?.findings, processes: sample?.processes, namespace: sample?.namespace, limits };
}

/** The same with the local ports that connections take, which is counted when it is asked for. */
export function portContextOf(asked: Asked): GroupContext {
  const { sample, limits } = asked.picture;
  const portUse = sample?.sockets && limits && localPortUse(sample, limits);
  return { ...contextOf(asked), portUse };
}

const INDENT = "  ";

/** The findings about a row, with what they rest on and what would help. */
export function findingLines(about: readonly RowFinding[], { picture }: Asked, columns: number): string[] {
  const ids = new Set(about.map(({ id }) => id));
  const all = picture.health?.findings.filter(({ id }) => ids.has(id)) ?? [];
  return all.flatMap((finding) => ["", ...paragraph(finding, columns)]);
}

/** A finding, with what it rests on and what would help. */
export function paragraph(finding: Finding, columns: number): string[] {
  const { severity, id, subject, summary, evidence, limit, help } = finding;
  const owners = ownersText(finding);
  const numbers = [...evidence.map(evidenceText), ...(limit ? [limitText(limit)] : [])].join("; ");
  const room = Math.max(20, columns - INDENT.length);
  return [
    `${severitySign(severity)} ${severity}  ${id}  ${safe(subjectText(subject))}`,
    ...[summary, ...(owners === "" ? [] : [`Whose: ${owners}`]), numbers, `What to do: ${help}`]
      .flatMap((text) => wrapped(safe(text), room))
      .map((line) => INDENT + line),
  ];
}
