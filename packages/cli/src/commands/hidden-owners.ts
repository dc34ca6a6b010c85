import { baseProcFs, type Listener, type OwnerlessReason, type SocketsRest, type WhoListens } from "procnet";
import { endpointText, KEPT_FROM_ROOT } from "procnet/view";
import { lacking } from "./doctor/own.ts";
import { isCapture } from "./is-capture.ts";
import { kernelUse } from "./kernel-ports.ts";
import type { Tally } from "./tally.ts";

/** Who may hold a socket, and what helps. What cannot be seen is not known: it may be the kernel's own as well. */
const HELP: Readonly<Partial<Record<OwnerlessReason, readonly [who: string, help: string]>>> = {
  hidepid: ["processes that procfs hides", "root sees them, or a procfs mounted without hidepid"],
  "other-namespace": [
    "processes outside of this container",
    "the host sees them, or a container with the host's processes (--pid=host)",
  ],
  exited: ["processes that ended while they were looked for", "ask again"],
  gone: ["nobody any more: they were closed while one looked", "ask again"],
  budget: ["processes that were not looked at to the end", "ask again"],
};

/** The same for a captured tree: what its reader may do here changes nothing in what its maker saw. */
const HELP_IN_A_CAPTURE: typeof HELP = {
  "no-permission": [
    "processes whose descriptors the capture does not hold, or does not let you read",
    "one made by root mostly holds them all",
  ],
  hidepid: ["processes that procfs may have hidden from who made the capture", "one made by root holds them"],
};

/** What the reader may do. */
export interface Reader {
  /** Whether they read a captured tree, in which no right of theirs shows more. */
  readonly isOfCapture?: boolean;
  readonly isRoot: boolean;
  /** Capabilities by which root looks into processes, as far as the reader lacks them. */
  readonly lacks: readonly string[];
}

/** This process as a reader of that procfs, by what the kernel says of both. */
export function reader(root: string = baseProcFs().root): Reader {
  const isRoot = process.geteuid?.() === 0;
  return { isOfCapture: isCapture(root), isRoot, lacks: lacking() };
}

/** One line that says how many owners are hidden, and how to see them; none when all are known. */
export function hiddenOwnersNote(
  { sockets, hidden, reasons }: Tally,
  result: Pick<SocketsRest, "owners">,
  who: Reader = reader(),
): string[] {
  if (result.owners === false || hidden === 0) return [];
  const [[most]] = [...reasons].sort(([, a], [, b]) => b - a) as [[OwnerlessReason, number]];
  const [whose, help] = helpFor(most, who);
  const kernel = most === "gone" ? "" : ", or to the kernel itself";
  return [`the owners of ${hidden} of ${sockets} sockets are not known: they may belong to ${whose}${kernel}; ${help}`];
}

/** Who may hold what has no owner for this reason, and what helps against it. */
export function helpFor(reason: OwnerlessReason, who: Reader = reader()): readonly [string, string] {
  const captured = who.isOfCapture ? HELP_IN_A_CAPTURE[reason] : undefined;
  if (captured !== undefined) return captured;
  if (reason === "no-permission") return ["processes that you may not look into", rightsHelp(who)];
  return HELP[reason] ?? ["no process", "there is nobody to find"];
}

function rightsHelp({ isRoot, lacks }: Reader): string {
  const needed = `the ${lacks.length > 1 ? "capabilities" : "capability"} ${lacks.join(" and ")}`;
  if (lacks.length === 0) return `the rights for it are there, so ${KEPT_FROM_ROOT}`;
  if (!isRoot) return `root sees them (sudo procnet ...), or ${needed}`;
  const flags = lacks.map((name) => `--cap-add ${name.replace("CAP_", "")}`).join(" ");
  return `root needs ${needed} too (docker run ${flags})`;
}

/** What is missing of answers about ports: one line for each listener without an owner, the same ones once. */
export function missingNotes(answers: readonly WhoListens[], who: Reader = reader()): string[] {
  const listeners = answers.flatMap((answer): readonly Listener[] => answer.listeners);
  return [...new Set(listeners.filter(({ ownerless }) => ownerless !== undefined).map((one) => missingNote(one, who)))];
}

function missingNote({ protocol, localAddress, localPort, ownerless }: Listener, who: Reader): string {
  const use = kernelUse(protocol, localPort);
  const what = `${protocol} ${endpointText(localAddress, localPort)}`;
  const example = use === undefined ? "" : ` (${use} listen${/s$/.test(use) ? "" : "s"} on this port)`;
  if (ownerless === "kernel") return `no process was found to hold ${what}: it seems to be the kernel's own${example}`;
  if (ownerless === "gone") return `${what} was closed while its owner was looked for; ask again`;
  const [whose, help] = helpFor(ownerless!, who);
  return `the owner of ${what} is not known: it may belong to ${whose}, or to the kernel itself${example}; ${help}`;
}

/** Says when a further process may hold one of the listeners whose owners are known. */
export function unseenNote(answers: readonly WhoListens[], who: Reader = reader()): string[] {
  const reasons = new Set(answers.flatMap(({ reasons: some }) => some));
  return [...reasons]
    .filter((reason) => reason !== "kernel" && reason !== "gone")
    .map((reason) => {
      const [whose, help] = helpFor(reason, who);
      return `not all that may hold the port can be seen: others may be among ${whose}; ${help}`;
    });
}
