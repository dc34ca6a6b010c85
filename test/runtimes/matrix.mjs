import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Missing, prepare, ROOT, RUNTIMES, withNode } from "./runtimes.mjs";

/*
 * npm run matrix                        the whole suite on every Node, and the packed packages on every runtime
 * npm run matrix -- node-24 bun         on these
 * npm run matrix -- --host node-24 bun  of the suite only what depends on the host or the runtime
 * npm run matrix -- --packed            the packed packages only
 */

/** What depends on how the runtime reads, starts, ends and names things. Parsers are the same code on all. */
const HOST = [
  ...["test/kernel", "packages/kernel/src"],
  ...["test/machine", "test/package/package", "test/oracles/example-netstat", "test/oracles/owners"],
  ...["net.test.ts", "capture/capture", "capture/place", "read", "host", "sockets"].map(
    (name) => `packages/procnet/src/${name}`,
  ),
  ...["test/command/exit-codes", "test/command/json", "test/package/packed-command", "test/every-table/long-lines"],
  ..."commands/capture commands/hidden-owners commands/kill commands/port program terminal netstat/source-no-procfs"
    .split(" ")
    .map((name) => `packages/cli/src/${name}.test.ts`),
  ..."everyday names owners".split(" ").map((name) => `test/oracles/netstat/${name}`),
];
/** Of those what takes long, and depends on the kernel alone or is looked at by `test/machine/leaks.test.ts` too. */
const LONG = [
  ...["packages/procnet/src/sockets/sockets.test.ts", "packages/procnet/src/sockets/engine-refresh.test.ts"],
  ...["test/machine/leaks-sockets.test.ts", "test/oracles/owners.test.ts"],
];

const words = process.argv.slice(2);
const flags = words.filter((word) => word.startsWith("--"));
const names = words.filter((word) => !word.startsWith("--"));
const wrong = [
  ...names.filter((name) => !Object.hasOwn(RUNTIMES, name)),
  ...flags.filter((flag) => !["--host", "--packed"].includes(flag)),
];
if (wrong.length > 0) {
  console.error(`matrix: unknown: ${wrong.join(" ")}; there are --host, --packed, ${Object.keys(RUNTIMES).join(", ")}`);
  process.exit(2);
}

const folder = join(ROOT, "coverage", "runtimes");
mkdirSync(folder, { recursive: true });
const lines = [];
let [passed, failed] = [0, 0];

function count(label, { status }, file) {
  let tests = { numPassedTests: 0, numFailedTests: 0 };
  if (existsSync(file)) tests = JSON.parse(readFileSync(file, "utf8"));
  // A run that ended otherwise than its tests say, or had none, is a failure of its own.
  const broken = tests.numFailedTests === 0 && (status !== 0 || tests.numPassedTests === 0) ? 1 : 0;
  passed += tests.numPassedTests;
  failed += tests.numFailedTests + broken;
  lines.push(`${label}: ${tests.numPassedTests} passed, ${tests.numFailedTests + broken} failed`);
}

function vitest(label, node, args, env) {
  const file = join(folder, `${label.replaceAll(" ", "-")}.json`);
  rmSync(file, { force: true });
  const program = join(ROOT, "node_modules", "vitest", "vitest.mjs");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  if (process.env.CI) reporters.push("--reporter=./test/support/named-results.ts", "--retry=1");
  // In CI the suite has a place of its own for its results, which is that of the first run.
  const settings = { cwd: ROOT, stdio: "inherit", env: { ...env, CI: "" } };
  count(label, spawnSync(node, [program, "run", ...args, ...reporters], settings), file);
}

const runtimes = [];
for (const name of names.length > 0 ? names : Object.keys(RUNTIMES)) {
  try {
    runtimes.push(prepare(name));
  } catch (error) {
    if (!(error instanceof Missing)) throw error;
    lines.push(`${name}: not run: ${error.message}`);
  }
}

if (!flags.includes("--packed")) {
  const paths = flags.includes("--host") ? [...HOST, ...LONG.map((path) => `--exclude=${path}`)] : [];
  for (const { name, file } of runtimes.filter(({ whole }) => whole)) vitest(name, file, paths, withNode(file));
}
const env = { ...process.env, PROCNET_RUNTIMES: JSON.stringify(runtimes) };
vitest("packed", process.execPath, ["--config", "test/runtimes/vitest.config.ts"], env);

for (const line of lines) console.log(line);
writeFileSync(join(folder, "counts.json"), JSON.stringify({ passed, failed }));
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
