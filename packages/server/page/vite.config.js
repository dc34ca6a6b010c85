import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { defineConfig } from "vite";

/** A `.gz` beside each file, so that the server need not compress anything. */
const gzipped = {
  name: "gzipped",
  writeBundle({ dir }, bundle) {
    for (const name of Object.keys(bundle)) {
      const path = join(dir, name);
      writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
    }
  },
};

/** The licence of the package that is in the page, which asks to be handed on with it. */
const licences = {
  name: "licences",
  generateBundle() {
    const folder = dirname(createRequire(import.meta.url).resolve("preact/package.json"));
    const text = readFileSync(join(folder, "LICENSE"), "utf8").trim();
    this.emitFile({ type: "asset", fileName: "LICENSES.txt", source: `preact\n\n${text}\n` });
  },
};

/** The page, as files with hashes in their names; the policy of the server allows nothing inline. */
export default defineConfig({
  root: import.meta.dirname,
  base: "/assets/",
  // The sources rather than what is built of them: doors share files there that take modules of Node, which a bundler cannot tell apart.
  resolve: { alias: [{ find: /^procnet\/(\w+)$/, replacement: join(import.meta.dirname, "../../procnet/src/$1.ts") }] },
  publicDir: false,
  logLevel: "warn",
  build: {
    outDir: "../assets",
    emptyOutDir: true,
    assetsDir: "",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2023",
    reportCompressedSize: false,
  },
  plugins: [licences, gzipped],
});
