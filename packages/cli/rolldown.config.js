import { fileURLToPath } from "node:url";

const library = (file) => fileURLToPath(new URL(`../procnet/src/${file}`, import.meta.url));

/**
 * The command as a few files, of which each subcommand loads its own, with what it needs of the library and of other packages in
 * them: to load all of the library would take longer than everything else that `netstat -tln` does. The library is taken file
 * by file from its sources, as a chunk can hold no part of a file. Types are checked by tsc.
 */
const common = {
  external: [/^node:/, "string-width"],
  resolve: {
    alias: {
      "procnet/parse": library("parse.ts"),
      "procnet/tables": library("tables.ts"),
      "procnet/query": library("query.ts"),
      "procnet/view": library("view.ts"),
      procnet: library("index.ts"),
    },
  },
  platform: "node",
  output: { dir: "dist", format: "esm", comments: false, entryFileNames: "[name].js", chunkFileNames: "[name].js" },
};

export default [
  { ...common, input: { main: "src/main.ts" } },
  // The program of a thread, which the library starts from beside itself.
  { ...common, input: { "link-reader": library("sockets/owners/link-reader.ts") } },
];
