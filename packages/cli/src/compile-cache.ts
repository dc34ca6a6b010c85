import { lstatSync, mkdirSync, type Stats, statSync } from "node:fs";
import { isAbsolute, join } from "node:path";

/** Who may write there may run programs as the user who loads from it. */
const OTHERS_WRITE = 0o022;

/**
 * Has Node keep what it has compiled, where it can (since 22.1): for a shorter start next time. In the user's own cache
 * directory, which nobody else can write to: Node's own default is a name in `/tmp` that anybody may have taken. Without such a
 * directory nothing is kept, and nothing is said of it.
 */
export function keepCompiled({ HOME, XDG_CACHE_HOME, NODE_COMPILE_CACHE }: NodeJS.ProcessEnv): void {
  const enable: unknown = Reflect.get(process.getBuiltinModule("node:module"), "enableCompileCache");
  if (typeof enable !== "function" || NODE_COMPILE_CACHE !== undefined) return;
  try {
    const directory = ownDirectory(HOME, XDG_CACHE_HOME);
    if (directory !== undefined) enable(directory);
  } catch {
    // A home that does not exist, or cannot be written to.
  }
}

/** A directory that is the user's alone; made where there is none. */
function ownDirectory(home: string | undefined, cache: string | undefined): string | undefined {
  const base = cache !== undefined && isAbsolute(cache) ? cache : home === undefined ? undefined : join(home, ".cache");
  if (base === undefined || !isAbsolute(base)) return undefined;
  // The home of another user, as sudo may leave it, is that user's.
  if (base !== cache && !isOwn(statSync(home!))) return undefined;
  const directory = join(base, "procnet");
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return isOwn(statSync(base)) && isOwn(lstatSync(directory)) ? directory : undefined;
}

function isOwn(stats: Stats): boolean {
  return stats.isDirectory() && stats.uid === process.geteuid?.() && (stats.mode & OTHERS_WRITE) === 0;
}
