import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Limit } from "./bulk.ts";
import { bytesOf } from "./bytes.ts";
import type { Findings } from "./findings.ts";
import type { Seeds } from "./seeds.ts";
import type { Target } from "./targets.ts";
import type { Finding } from "./try.ts";

/** What the guided process is told; texts have one character for each byte. */
export interface GuidedTask {
  readonly targets: readonly string[];
  readonly seeds: Readonly<Record<string, readonly string[]>>;
  readonly all: readonly string[];
  readonly result: string;
}

/** What it answers. */
export interface GuidedResult {
  readonly counts: readonly (readonly [target: string, inputs: number])[];
  readonly findings: readonly (Omit<Finding, "text"> & { readonly text: string })[];
}

/** What came of the guided part. */
export interface GuidedRun {
  readonly counts: ReadonlyMap<string, number>;
  /** Counters of the library's branches that were reached: by the good texts alone, and at the end. */
  readonly coverage: readonly [first: number, last: number];
}

/** The guided part did not run to its end here, as where the add-on of Jazzer.js cannot be loaded. */
export class GuidedFailed extends Error {}

/** Whether the bytes behind the third one are decisions, not a text. */
export function isStructured(byte: number): boolean {
  return (byte & 1) === 1;
}

/** Longer texts of the corpus are left to the part that is not guided. */
const LONGEST = 2048;

/** Runs Jazzer.js, which counts the branches taken in the library, and in nothing else, and keeps what reaches new ones. */
export function runGuided(
  targets: readonly Target[],
  seeds: Seeds,
  seed: number,
  limit: Limit,
  findings: Findings,
): GuidedRun {
  const folder = mkdtempSync(join(tmpdir(), "procnet-fuzz-"));
  try {
    const result = join(folder, "result.json");
    const of = Object.fromEntries(targets.map(({ name }) => [name, seeds.of.get(name) ?? []]));
    const task: GuidedTask = { targets: targets.map(({ name }) => name), seeds: of, all: seeds.all, result };
    const taskFile = join(folder, "task.json");
    writeFileSync(taskFile, JSON.stringify(task));
    writeCorpus(join(folder, "corpus"), targets, seeds);
    const log = runJazzer(taskFile, join(folder, "corpus"), seed, limit);
    const { counts, findings: found } = JSON.parse(readFileSync(result, "utf8")) as GuidedResult;
    for (const finding of found) findings.add({ ...finding, text: bytesOf(finding.text) });
    return { counts: new Map(counts), coverage: coverageOf(log) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Every good text as it is, and decisions for the mutator. */
function writeCorpus(folder: string, targets: readonly Target[], seeds: Seeds): void {
  mkdirSync(folder);
  for (const [at, { name }] of targets.entries()) {
    const head = String.fromCharCode(at >> 8, at & 0xff);
    const texts = (seeds.of.get(name) ?? []).filter((text) => text.length <= LONGEST);
    for (const [which, text] of texts.entries()) {
      writeFileSync(join(folder, `${at}-${which}`), bytesOf(`${head}\0${text}`));
    }
    writeFileSync(join(folder, `${at}-decisions`), bytesOf(`${head}\x01\x01\x02\x03\x01\x05\x01\x07\x01\x02\x03\x04`));
  }
}

function runJazzer(task: string, corpus: string, seed: number, limit: Limit): string {
  const jazzer = join(dirname(createRequire(import.meta.url).resolve("@jazzer.js/core")), "cli.js");
  const time = Number.isFinite(limit.milliseconds) ? [`-max_total_time=${Math.ceil(limit.milliseconds / 1000)}`] : [];
  const runs = Number.isFinite(limit.runs) ? [`-runs=${limit.runs}`] : [];
  // Beside the program that runs: this module may be in a file of its own.
  const folder = dirname(process.argv[1]!);
  const target = join(folder, "guided.js");
  const args = [
    "--import",
    join(folder, "older-libc.js"),
    jazzer,
    target,
    corpus,
    "--sync",
    "--includes",
    "shared/library",
    "--disableBugDetectors",
    ".*",
  ];
  const libFuzzer = [`-seed=${seed}`, `-max_len=${LONGEST + 3}`, "-timeout=60", "-rss_limit_mb=4096", ...time, ...runs];
  const { status, stderr, signal } = spawnSync(process.execPath, [...args, "--", ...libFuzzer], {
    env: { ...process.env, PROCNET_FUZZ_TASK: task },
    encoding: "utf8",
    stdio: ["ignore", "ignore", "pipe"],
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new GuidedFailed(`${stderr.slice(-4000)}\n(the guided part left with ${signal ?? status})`);
  return stderr;
}

/** Branches reached, as libFuzzer prints them: `#12 INITED cov: 345 ft: ...` and then at each new one. */
function coverageOf(log: string): [number, number] {
  const covered = [...log.matchAll(/^#\d+\s+\S+\s+cov: (\d+)/gm)].map((match) => Number(match[1]));
  const inited = /INITED cov: (\d+)/.exec(log);
  return [Number(inited?.[1] ?? covered[0] ?? 0), covered.at(-1) ?? 0];
}
