import { CHECKS } from "./checks/index.ts";
import { type Choices, SeededChoices } from "./choices.ts";
import { Subject } from "./subject.ts";
import type { Target } from "./targets.ts";

/** What is wrong with a parser, and the text that shows it. */
export interface Finding {
  readonly target: string;
  readonly check: string;
  readonly problem: string;
  readonly text: Uint8Array;
  /** What the decisions of the checks came from. */
  readonly seed: number;
}

/** Hands a text to a parser and looks at every property that its turn has come for, or at all of them. */
export function tryText(target: Target, text: Uint8Array, seed: number, all = false): Finding | undefined {
  const subject = new Subject(target, text);
  const turns = new SeededChoices(seed);
  for (const check of CHECKS) {
    if (!check.fits(target) || (turns.below(check.oneIn) > 0 && !all)) continue;
    const problem = problemOf(() => check.problem(subject, new SeededChoices(seed)));
    if (problem !== undefined) return { target: target.name, check: check.name, problem, text, seed };
  }
  return undefined;
}

/** A check that throws has met something that it did not think of: that is a finding too. */
function problemOf(check: () => string | undefined): string | undefined {
  try {
    return check();
  } catch (error) {
    return `the check threw ${error instanceof Error ? error.stack : String(error)}`;
  }
}

/** A seed for the checks of one input. */
export function inputSeed(choices: Choices): number {
  return choices.below(0x7fffffff);
}
