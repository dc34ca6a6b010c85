/** Starts a program of Node in a folder, and gives what it printed; throws with its complaint. */
export function node(folder: string, ...args: string[]): string;

/** Bundlers, each of which makes a file of `program.mjs` in a folder that has the packages installed, and says which. */
export const BUNDLERS: Readonly<Record<"esbuild" | "vite" | "rollup" | "webpack", (folder: string) => Promise<string>>>;

/** What the program prints, used in each way; `folder` has the packages installed. A way that fails says how. */
export function answers(folder: string): Promise<Map<string, string | Error>>;
