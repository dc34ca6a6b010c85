import { median } from "../statistics.ts";
import { capture } from "../tools/program.ts";
import { serve } from "./programs.ts";

/** How long it takes until it listens, beside Node alone. */
export async function startLines(count: number): Promise<string> {
  const bare: number[] = [];
  const listening: number[] = [];
  for (let round = 0; round < count; round++) {
    const began = performance.now();
    await capture(process.execPath, ["-e", "0"]);
    bare.push(performance.now() - began);
    await using one = await serve();
    listening.push(one.started);
  }
  const [node, server] = [median(bare).toFixed(0), median(listening).toFixed(0)];
  return `\`procnet serve\` listens ${server} ms after its start; Node that does nothing has ended after ${node} ms (medians of ${count}).`;
}
