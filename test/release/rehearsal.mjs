import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ROOT } from "../runtimes/runtimes.mjs";
import { answers, node } from "./consumers.mjs";

/*
 * What is looked at before a release. Nothing is published, and nothing comes from a registry: what the command depends on is
 * installed from node_modules of this repository.
 */

export const FOLDERS = ["packages/procnet", "packages/kernel", "packages/cli", "packages/server"];
const MOST_FILES = 300;

/** What is wrong, and what a person still has to do. */
export class Report {
  lines = [];
  wrong = 0;
  todo = 0;

  check(what, holds, detail = "") {
    if (!holds) this.wrong++;
    this.lines.push(`${holds ? "ok   " : "WRONG"}  ${what}${holds || detail === "" ? "" : `: ${detail}`}`);
  }

  remains(what) {
    this.todo++;
    this.lines.push(`to do  ${what}`);
  }
}

const text = (path) => readFileSync(join(ROOT, path), "utf8");
const json = (path) => JSON.parse(text(path));

/** The version in every place that has it. */
export function checkVersions(report, manifests = FOLDERS.map((folder) => json(join(folder, "package.json")))) {
  const [library, ...others] = manifests;
  const { version } = library;
  const lock = json("package-lock.json").packages;
  report.check(`version ${version} is one of Semantic Versioning`, /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version));
  for (const one of others) {
    report.check(`${one.name} has it too`, one.version === version, one.version);
    // Built into the command: it is needed to build it, not to run it.
    const depended = { ...one.devDependencies, ...one.dependencies }[library.name];
    report.check(`${one.name} is made with ${library.name} ${version}`, depended === version, depended);
    for (const [name, wanted] of Object.entries(one.peerDependencies ?? {})) {
      if (manifests.some((peer) => peer.name === name))
        report.check(`${one.name} works with ${name} ${version}`, wanted === version, wanted);
    }
  }
  const locked = FOLDERS.map((folder) => lock[folder]?.version);
  report.check(
    "package-lock.json has it",
    locked.every((one) => one === version),
    locked.join(", "),
  );
  for (const { name, publishConfig } of manifests) {
    const says = publishConfig?.provenance === true && publishConfig.access === "public";
    report.check(`${name} is published for all, with provenance`, says, JSON.stringify(publishConfig));
  }
  return version;
}

/** The changelog, and pages that speak of what is not released. */
export function checkChangelog(report, version, changelog = text("CHANGELOG.md")) {
  const [, date] = new RegExp(`^## \\[${version.replaceAll(".", "\\.")}\\] - (.+)$`, "m").exec(changelog) ?? [];
  const isDate = /^\d{4}-\d\d-\d\d$/.test(date ?? "");
  report.check(`CHANGELOG.md has ${version}`, isDate || date === "unreleased", date ?? "not there");
  if (date === "unreleased") report.remains(`write the day of the release into CHANGELOG.md`);
  for (const page of ["README.md", ...FOLDERS.map((folder) => join(folder, "README.md"))]) {
    if (/not on the registry yet/.test(text(page))) report.remains(`take "not on the registry yet" out of ${page}`);
  }
}

/** Packs the packages into a folder, and looks at what they hold. */
function pack(report, into) {
  return FOLDERS.map((folder) => {
    const args = ["pack", "--json", "--silent", "--ignore-scripts", "--pack-destination", into];
    const [{ filename, files, size }] = JSON.parse(
      execFileSync("npm", args, { cwd: join(ROOT, folder), encoding: "utf8" }),
    );
    const paths = files.map(({ path }) => path);
    const foreign = paths.filter(
      (path) => !/^(dist|bin|man|deploy|assets)\/[\w./-]+$|^(package\.json|README\.md|LICENSE)$/.test(path),
    );
    const odd = paths.filter((path) => /\.map$|\.test\.|tsbuildinfo|(?<!\.d)\.ts$/.test(path));
    const kept = `${(size / 1000).toFixed(0)} kB, ${paths.length} files`;
    report.check(
      `${filename} holds what is meant (${kept})`,
      foreign.length + odd.length === 0,
      [...foreign, ...odd].join(" "),
    );
    const named = ["package.json", "README.md", "LICENSE", ...exported(json(join(folder, "package.json")))];
    const missing = named.filter((path) => !paths.includes(path));
    report.check(`${filename} has every file that its manifest names`, missing.length === 0, missing.join(" "));
    report.check(`${filename} has at most ${MOST_FILES} files`, paths.length <= MOST_FILES, String(paths.length));
    return join(into, filename);
  });
}

function exported({ exports: doors, bin = {}, man = [] }) {
  const targets = Object.values(doors).flatMap((door) => (typeof door === "string" ? [door] : Object.values(door)));
  return [...targets, ...Object.values(bin), man].flat().map((path) => path.replace(/^\.\//, ""));
}

/** What a package needs to run, and what those need: from node_modules of this repository. */
function needed(names, found = new Set()) {
  for (const name of names.filter((one) => one !== "procnet" && !found.has(one))) {
    found.add(name);
    needed(Object.keys(json(join("node_modules", name, "package.json")).dependencies ?? {}), found);
  }
  return found;
}

/** npm installs the tarballs into an empty folder. */
function install(report, folder, tarballs) {
  const dependencies = FOLDERS.flatMap((one) => Object.keys(json(join(one, "package.json")).dependencies ?? {}));
  const packages = [...needed(dependencies)];
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true }));
  const places = packages.map((name) => join(ROOT, "node_modules", name));
  const flags = ["--offline", "--install-links", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"];
  execFileSync("npm", ["install", ...flags, ...tarballs, ...places], { cwd: folder, encoding: "utf8" });
  const there = readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith("."));
  const scopes = packages.map((name) => name.replace(/\/.*/, ""));
  const expected = [...new Set(["@procnet", "procnet", ...scopes])].sort();
  report.check(
    "the packages are installed, with nothing else than they name",
    `${there.sort()}` === `${expected}`,
    `${there}`,
  );
}

/** The whole rehearsal, in a folder that is there and empty. */
export async function rehearse(folder) {
  const report = new Report();
  const version = checkVersions(report);
  checkChangelog(report, version);
  const tarballs = pack(report, folder);
  const consumer = join(folder, "consumer");
  mkdirSync(consumer);
  install(report, consumer, tarballs);
  const found = await answers(consumer);
  const expected = found.get("import");
  for (const [way, answer] of found) {
    const same = typeof answer === "string" && answer.length > 1000 && answer === expected;
    report.check(`used by ${way}: the same answers`, same, String(answer).slice(0, 2000));
  }
  const bin = join(consumer, "node_modules", ".bin", "procnet");
  report.check("the command is installed", existsSync(bin));
  report.check("procnet --version", node(consumer, bin, "--version").trim() === version);
  const asked = ["sockets", "-t", "--root", join(ROOT, "test/fixtures/6.18"), "--json"];
  const { sockets } = JSON.parse(node(consumer, bin, ...asked));
  report.check("procnet sockets, over a fixture", sockets.length > 0);
  report.check(
    "@procnet/kernel without koffi says what would help",
    /koffi|node:ffi/.test(node(consumer, "--eval", DOOR)),
  );
  report.check("procnet serve, which answers", /^# TYPE procnet_sockets gauge$/m.test(await served(bin, consumer)));
  return report;
}

/** Node 26 has an interface of its own. */
const DOOR = `import("@procnet/kernel").then(({ openDoor }) => {
  try { console.log(openDoor().name); } catch (error) { console.log(error.name === "NoDoor" && error.message); }
});`;

/** What the server that was installed beside the command says of the sockets of this machine. */
async function served(bin, cwd) {
  const child = spawn(process.execPath, [bin, "serve", "--listen", "127.0.0.1:0"], {
    cwd,
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [url] = await once(createInterface({ input: child.stdout }), "line");
    return await (await fetch(`${url}metrics`)).text();
  } finally {
    child.kill("SIGTERM");
  }
}
