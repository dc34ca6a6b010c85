import { readFileSync } from "node:fs";

/** The version of this package. Source and what is built from it lie equally deep below package.json. */
export function version(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
