/**
 * The library as a few files: loading its 230 modules one by one takes Node six times as long as loading these. Types come from tsc.
 */
export default {
  input: {
    index: "src/index.ts",
    "parse/index": "src/parse/index.ts",
    // The program of a thread, found beside index.js.
    "link-reader": "src/sockets/link-reader.ts",
  },
  external: [/^node:/],
  platform: "neutral",
  output: {
    dir: "dist",
    format: "esm",
    sourcemap: true,
    comments: false,
    entryFileNames: "[name].js",
    chunkFileNames: "shared/[name].js",
    codeSplitting: {
      groups: [
        { name: "parse", test: /src.(errors|parse|net|text)/ },
        { name: "threads", test: /src.(proc.(socket-fds|failure|context)|sockets.drive)/ },
      ],
    },
  },
};
