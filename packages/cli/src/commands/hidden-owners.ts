import type { OwnerlessReason, Socket, SocketsResult } from "procnet";
import { hasHiddenOwner } from "./socket-columns.ts";

/** What each reason is called, and what helps. */
const HELP: Readonly<Partial<Record<OwnerlessReason, readonly [what: string, help: string]>>> = {
  "no-permission": [
    "belong to processes that you may not look into",
    "root sees them (sudo procnet ...), or the capabilities CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH",
  ],
  hidepid: ["belong to processes that procfs hides", "root sees them, or a procfs mounted without hidepid"],
  "other-namespace": [
    "may belong to processes outside of this container",
    "the host sees them, or a container with the host's processes (--pid=host)",
  ],
  exited: ["belong to processes that ended while they were looked for", "ask again"],
  budget: ["were not looked for to the end", "ask again"],
};

/** Root without these, as in most containers, or faced with a process that has more. */
const ROOT_HELP =
  "root needs the capabilities CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH too (docker run --cap-add SYS_PTRACE)";

/** One line that says how many owners are hidden, and how to see them; none when all are known. */
export function hiddenOwnersNote(
  sockets: readonly Socket[],
  result: Pick<SocketsResult, "owners" | "rights">,
): string[] {
  if (result.owners === false) return [];
  const hidden = sockets.filter(hasHiddenOwner);
  if (hidden.length === 0) return [];
  const counts = new Map<OwnerlessReason, number>();
  for (const { ownerless } of hidden) counts.set(ownerless!, (counts.get(ownerless!) ?? 0) + 1);
  const [[most]] = [...counts].sort(([, a], [, b]) => b - a) as [[OwnerlessReason, number]];
  const [what, help] = helpFor(most, result.rights.uid === 0);
  return [`the owners of ${hidden.length} of ${sockets.length} sockets are hidden: they ${what}; ${help}`];
}

/** What a reason means and what helps against it. */
export function helpFor(
  reason: OwnerlessReason,
  isRoot: boolean = process.geteuid?.() === 0,
): readonly [string, string] {
  if (reason === "no-permission" && isRoot) return [HELP[reason]![0], ROOT_HELP];
  return HELP[reason] ?? ["have none", "no process holds them"];
}
