const output = {
  dir: "dist",
  format: "esm",
  sourcemap: true,
  // By the marks of purity a bundler leaves out what a program does not use.
  comments: { annotation: true, jsdoc: false, legal: false },
  entryFileNames: "[name].js",
};
const common = { external: [/^node:/], platform: "neutral" };

/** Rooms that make a chunk together: whoever needs one of them needs the others. */
const ROOMS = [
  ["pure", /src.(errors|check-options|bytes|codes|form|files|process|tables|parsers|parse)\b/],
  ["read", /src.(read|host)\b/],
  ["sockets", /src.sockets\b/],
];

/**
 * The library as a few files: loading its 230 modules one by one takes Node six times as long as loading these. Types come
 * from tsc.
 */
export default [
  {
    ...common,
    input: {
      index: "src/index.ts",
      parse: "src/parse.ts",
      tables: "src/tables.ts",
      query: "src/query.ts",
      view: "src/view.ts",
    },
    output: {
      ...output,
      chunkFileNames: "shared/[name].js",
      codeSplitting: { groups: ROOMS.map(([name, test]) => ({ name, test })) },
    },
  },
  // The program of a thread, found beside the chunk of its room. Alone, as it needs no parser: a thread begins 15 ms sooner so.
  {
    ...common,
    input: { "link-reader": "src/sockets/owners/link-reader.ts" },
    output: { ...output, entryFileNames: "shared/[name].js" },
  },
];
