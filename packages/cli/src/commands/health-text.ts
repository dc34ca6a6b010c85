import type { Evidence, Finding, Health, Subject } from "procnet";
import { containerText, endpointText } from "procnet/view";
import { safe } from "../text/safe.ts";
import { wrapped } from "../text/wrap.ts";

/*
 * What a finding is in words: for tables, and for people.
 */

/** What a finding is about. */
export function subjectText(subject: Subject): string {
  switch (subject.kind) {
    case "machine":
      return "machine";
    case "namespace":
      return subject.namespace === undefined ? "network namespace" : `net:[${subject.namespace}]`;
    case "cpu":
      return `CPU ${subject.cpu}`;
    case "interface":
      return subject.interface;
    case "listener":
      return `${subject.protocol} ${endpointText(subject.address, subject.port)}`;
    case "unix-listener":
      return subject.path;
    case "process":
      return `${subject.program}[${subject.pid}]`;
    case "destination":
      return `to ${subject.port === undefined ? subject.address : endpointText(subject.address, subject.port)}`;
    case "socket":
      return `${subject.protocol} ${subject.local}${subject.remote === "" ? "" : ` - ${subject.remote}`}`;
    case "table":
      return subject.table;
  }
}

/** Who holds what it is about, the first few of them. */
export function ownersText({ owners }: Finding): string {
  const shown = owners.slice(0, MOST).map(({ pid, program, container }) => {
    const where = container === undefined ? "" : ` in ${containerText(container)}`;
    return `${program}[${pid}]${where}`;
  });
  return [...shown, ...(owners.length > MOST ? [`and ${owners.length - MOST} more`] : [])].join(", ");
}

const MOST = 3;

/** A number that a finding rests on: what it is, or what it grew by. */
export function evidenceText({ name, value, delta, perSecond, unit }: Evidence): string {
  if (delta === undefined || perSecond === undefined)
    return `${name} ${numberText(value)}${unit === undefined ? "" : ` ${unit}`}`;
  return `${name} +${numberText(delta)} (${numberText(perSecond)}/s)`;
}

/** A number as people read it: whole, or with three digits. */
function numberText(value: number): string {
  const isWhole = Number.isInteger(value) || Math.abs(value) >= 100;
  return isWhole ? Math.round(value).toLocaleString("en") : value.toPrecision(3);
}

/** A finding a paragraph, then what was in order, and what could not be judged. */
export function healthLines({ findings, ok, unknown }: Health, columns: number | undefined): string[] {
  const room = columns === undefined ? undefined : Math.max(30, columns - INDENT.length);
  const lines = findings.flatMap((finding) => paragraph(finding, room));
  if (findings.length === 0)
    lines.push(ok.length > 0 ? "Nothing is wrong that could be judged." : "Nothing could be judged.");
  lines.push(
    "",
    `In order: ${ok.length} of ${ok.length + new Set([...findings, ...unknown].map(({ id }) => id)).size} kinds of findings.`,
  );
  if (unknown.length > 0) {
    lines.push("Not judged:");
    for (const [message, ids] of byMessage(unknown)) lines.push(...block(`${ids.join(", ")}: ${safe(message)}`, room));
  }
  return lines;
}

/** What one reason keeps from being judged: where no table could be read, all have the same. */
function byMessage(unknown: Health["unknown"]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { id, message } of unknown) found.set(message, [...(found.get(message) ?? []), id]);
  return found;
}

const INDENT = "      ";

function paragraph(finding: Finding, room: number | undefined): string[] {
  const { severity, id, subject, summary, evidence, limit, help } = finding;
  const owners = ownersText(finding);
  const head = [
    severity.padEnd(INDENT.length - 1),
    id,
    " ",
    safe(subjectText(subject)),
    ...(owners === "" ? [] : [" ", safe(owners)]),
  ];
  const numbers = [...evidence.map(evidenceText), ...(limit ? [`limit ${limit.name} ${numberText(limit.value)}`] : [])];
  return [
    head.join(" "),
    ...block(safe(summary), room),
    ...block(safe(numbers.join("; ")), room),
    ...block(`-> ${safe(help)}`, room),
  ];
}

function block(text: string, room: number | undefined): string[] {
  return wrapped(text, room).map((line) => INDENT + line);
}
