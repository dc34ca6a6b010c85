import type { Choices } from "../choices.ts";
import type { Subject } from "../subject.ts";
import type { Target } from "../targets.ts";

/** A property that holds for every text. */
export interface Check {
  readonly name: string;
  /** Tried on one of so many inputs; 1 for every one. */
  readonly oneIn: number;
  readonly fits: (target: Target) => boolean;
  /** What is wrong; `undefined` when nothing is. */
  readonly problem: (subject: Subject, choices: Choices) => string | undefined;
}

/** For every target but those of plain text, which take no options. */
export const isParser = ({ shape }: Target): boolean => shape !== "text";
