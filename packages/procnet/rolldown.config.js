const output = { dir: "dist", format: "esm", sourcemap: true, comments: false, entryFileNames: "[name].js" };
const common = { external: [/^node:/], platform: "neutral" };

/**
 * The library as a few files: loading its 230 modules one by one takes Node six times as long as loading these. Types come
 * from tsc.
 */
export default [
  {
    ...common,
    input: { index: "src/index.ts", parse: "src/parse.ts", query: "src/query.ts", view: "src/view.ts" },
    output: {
      ...output,
      chunkFileNames: "shared/[name].js",
      codeSplitting: {
        groups: [{ name: "parse", test: /src.(errors|parse|parsers|catalogue|bytes|codes|form|files|process)/ }],
      },
    },
  },
  // The program of a thread, found beside index.js. Alone, as it needs no parser: a thread begins 15 ms sooner so.
  { ...common, input: { "link-reader": "src/sockets/owners/link-reader.ts" }, output },
];
