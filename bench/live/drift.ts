import type { Drift } from "./drift-child.ts";

/** What became of memory and descriptors, without the first sixth of the time, in which a program still warms up. */
export function driftLines(all: readonly Drift[]): string {
  const last = all.at(-1)!;
  const said = all.filter(({ seconds }) => seconds >= last.seconds / 6);
  const numbers = (of: (one: Drift) => number): string => [...new Set(said.map(of))].sort((a, b) => a - b).join(", ");
  return [
    `* Seen: ${last.events.toLocaleString("en")} openings, closings and traces; ${last.sockets.toLocaleString("en")} sockets at the end`,
    `* Heap after collecting garbage: ${trend(said, ({ heap }) => heap)}`,
    `* Memory of the process (RSS): ${trend(said, ({ rss }) => rss)}`,
    `* Descriptors: ${numbers(({ descriptors }) => descriptors)}; threads: ${numbers(({ threads }) => threads)}`,
  ].join("\n");
}

/** Least squares: how fast a number grows, and how far that is from certain. */
function trend(said: readonly Drift[], of: (one: Drift) => number): string {
  const hours = said.map(({ seconds }) => seconds / 3600);
  const values = said.map(of);
  const mean = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;
  const [middle, level] = [mean(hours), mean(values)];
  const spread = hours.reduce((sum, hour) => sum + (hour - middle) ** 2, 0);
  const slope = hours.reduce((sum, hour, at) => sum + (hour - middle) * (values[at]! - level), 0) / spread;
  const errors = hours.reduce((sum, hour, at) => sum + (values[at]! - level - slope * (hour - middle)) ** 2, 0);
  const uncertain = 2 * Math.sqrt(errors / Math.max(1, said.length - 2) / spread);
  const third = Math.ceil(said.length / 3);
  const [first, end] = [mean(values.slice(0, third)), mean(values.slice(-third))];
  return `${first.toFixed(1)} MB in the first third, ${end.toFixed(1)} in the last; ${slope.toFixed(1)} ± ${uncertain.toFixed(1)} MB an hour`;
}
