import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../runtimes/runtimes.mjs";
import { answers, node } from "./consumers.mjs";

/*
 * What is looked at before a release. Nothing is published, and nothing comes from a registry: what the command depends on is
 * installed from node_modules of this repository.
 */

export const FOLDERS = ["packages/procnet", "packages/cli"];
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
  const [library, command] = manifests;
  const { version } = library;
  const lock = json("package-lock.json").packages;
  report.check(`version ${version} is one of Semantic Versioning`, /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version));
  report.check(`${command.name} has it too`, command.version === version, command.version);
  // Built in: it is needed to build the command, not to run it.
  const depended = { ...command.devDependencies, ...command.dependencies }[library.name];
  report.check(`${command.name} is made with ${library.name} ${version}`, depended === version, depended);
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

/** Packs both packages into a folder, and looks at what they hold. */
function pack(report, into) {
  return FOLDERS.map((folder) => {
    const args = ["pack", "--json", "--silent", "--ignore-scripts", "--pack-destination", into];
    const [{ filename, files, size }] = JSON.parse(
      execFileSync("npm", args, { cwd: join(ROOT, folder), encoding: "utf8" }),
    );
    const paths = files.map(({ path }) => path);
    const foreign = paths.filter(
      (path) => !/^(dist|bin|man)\/[\w./-]+$|^(package\.json|README\.md|LICENSE)$/.test(path),
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
  const packages = [...needed(Object.keys(json("packages/cli/package.json").dependencies))];
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true }));
  const places = packages.map((name) => join(ROOT, "node_modules", name));
  const flags = ["--offline", "--install-links", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"];
  execFileSync("npm", ["install", ...flags, ...tarballs, ...places], { cwd: folder, encoding: "utf8" });
  const there = readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith("."));
  const expected = ["@procnet", "procnet", ...packages].sort();
  report.check(
    "both packages are installed, with nothing else than they name",
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
  return report;
}
