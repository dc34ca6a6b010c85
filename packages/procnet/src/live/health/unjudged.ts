import type { UnknownReason } from "./finding.ts";
import type { Subject } from "./subject.ts";

/** Why nothing can be said. */
export interface Unjudged {
  readonly unknown: UnknownReason;
  readonly message: string;
  /** Of what, where others can be judged: absent where it is of all. */
  readonly subjects?: readonly Subject[] | undefined;
}

/** A finding that cannot be judged, of one subject or of all. */
export function unjudged(unknown: UnknownReason, message: string, subject?: Subject): Unjudged {
  return { unknown, message, subjects: subject && [subject] };
}

/** The same of one subject alone, unless it says of which it is. */
export function unjudgedOf(subject: Subject, one: Unjudged): Unjudged {
  return { ...one, subjects: one.subjects ?? [subject] };
}

export function isUnjudged(one: object): one is Unjudged {
  return "unknown" in one;
}
