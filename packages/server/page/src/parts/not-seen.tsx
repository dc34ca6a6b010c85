import type { JSX } from "preact";
import { countText, escapeText, ROOT_NEEDS } from "procnet/view";
import { type Counts, useCounts } from "../state/counts.ts";

/** What this page cannot see, where people look for it: below whatever is shown. */
export function NotSeen(): JSX.Element {
  const counts = useCounts();
  const said = counts === undefined ? [] : [missedText, hiddenText, skippedText, bytesText].map((text) => text(counts));
  return (
    <footer class="not-seen">
      <strong>Not seen here:</strong> {said.filter((one) => one !== undefined).join(" · ")}
    </footer>
  );
}

function missedText({ missed }: Counts): string {
  const always = "connections that come and go between two looks";
  if (missed === undefined) return always;
  const { connections, unknownNamespaces: unknown } = missed;
  const namespaces = `${countText(unknown)} network namespace${unknown === 1 ? "" : "s"}`;
  if (connections === undefined) return `${always} (how many is not known)`;
  return `${always} (${countText(connections)} since the look before${unknown === 0 ? "" : `, not known of ${namespaces}`})`;
}

function hiddenText({ hiddenOwners, rights, expose }: Counts): string | undefined {
  if (hiddenOwners === 0)
    return expose === "minimal"
      ? "process ids and whole addresses, which this server keeps to itself (--expose)"
      : undefined;
  return `owners of ${countText(hiddenOwners)} sockets, which this server may not see${rights.allProcesses ? "" : helpFor(rights)}`;
}

function helpFor({ uid }: Counts["rights"]): string {
  if (uid === 0) return `: root needs ${ROOT_NEEDS}`;
  return ": it would see them as root, or with CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH";
}

function skippedText({ skipped, skippedInAll }: Counts): string | undefined {
  const [first] = skipped;
  if (first === undefined) return undefined;
  const more = (skippedInAll ?? skipped.length) - 1;
  return `${escapeText(first.message)}${more > 0 ? ` and ${countText(more)} more` : ""}`;
}

function bytesText({ traffic }: Counts): string {
  if (traffic.told) return "bytes of UDP, which the kernel counts for no socket";
  return "bytes of connections, which procfs does not tell: the view Traffic says what it takes";
}
