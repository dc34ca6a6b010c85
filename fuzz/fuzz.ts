import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Limit, runBulk } from "./bulk.ts";
import { Findings, reportFinding } from "./findings.ts";
import { type Growth, slowestGrowth } from "./growth.ts";
import { GuidedFailed, type GuidedRun, runGuided } from "./guided-task.ts";
import { messageReaders, reportMessage, runMessages } from "./messages/bulk.ts";
import type { MessageReader } from "./messages/readers.ts";
import { minimised } from "./minimise.ts";
import { gatherSeeds, type Seeds } from "./seeds.ts";
import { allTargets, type Target } from "./targets.ts";

const USAGE = `npm run fuzz -- [--seconds N] [--runs N] [--seed N] [--only NAME]

  --seconds N   how long, 60 by default: half of it guided by coverage, half by structure alone
  --runs N      how many inputs instead, however long they take
  --seed N      the same inputs again; then --seconds stands for a fixed number of inputs
  --only NAME   only targets whose name has this in it: parseTcp, "table hci", escapeText
`;

/** Inputs that stand for a second when the seed is given: fewer than any machine tries, so that a run ends in time. */
const RUNS_A_SECOND = 1200;
/** Inputs that readers of the kernel's messages get beside these: each is a few microseconds. */
const MESSAGES_SHARE = 0.5;
/** Of all inputs, those that the guided part tries: it takes several times as long for one. */
const GUIDED_SHARE = 0.2;

const NOT_GUIDED = "The part guided by coverage could not run here; the one by structure has its share of inputs alone";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    runs: { type: "string" },
    seed: { type: "string" },
    only: { type: "string", default: "" },
    help: { type: "boolean", short: "h", default: false },
  },
});

if (values.help) console.log(USAGE);
else process.exitCode = tried();

/** 1 for findings, 2 when something could not be looked at. */
function tried(): number {
  try {
    return main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 2;
  }
}

function main(): number {
  const root = join(import.meta.dirname, "..", "..");
  const targets = allTargets().filter(({ name }) => name.includes(values.only));
  const readers = messageReaders(values.only);
  if (targets.length + readers.length === 0) throw new Error(`no target has "${values.only}" in its name`);
  const seeds = gatherSeeds(root, targets);
  const seed = values.seed === undefined ? 1 + Math.floor(Math.random() * 0x7ffffffe) : Number(values.seed);
  const [bulk, guided] = limits();
  const found = readers.length === 0 ? 0 : tryMessages(root, readers, seed, bulk);
  if (targets.length === 0) return found > 0 ? 1 : 0;
  console.log(`seed ${seed}; ${targets.length} targets, ${seeds.all.length} texts to begin with`);

  const findings = new Findings();
  const began = performance.now();
  const hasRun = ranGuided(() => runGuided(targets, seeds, seed, guided, findings), began);
  const middle = performance.now();
  printPart("by structure", runBulk(targets, seeds, seed, bulk, findings), performance.now() - middle);
  printGrowth(targets.map((target) => growthOf(target, seeds, findings)));

  const byName = new Map(targets.map((target) => [target.name, target]));
  for (const finding of findings.all) reportFinding(minimised(finding, byName), join(root, "fuzz", "findings"));
  console.log(findings.all.length === 0 ? "no finding" : `${findings.all.length} findings`);
  if (!hasRun) console.error(NOT_GUIDED);
  if (findings.all.length + found > 0) return 1;
  return hasRun ? 0 : 2;
}

/** Messages of the kernel, in the time and the inputs that there are for them beside the others. Gives how many findings there were. */
function tryMessages(root: string, readers: readonly MessageReader[], seed: number, limit: Limit): number {
  const began = performance.now();
  const milliseconds = limit.milliseconds * MESSAGES_SHARE;
  const runs = Math.ceil(limit.runs * MESSAGES_SHARE);
  const { counts, findings } = runMessages(root, readers, seed, { milliseconds, runs });
  printPart("messages of the kernel", counts, performance.now() - began);
  for (const finding of findings) reportMessage(finding);
  return findings.length;
}

/** What the guided part has done. Where it cannot run the other part still does. */
function ranGuided(run: () => GuidedRun, began: number): boolean {
  try {
    const { counts, coverage } = run();
    printPart("guided by coverage", counts, performance.now() - began);
    console.log(`  ${coverage[0]} branches of the library reached by the good texts, ${coverage[1]} at the end`);
    return true;
  } catch (error) {
    if (!(error instanceof GuidedFailed)) throw error;
    console.error(`${NOT_GUIDED}:\n${error.message}`);
    return false;
  }
}

/** How long each part runs. With a seed both are bounded by inputs alone, so that nothing depends on the machine. */
function limits(): [bulk: Limit, guided: Limit] {
  const seconds = Number(values.seconds);
  const bySeed = values.seed === undefined ? undefined : seconds * RUNS_A_SECOND;
  const runs = values.runs === undefined ? bySeed : Number(values.runs);
  if (!(seconds > 0) || (runs !== undefined && !(runs > 0))) throw new Error(USAGE);
  if (runs === undefined) {
    const half = { milliseconds: seconds * 500, runs: Number.POSITIVE_INFINITY };
    return [half, half];
  }
  const guided = Math.ceil(runs * GUIDED_SHARE);
  const limit = (inputs: number): Limit => ({ milliseconds: Number.POSITIVE_INFINITY, runs: inputs });
  return [limit(Math.max(1, Math.floor(runs) - guided)), limit(guided)];
}

function growthOf(target: Target, seeds: Seeds, findings: Findings): Growth {
  const { worst, finding } = slowestGrowth(target, seeds.of.get(target.name)?.at(-1) ?? "");
  if (finding !== undefined) findings.add(finding);
  return worst;
}

function printPart(name: string, counts: ReadonlyMap<string, number>, milliseconds: number): void {
  const each = [...counts.values()];
  const inputs = each.reduce((sum, count) => sum + count, 0);
  const rate = Math.round(inputs / (milliseconds / 1000));
  const [least, most] = [Math.min(...each), Math.max(...each)];
  console.log(`${name}: ${inputs} inputs in ${Math.round(milliseconds / 1000)} s, ${rate} a second`);
  console.log(`  ${least} to ${most} for each of ${each.length} targets`);
}

function printGrowth(growths: readonly Growth[]): void {
  const worst = [...growths].sort((a, b) => b.ratio - a.ratio).slice(0, 3);
  for (const { target, shape, ratio } of worst) {
    console.log(`growth: ${target} takes ${ratio.toFixed(1)} times as long for 8 times of ${shape}`);
  }
}
