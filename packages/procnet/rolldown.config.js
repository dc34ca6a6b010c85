import { DOORS, ROOMS } from "./rooms.js";

/*
 * Without maps: they are worth nothing without the sources, which would double the package. Names and lines stay as they were
 * written, and each module begins with a line that names its source, so that a stack can be read.
 */
const output = {
  dir: "dist",
  format: "esm",
  // By the marks of purity a bundler leaves out what a program does not use.
  comments: { annotation: true, jsdoc: false, legal: false },
  // `{ tcp }` is less than `{ st as tcp }`, on both sides.
  minifyInternalExports: false,
  entryFileNames: "[name].js",
};
const common = { external: [/^node:/], platform: "neutral" };

/**
 * The library as a few files: loading its 230 modules one by one takes Node six times as long as loading these. Types come
 * from tsc, and are put together by rollup.types.js.
 */
export default [
  {
    ...common,
    input: Object.fromEntries(DOORS.map((door) => [door, `src/${door}.ts`])),
    output: {
      ...output,
      chunkFileNames: "shared/[name].js",
      codeSplitting: { groups: ROOMS.map(({ name, source: test }) => ({ name, test })) },
    },
  },
  // The program of a thread, found beside the chunk of its room. Alone, as it needs no parser: a thread begins 15 ms sooner so.
  {
    ...common,
    input: { "link-reader": "src/sockets/owners/link-reader.ts" },
    output: { ...output, entryFileNames: "shared/[name].js" },
  },
];
