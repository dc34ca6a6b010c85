import type { JSX } from "preact";
import { countText } from "procnet/view";
import { useCounts } from "../state/counts.ts";
import type { ProcessesDocument } from "../state/documents.ts";

/** What of a socket without a holder is not nobody, but somebody who could not be seen. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ["no-permission", "no right to look"],
  ["hidepid", "processes of others are hidden"],
  ["other-namespace", "held from where this server cannot look"],
  ["exited", "ended while it was looked for"],
  ["budget", "too many to look at"],
]);

/** Why it is not known who holds a socket, as people say it. */
export function reasonText(reason: string): string {
  return REASONS.get(reason) ?? reason;
}

/** That there is no process with a socket; unless all can be seen, that none can be. */
export function useNoProcessText(): string {
  const seesAll = useCounts()?.rights.allProcesses ?? false;
  return seesAll ? "No process holds a socket." : "No process that holds a socket can be seen.";
}

/** How many sockets have a process that is not among those that are listed. */
export function HiddenOwners({ told }: { readonly told: ProcessesDocument | undefined }): JSX.Element | null {
  const hidden = (told?.ownerless ?? []).filter(({ reason }) => REASONS.has(reason));
  if (hidden.length === 0) return null;
  const parts = hidden.map(({ reason, sockets }) => `${countText(sockets)} (${reasonText(reason)})`);
  return <p class="note">Sockets whose process could not be seen: {parts.join(", ")}.</p>;
}
