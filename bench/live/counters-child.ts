import { ratesBetween, type Sample, takeSample } from "procnet";
import { median } from "../statistics.ts";

/* `counters-child ROUNDS`: how many milliseconds a round of counters alone takes, as `rates()` makes it: read, and compared with the last. */
const count = Number(process.argv[2]);
const taken: number[] = [];
let before: Sample | undefined;
for (let round = -100; round < count; round++) {
  const began = performance.now();
  const sample = await takeSample({ sockets: false });
  ratesBetween(before, sample);
  before = sample;
  if (round >= 0) taken.push(performance.now() - began);
}
console.log(JSON.stringify(median(taken)));
