import { readFileSync } from "node:fs";
import { dts } from "rollup-plugin-dts";
import { DOORS, ROOMS } from "./rooms.js";

/**
 * The declarations of the doors and of all that they name, as few files beside the code: 330 that tsc writes, one a source,
 * take half of a package. "Go to definition" leads to the declaration with its whole comment.
 */
export default {
  // A namespace of all tables is the door that has them, not a copy of its list.
  external: (id, importer) => importer !== undefined && id.endsWith("/tables.ts"),
  input: Object.fromEntries(DOORS.map((door) => [door, `build/${door}.d.ts`])),
  plugins: [dts()],
  output: {
    paths: (id) => (id.endsWith("/tables.ts") ? "./tables.js" : id),
    dir: "dist",
    format: "es",
    minifyInternalExports: false, // `{ tcp }` is less than `{ tcp as gX }`, twice
    entryFileNames: "[name].d.ts",
    chunkFileNames: "shared/[name].ts",
    banner: ({ moduleIds }) => references(moduleIds).join("\n"),
    manualChunks: (id) => {
      const room = ROOMS.find(({ declared }) => declared.test(id));
      return room && `${room.name}.d`;
    },
  },
};

/** The libraries of the compiler that sources ask for; the plugin would lose them. */
function references(paths) {
  const lines = paths.flatMap((path) => readFileSync(path, "utf8").match(/^\/\/\/ <reference .*$/gm) ?? []);
  return [...new Set(lines)];
}
