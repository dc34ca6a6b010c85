import { median } from "../statistics.ts";

/** Something that is measured: what it takes, milliseconds, and how many it told of. */
export type Subject = () => Promise<number> | number;

/** Times of each subject in each round. */
export type Times<Name extends string> = Readonly<Record<Name, readonly number[]>>;

/**
 * Measures subjects in turns, so that what disturbs the machine falls on all alike. Each says how many it told of: where those of one
 * group differ there are no times. A subject that measures itself, as another program, gives its milliseconds by `elsewhere`.
 */
export async function inTurns<Name extends string>(
  subjects: Readonly<Record<Name, Subject>>,
  rounds: number,
  same: readonly (readonly NoInfer<Name>[])[],
): Promise<Times<Name>> {
  const names = Object.keys(subjects) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = -2; round < rounds; round++) {
    const told = new Map<Name, number>();
    for (const name of names) {
      elsewhereMs = undefined;
      const began = performance.now();
      told.set(name, await subjects[name]());
      const ms = elsewhereMs ?? performance.now() - began;
      if (round >= 0) times[name].push(ms);
    }
    for (const group of same) {
      const counts = new Set(group.map((name) => told.get(name)));
      if (counts.size > 1)
        throw new Error(`not the same: ${group.map((name) => `${name} ${told.get(name)}`).join(", ")}`);
    }
  }
  return times;
}

let elsewhereMs: number | undefined;

/** Says that a subject took so long somewhere else. */
export function elsewhere(ms: number): void {
  elsewhereMs = ms;
}

/** The median of the ratios of each round. */
export function ratio(ours: readonly number[], theirs: readonly number[]): number {
  return median(ours.map((ms, at) => ms / theirs[at]!));
}
