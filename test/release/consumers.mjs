import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { build as esbuild } from "esbuild";
import { rollup } from "rollup";
import { build as vite } from "vite";
import webpack from "webpack";
import { ROOT } from "../runtimes/runtimes.mjs";

/*
 * The ways in which people use the installed packages. All run one program, which asks every door about a fixture, and have to
 * print the same.
 */

const TREE = join(ROOT, "test", "fixtures", "6.18");

/** Where a name comes from, in order of the doors. */
const NAMES = {
  procnet: ["ProcFs", "read", "count", "whoListensSync", "socketsSync", "escapeText"],
  "procnet/tables": ["tcp", "dev"],
  "procnet/parse": ["parseTcp", "TcpState"],
  "procnet/query": ["matches", "parseFilter"],
  "procnet/view": ["stateOf", "schemaOf"],
  "procnet/live": ["evaluateHealth", "ratesBetween"],
};

const ASK = `
const of = new ProcFs({ root: ${JSON.stringify(TREE)} });
const text = "  sl  local_address\\n   0: 7F000001:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 42 1 00000000979a9b83 100 0 0 10 0\\n";
const [row] = parseTcp(new TextEncoder().encode(text), { byteOrder: "BE" });
const rows = read(tcp, { of });
const port = rows.find(({ state }) => state === "LISTEN")?.localPort ?? 0;
const listens = whoListensSync(port, { procfs: of });
const heard = socketsSync({ protocol: "tcp", procfs: of }).sockets;
console.log(JSON.stringify([
  row?.localAddress, row?.state, TcpState.LISTEN, escapeText("a\\x1b"),
  rows, [...count(tcp, { of })], read(dev, { of, bigint: true }).map(({ name, recvBytes }) => [name, String(recvBytes)]),
  port, listens, of.net.tcp().length, Object.keys(schemaOf("sockets")).sort(),
  heard.filter((one) => matches(parseFilter("state listening and src 127/8"), one)).map(stateOf),
]));
`;

const typed = Object.entries(NAMES).map(([door, names]) => `import { ${names.join(", ")} } from "${door}";`);
const PROGRAM = `${typed.join("\n")}${ASK}`;
const REQUIRED = `${Object.entries(NAMES)
  .map(([door, names]) => `const { ${names.join(", ")} } = require("${door}");`)
  .join("\n")}${ASK}`;

/** Starts a program of Node in a folder, and gives what it printed; throws with its complaint. */
export function node(folder, ...args) {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  if (status === 0) return stdout;
  throw new Error(`node ${args.join(" ")}: ${error?.message ?? `exit code ${status}`}: ${stderr}${stdout}`);
}

function file(folder, name, text) {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

/** Type-checks the program strictly and compiles it. */
function compile(folder, name, module, moduleResolution) {
  mkdirSync(join(folder, name), { recursive: true });
  file(folder, `${name}/program.mts`, PROGRAM);
  const options = { ...{ module, moduleResolution }, strict: true, target: "es2022", types: [] };
  const compilerOptions = { ...options, skipLibCheck: false, outDir: "out", exactOptionalPropertyTypes: true };
  const config = file(folder, `${name}/tsconfig.json`, JSON.stringify({ compilerOptions, files: ["program.mts"] }));
  node(folder, join(ROOT, "node_modules/typescript/bin/tsc"), "--project", config);
  return `${name}/out/program.mjs`;
}

async function withRollup(folder) {
  const bundle = await rollup({ input: join(folder, "program.mjs"), plugins: [nodeResolve()], external: /^node:/ });
  await bundle.write({ dir: join(folder, "rollup"), format: "es", entryFileNames: "program.mjs" });
  await bundle.close();
  return "rollup/program.mjs";
}

async function withVite(folder) {
  await vite({
    ...{ root: folder, configFile: false, logLevel: "error", ssr: { noExternal: true } },
    build: { ssr: "program.mjs", outDir: "vite", rollupOptions: { output: { entryFileNames: "program.mjs" } } },
  });
  return "vite/program.mjs";
}

async function withWebpack(folder) {
  const output = { path: join(folder, "webpack"), filename: "program.cjs" };
  const compiler = webpack({ mode: "production", target: "node20", context: folder, entry: "./program.mjs", output });
  const stats = await new Promise((done, fail) =>
    compiler.run((error, result) => (error ? fail(error) : done(result))),
  );
  await new Promise((done) => compiler.close(done));
  if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString("errors-warnings"));
  return "webpack/program.cjs";
}

async function withEsbuild(folder) {
  const entryPoints = [join(folder, "program.mjs")];
  const outfile = join(folder, "esbuild", "program.mjs");
  const { warnings } = await esbuild({
    ...{ entryPoints, outfile },
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
  });
  if (warnings.length > 0) throw new Error(JSON.stringify(warnings));
  return "esbuild/program.mjs";
}

/** Bundlers, each of which makes a file of `program.mjs` in a folder that has the packages installed, and says which. */
export const BUNDLERS = { esbuild: withEsbuild, vite: withVite, rollup: withRollup, webpack: withWebpack };

/** What the program prints, used in each way; `folder` has the packages installed. A way that fails says how. */
export async function answers(folder) {
  file(folder, "program.mjs", PROGRAM);
  file(folder, "program.cjs", REQUIRED);
  const ways = {
    import: () => "program.mjs",
    require: () => "program.cjs",
    "TypeScript, nodenext": () => compile(folder, "nodenext", "nodenext", "nodenext"),
    "TypeScript, bundler": () => compile(folder, "bundler", "esnext", "bundler"),
  };
  for (const [name, bundle] of Object.entries(BUNDLERS)) ways[name] = () => bundle(folder);
  const found = new Map();
  for (const [name, prepare] of Object.entries(ways)) {
    try {
      // Some releases of Node 20 warn that `require` of an ES module is new.
      found.set(name, node(folder, "--no-warnings", await prepare()));
    } catch (error) {
      found.set(name, error);
    }
  }
  return found;
}
