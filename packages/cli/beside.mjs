import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/*
 * What lies beside the bundle: the licence of each package that is in it, which asks to be handed on with it, and what tells Node that
 * these files are no modules, as the others of this package are.
 */

const require = createRequire(import.meta.url);

const texts = ["commander"].map((name) => {
  const directory = directoryOf(name);
  const file = ["LICENSE", "license"].map((one) => join(directory, one)).find(isThere);
  return `${name}\n\n${readFileSync(file, "utf8").trim()}\n`;
});
writeFileSync(new URL("dist/package.json", import.meta.url), '{ "type": "commonjs" }\n');
writeFileSync(new URL("dist/LICENSES.txt", import.meta.url), texts.join(`\n${"-".repeat(80)}\n\n`));

function directoryOf(name) {
  const found = require.resolve
    .paths(name)
    .map((folder) => join(folder, name))
    .find((folder) => isThere(join(folder, "package.json")));
  if (found === undefined) throw new Error(`${name} is not installed`);
  return dirname(join(found, "package.json"));
}

function isThere(path) {
  try {
    readFileSync(path);
    return true;
  } catch {
    return false;
  }
}
