import { bytesOf } from "./bytes.ts";
import { type Choices, SeededChoices } from "./choices.ts";
import { leastTime } from "./clock.ts";
import type { Findings } from "./findings.ts";
import { mutated } from "./mutate.ts";
import type { Seeds } from "./seeds.ts";
import type { Target } from "./targets.ts";
import { inputSeed, tryText } from "./try.ts";

/** When a part of a run ends: at a time, or after so many inputs. */
export interface Limit {
  readonly milliseconds: number;
  readonly runs: number;
}

/** How many inputs were tried between two looks at the clock. */
const STEP = 64;

/**
 * Changes good texts by their structure, without looking at what the code does: several times as fast as the guided part, and
 * the same inputs for the same seed. Returns how many inputs each target got.
 */
export function runBulk(
  targets: readonly Target[],
  seeds: Seeds,
  seed: number,
  limit: Limit,
  findings: Findings,
): Map<string, number> {
  const choices = new SeededChoices(seed);
  const soils = targets.map((target) => ({ own: seeds.of.get(target.name) ?? [], all: seeds.all }));
  const counts = new Map(targets.map((target) => [target.name, 0]));
  const bound = timeBound(targets, seeds);
  const end = performance.now() + limit.milliseconds;
  for (let run = 0; run < limit.runs && (run % STEP > 0 || performance.now() < end); run++) {
    const at = run % targets.length;
    const target = targets[at]!;
    const text = bytesOf(mutated(soils[at]!, choices));
    tryTimed(target, text, choices, bound, findings);
    counts.set(target.name, counts.get(target.name)! + 1);
  }
  return counts;
}

/** Milliseconds that an input of so many bytes may take. */
type Bound = (bytes: number) => number;

/** Far more than any input takes here: 200 times what the checks take for each byte of a good text, and 20 ms. */
function timeBound(targets: readonly Target[], seeds: Seeds): Bound {
  const target = targets[0]!;
  const text = bytesOf(seeds.of.get(target.name)?.at(-1) ?? "x\n");
  const microseconds = leastTime(() => tryText(target, text, 1, true), 20);
  const perByte = Math.max(0.1, microseconds / text.length) / 1000;
  return (bytes) => 20 + 200 * perByte * bytes;
}

function tryTimed(target: Target, text: Uint8Array, choices: Choices, bound: Bound, findings: Findings): void {
  const seed = inputSeed(choices);
  const before = performance.now();
  const finding = tryText(target, text, seed);
  if (finding !== undefined) findings.add(finding);
  const limit = bound(text.length);
  if (performance.now() - before < limit) return;
  // The machine may have done something else: only processor time counts, and the least of some.
  const least = leastTime(() => tryText(target, text, seed), 4) / 1000;
  if (least < limit) return;
  const problem = `${text.length} bytes took ${least.toFixed(0)} ms, more than ${limit.toFixed(0)}`;
  findings.add({ target: target.name, check: "time of an input", problem, text, seed });
}
