import type { Actor, Explanation, SocketExplanation } from "procnet";
import { safe } from "../../text/safe.ts";
import { wrapped } from "../../text/wrap.ts";

const INDENT = "  ";

const TURNS: Readonly<Record<Actor, string>> = {
  us: "this side's turn",
  peer: "the other side's turn",
  kernel: "the kernel does it by itself",
  nobody: "nothing is waited for",
};

/** The order in which people want to know. */
const ORDER: readonly Actor[] = ["us", "peer", "kernel", "nobody"];

/** One explanation in paragraphs. */
export function explanationLines(found: Explanation, columns: number | undefined): string[] {
  return [safe(found.subject), ...bodyLines(found, columns)];
}

function bodyLines({ facts, waitingFor, actor, unknown }: Explanation, columns: number | undefined): string[] {
  const proven = facts.map(({ statement, fields }) =>
    fields.includes("help") ? `What to do: ${statement}` : statement,
  );
  const waits = waitingFor === undefined ? [] : [`-> waits for ${waitingFor}: ${TURNS[actor]}`];
  const untold = unknown.map(({ what, where }) => `?  ${what}${where === undefined ? "" : ` (${where})`}`);
  const room = columns === undefined ? undefined : Math.max(30, columns - INDENT.length);
  return [...proven, ...waits, ...untold].flatMap((text) => wrapped(safe(text), room)).map((line) => INDENT + line);
}

/** Several sockets, by what they wait for: whose turn it is here first. Of those that wait for nothing the names are enough. */
export function groupedLines(found: readonly SocketExplanation[], columns: number | undefined): string[] {
  const groups = new Map<string, SocketExplanation[]>();
  const ordered = [...found].sort((a, b) => ORDER.indexOf(a.actor) - ORDER.indexOf(b.actor));
  for (const one of ordered) {
    const title = one.waitingFor === undefined ? TURNS[one.actor] : `waits for ${one.waitingFor}: ${TURNS[one.actor]}`;
    const group = groups.get(title);
    if (group === undefined) groups.set(title, [one]);
    else group.push(one);
  }
  return [...groups].flatMap(([title, all], at) => [
    ...(at === 0 ? [] : [""]),
    `${title} (${all.length})`,
    ...all.flatMap((one) => (one.actor === "nobody" ? [INDENT + safe(one.subject)] : inGroup(one, columns))),
  ]);
}

function inGroup(one: SocketExplanation, columns: number | undefined): string[] {
  const facts = one.facts.map(({ statement }) => statement).join(" ");
  const room = columns === undefined ? undefined : Math.max(30, columns - 2 * INDENT.length);
  return [INDENT + safe(one.subject), ...wrapped(safe(facts), room).map((line) => INDENT + INDENT + line)];
}
