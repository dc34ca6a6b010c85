import { fileURLToPath } from "node:url";

const library = (file) => fileURLToPath(new URL(`../procnet/src/${file}`, import.meta.url));

/**
 * The command as a few files, of which each subcommand loads its own, with what it needs of the library and of other packages in
 * them: to load all of the library would take longer than everything else that `netstat -tln` does. The library is taken file
 * by file from its sources, as a chunk can hold no part of a file. Types are checked by tsc.
 *
 * CommonJS, as Node finds, reads and begins such a file in half the time, and starts 5 ms earlier where no module is at the
 * beginning: `netstat -tlnp` 35 ms over an empty module, and 23 so. `bin` and `dist` say it of themselves in a package.json.
 */
const common = {
  external: [/^node:(?!child_process$)/, "string-width", "@procnet/kernel", "@procnet/server"],
  resolve: {
    alias: {
      "procnet/parse": library("parse.ts"),
      "procnet/tables": library("tables.ts"),
      "procnet/query": library("query.ts"),
      "procnet/view": library("view.ts"),
      procnet: library("index.ts"),
      "node:child_process": fileURLToPath(new URL("src/flags/child-process.ts", import.meta.url)),
    },
  },
  platform: "node",
  output: {
    dir: "dist",
    format: "cjs",
    comments: false,
    entryFileNames: "[name].js",
    chunkFileNames: "[name].js",
    // Names of functions and classes stay, for the stack in a message of what nobody expected; all else is text to compile at start.
    minify: { compress: true, mangle: { toplevel: false }, codegen: { removeWhitespace: true } },
    // Each file takes half a millisecond to find: what many commands need is in one. What all begin with stands alone.
    codeSplitting: {
      groups: [
        { name: "begin", test: /cli\/src\/(io|version|errors)\.ts$/, priority: 2 },
        // What netstat and the others read tables with; the rest it does not need.
        {
          name: "reading",
          test: /procnet\/src\/((bytes|codes|form|host|process|read|files\/sockets)\/|[a-z-]+\.ts$)|cli\/src\/(text\/(safe|printf)|netstat|names\/(addresses|databases))/,
          minShareCount: 6,
          priority: 1,
        },
        // Who holds what, and small files that would each be one of its own.
        {
          name: "owners",
          test: /procnet\/src\/((sockets|host|process|codes)\/|query\/(pattern|address-range|words)\.ts$)|cli\/src\/commands\/hidden-owners\.ts$/,
          minShareCount: 2,
        },
        { name: "shared", minShareCount: 6 },
      ],
    },
  },
};

export default [
  { ...common, input: { main: "src/main.ts" } },
  // The program of a thread, which the library starts from beside itself.
  { ...common, input: { "link-reader": library("sockets/owners/link-reader.ts") } },
];
