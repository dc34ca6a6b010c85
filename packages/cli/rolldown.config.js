import { fileURLToPath } from "node:url";

/** A file of the library, of which only what is used is taken. */
const library = (path) => ({
  id: fileURLToPath(new URL(`../procnet/src/${path}`, import.meta.url)),
  moduleSideEffects: false,
});

/**
 * What `procnet netstat` uses of the library is built in: a few parsers, the reading of files, and the escaping of text.
 * Loading all of it would take longer than everything else that `netstat -tln` does (30 ms, measured). The other commands use
 * the package.
 */
const partsOfLibrary = {
  name: "parts-of-library",
  resolveId(id, importer) {
    if (/^procnet\/(parse|query|view)$/.test(id)) return library(`${id.slice("procnet/".length)}.ts`);
    if (id !== "procnet") return undefined;
    const isPart = importer?.endsWith("/text/safe.ts") || importer?.endsWith("/library-files.ts");
    return isPart ? library("index.ts") : { id, external: true };
  },
};

/** The command as a few files, of which each subcommand loads its own. Types are checked by tsc. */
export default {
  input: { main: "src/main.ts" },
  external: [/^node:/, "commander", "string-width"],
  plugins: [partsOfLibrary],
  platform: "node",
  output: { dir: "dist", format: "esm", comments: false, entryFileNames: "[name].js", chunkFileNames: "[name].js" },
};
