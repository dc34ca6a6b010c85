/**
 * The library is one file of its own, from the sources and by the bundler that the package is made with: it is what
 * Jazzer.js instruments, and nothing else of this workspace is.
 */
export default {
  input: { fuzz: "fuzz.ts", guided: "guided.ts", "older-libc": "older-libc.ts" },
  external: [/^node:/, "typescript"],
  platform: "node",
  output: {
    dir: "build",
    format: "esm",
    sourcemap: true,
    comments: false,
    entryFileNames: "[name].js",
    chunkFileNames: "shared/[name].js",
    codeSplitting: { groups: [{ name: "library", test: /packages.procnet.src/ }] },
  },
};
