import type { Finding, Health } from "procnet";
import { evidenceText, limitText, otherOwnersText, subjectText } from "procnet/view";
import { safe } from "../text/safe.ts";
import { wrapped } from "../text/wrap.ts";

/**
 * A finding a paragraph, then what was in order, and what could not be judged.
 *
 * @param here number of the network namespace that is looked at unless another is asked for
 */
export function healthLines(
  { findings, ok, unknown }: Health,
  columns: number | undefined,
  here?: number | undefined,
): string[] {
  const room = columns === undefined ? undefined : Math.max(30, columns - INDENT.length);
  const lines = findings.flatMap((finding) => paragraph(finding, room, here));
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

function paragraph(finding: Finding, room: number | undefined, here: number | undefined): string[] {
  const { severity, id, subject, summary, evidence, limit, help } = finding;
  const owners = otherOwnersText(finding);
  const head = [
    severity.padEnd(INDENT.length - 1),
    id,
    " ",
    safe(subjectText(subject, here)),
    ...(owners === "" ? [] : [" ", safe(owners)]),
  ];
  const numbers = [...evidence.map(evidenceText), ...(limit ? [limitText(limit)] : [])];
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
