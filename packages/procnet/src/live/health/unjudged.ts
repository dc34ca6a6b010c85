import type { UnknownReason } from "./finding.ts";

/** Why nothing can be said. */
export interface Unjudged {
  readonly unknown: UnknownReason;
  readonly message: string;
}

/** A finding that cannot be judged. */
export function unjudged(unknown: UnknownReason, message: string): Unjudged {
  return { unknown, message };
}

export function isUnjudged(one: object): one is Unjudged {
  return "unknown" in one;
}
