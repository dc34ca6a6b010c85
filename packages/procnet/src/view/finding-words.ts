import { fullAt } from "../codes/accept-queue.ts";
import type { Evidence, Finding, FindingLimit, Severity } from "../live/health/finding.ts";
import type { Subject } from "../live/health/subject.ts";
import type { Style } from "./column.ts";
import { countText } from "./number-texts.ts";
import { containerText, endpointText, processText } from "./socket-words.ts";

/*
 * What a finding is in words: for tables, screens and pages. Nothing is escaped.
 */

/**
 * What a finding is about.
 *
 * @param here number of the network namespace that is looked at where no other is asked for: it is called "this" one, not by its number
 *
 * @example
 * ```ts
 * import { subjectText } from "procnet/view";
 * subjectText({ kind: "listener", protocol: "tcp6", address: "::1", port: 80 }); // "tcp6 [::1]:80"
 * ```
 */
export function subjectText(subject: Subject, here?: number): string {
  switch (subject.kind) {
    case "machine":
      return "machine";
    case "namespace":
      if (subject.namespace === undefined) return "network namespace";
      return subject.namespace === here ? "this network namespace" : `network namespace ${subject.namespace}`;
    case "cpu":
      return `CPU ${subject.cpu}`;
    case "interface":
      return subject.interface;
    case "listener":
      return `${subject.protocol} ${endpointText(subject.address, subject.port)}`;
    case "unix-listener":
      return subject.path ?? "unix socket";
    case "process":
      return processText(subject);
    case "destination":
      return `to ${subject.port === undefined ? subject.address : endpointText(subject.address, subject.port)}`;
    case "socket": {
      const { protocol, local, remote } = subject;
      return [protocol, local, ...(remote ? ["-", remote] : [])].filter((part) => part !== undefined).join(" ");
    }
    case "table":
      return subject.table;
  }
}

/**
 * Who holds what a finding is about, the first three of them.
 *
 * @example
 * ```ts
 * import { ownersText } from "procnet/view";
 * ownersText({ owners: [] }); // ""
 * ```
 */
export function ownersText({ owners }: Pick<Finding, "owners">): string {
  const shown = owners.slice(0, MOST).map((owner) => {
    const where = owner.container === undefined ? "" : ` in ${containerText(owner.container)}`;
    return `${processText(owner)}${where}`;
  });
  return [...shown, ...(owners.length > MOST ? [`and ${owners.length - MOST} more`] : [])].join(", ");
}

const MOST = 3;

/**
 * The same, unless what it is about is the only one: nothing is told twice in a line.
 *
 * @example
 * ```ts
 * import { otherOwnersText } from "procnet/view";
 * const subject = { kind: "process", pid: 812, program: "nginx" } as const;
 * otherOwnersText({ subject, owners: [] }); // ""
 * ```
 */
export function otherOwnersText(finding: Pick<Finding, "subject" | "owners">): string {
  const { subject, owners } = finding;
  const [only, ...more] = owners;
  const isSubject = subject.kind === "process" && only?.pid === subject.pid && more.length === 0;
  return isSubject && only.container === undefined ? "" : ownersText(finding);
}

/**
 * A number that a finding rests on: what it is, or what it grew by.
 *
 * @example
 * ```ts
 * import { evidenceText } from "procnet/view";
 * evidenceText({ name: "rxQueue", file: "net/tcp", value: 4 }); // "rxQueue 4"
 * ```
 */
export function evidenceText({ name, value, delta, perSecond, unit }: Evidence): string {
  if (delta === undefined || perSecond === undefined)
    return `${name} ${numberText(value)}${unit === undefined ? "" : ` ${unit}`}`;
  return `${name} +${numberText(delta)} (${numberText(perSecond)}/s)`;
}

/**
 * What a number is held against. Of a queue of connections that is the backlog of its listener and one, where that was learnt; else all
 * that is known is what no backlog exceeds.
 *
 * @example
 * ```ts
 * import { limitText } from "procnet/view";
 * limitText({ name: "net.core.somaxconn", value: 4096, file: "/proc/sys/net/core/somaxconn", scope: "namespace" });
 * // "limit of the listener not known, at most 4,096 (net.core.somaxconn)"
 * ```
 */
export function limitText({ name, value, scope }: FindingLimit): string {
  if (scope === "listener") return `full at ${numberText(fullAt(value))} (${name} ${numberText(value)} and one)`;
  if (name === "net.core.somaxconn") return `limit of the listener not known, at most ${numberText(value)} (${name})`;
  return `limit ${name} ${numberText(value)}`;
}

/** A number as people read it: whole, or with three digits. */
function numberText(value: number): string {
  const isWhole = Number.isInteger(value) || Math.abs(value) >= 100;
  return isWhole ? countText(Math.round(value)) : value.toPrecision(3);
}

/**
 * A sign for how bad something is, beside its word: no colour is needed to tell them apart.
 *
 * @example
 * ```ts
 * import { severitySign } from "procnet/view";
 * severitySign("crit"); // "✖"
 * ```
 */
export function severitySign(severity: Severity): string {
  return SIGNS[severity];
}

/** How bad findings are, the least first, for ordering them. */
export const SEVERITY_RANK: Readonly<Record<Severity, number>> = { info: 1, warn: 2, crit: 3 };

/** How what is so bad stands out. */
export const SEVERITY_STYLE: Readonly<Record<Severity, Style>> = { info: "dim", warn: "yellow", crit: "red" };

const SIGNS: Readonly<Record<Severity, string>> = { info: "●", warn: "▲", crit: "✖" };
