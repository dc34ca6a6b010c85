import { rates } from "procnet";
import { median } from "../statistics.ts";

/* `counters-child ROUNDS`: how many milliseconds a round of `rates()` takes without its wait, the median. */
const count = Number(process.argv[2]);
const taken: number[] = [];
const INTERVAL = 20;
let began = performance.now();
let round = 0;
for await (const _ of rates({ interval: INTERVAL })) {
  // The wait is not this round's work: processor time is.
  const now = process.cpuUsage();
  taken.push((now.user + now.system) / 1000 - began);
  began = (now.user + now.system) / 1000;
  if (++round > count + 3) break;
}
console.log(JSON.stringify(median(taken.slice(4))));
