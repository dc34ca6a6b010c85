/* Runs inside a network namespace: for each line of its input one sample and the settings, as they are read there. */
import { createInterface } from "node:readline";
import { serialize } from "node:v8";
import { limits, takeSample } from "procnet";

for await (const _ of createInterface({ input: process.stdin })) {
  const answer = serialize({ sample: await takeSample(), limits: limits() });
  const length = Buffer.alloc(4);
  length.writeUInt32BE(answer.length);
  process.stdout.write(Buffer.concat([length, answer]));
}
