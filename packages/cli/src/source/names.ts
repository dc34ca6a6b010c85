/** A word behind `--source`. */
export type SourceName = "auto" | "procfs" | "kernel";

/** All of them. */
export const SOURCE_NAMES: readonly SourceName[] = ["auto", "procfs", "kernel"];
