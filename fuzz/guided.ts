import { readFileSync, writeFileSync } from "node:fs";
import { bytesOf, textOf } from "./bytes.ts";
import { ByteChoices } from "./choices.ts";
import { Findings } from "./findings.ts";
import { type GuidedResult, type GuidedTask, isStructured } from "./guided-task.ts";
import { mutated } from "./mutate.ts";
import { allTargets } from "./targets.ts";
import { tryText } from "./try.ts";

/*
 * What Jazzer.js calls with bytes that it makes of those that reached new code. The first two bytes choose the parser. The
 * third chooses whether the others are the text, or the decisions of the mutator that knows the form of the files.
 */

const task = JSON.parse(readFileSync(process.env.PROCNET_FUZZ_TASK!, "utf8")) as GuidedTask;
const targets = allTargets().filter(({ name }) => task.targets.includes(name));
const soils = targets.map(({ name }) => ({ own: task.seeds[name] ?? [], all: task.all }));
const counts = targets.map(() => 0);
const findings = new Findings();

/** One input. */
export function fuzz(data: Uint8Array): void {
  if (data.length < 3) return;
  const at = (data[0]! * 0x100 + data[1]!) % targets.length;
  // The bytes belong to the fuzzer, which uses them again.
  const text = isStructured(data[2]!) ? bytesOf(mutated(soils[at]!, new ByteChoices(data, 3))) : data.slice(3);
  counts[at]!++;
  const finding = tryText(targets[at]!, text, data[2]! >> 1);
  if (finding !== undefined) findings.add(finding);
}

process.on("exit", () => {
  const result: GuidedResult = {
    counts: targets.map(({ name }, at) => [name, counts[at]!]),
    findings: findings.all.map((finding) => ({ ...finding, text: textOf(finding.text) })),
  };
  writeFileSync(task.result, JSON.stringify(result));
});
