import { type Evidence, FINDINGS, type Finding, type FindingLimit, type Subject, type UnknownFinding } from "procnet";
import { networkOf } from "../network.ts";
import { type Expose, exposedOwner } from "./expose.ts";

/** A finding, without what is not told. Sentences name what they are about: where that is not told, the title of the finding stands for it. */
export function exposedFinding(finding: Finding, expose: Expose): object {
  if (expose === "full") return finding;
  const { subject, owners, evidence, limit, ...rest } = finding;
  const told = owners.map(({ sockets, ...owner }) => ({ ...exposedOwner(owner, expose), sockets }));
  if (expose === "owners")
    return isOfPath(subject)
      ? { ...rest, ...plainWords(finding), subject: withoutPath(subject), owners: told, evidence, limit }
      : { ...rest, subject, owners: told, evidence, limit };
  return {
    ...rest,
    ...plainWords(finding),
    subject: minimalSubject(subject),
    owners: told,
    evidence: evidence.map(withoutProcess),
    limit: limit && withoutProcess(limit),
  };
}

/** What could not be judged, without the names in its message. */
export function exposedUnknown(unknown: UnknownFinding, expose: Expose): object {
  return expose === "minimal" ? { ...unknown, message: unknown.reason } : unknown;
}

function plainWords({ id }: Finding): { readonly summary: string; readonly help: string } {
  const facts = FINDINGS.find((one) => one.id === id);
  return { summary: facts?.title ?? id, help: facts?.help ?? "" };
}

/** Whether the name of a unix socket is in it. */
export function isOfPath(subject: Subject): boolean {
  return subject.kind === "unix-listener" || (subject.kind === "socket" && !isInternet(subject.protocol));
}

function isInternet(protocol: string): boolean {
  return /^(tcp|udp|udplite|raw|icmp)6?$/.test(protocol);
}

function withoutPath(subject: Subject): object {
  if (subject.kind !== "socket") return { kind: subject.kind };
  const { kind, protocol, inode } = subject;
  return { kind, protocol, inode };
}

function minimalSubject(subject: Subject): object {
  switch (subject.kind) {
    case "process":
      return { kind: subject.kind, program: subject.program };
    case "listener":
      return { ...subject, address: networkOf(subject.address) };
    case "destination": {
      const { address, from, ...rest } = subject;
      return { ...rest, address: networkOf(address), ...(from !== undefined && { from: networkOf(from) }) };
    }
    case "socket":
    case "unix-listener":
      return withoutPath(subject);
    default:
      return subject;
  }
}

/** Files of a process have its number in their path. */
function withoutProcess<Found extends Evidence | FindingLimit>(found: Found): Found {
  return { ...found, file: found.file.replace(/(^|\/)\d+(?=\/)/g, "$1[pid]") };
}
