import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** Version of an installed npm package. */
export function packageVersion(name: string): string {
  return require(`${name}/package.json`).version;
}
