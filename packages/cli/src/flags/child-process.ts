/*
 * What the bundle has in place of Node's `child_process`: commander loads that at once, for subcommands that are programs of their
 * own. There are none here, and loading it takes 4 ms of each start.
 */

/** Never called. */
export function spawn(): never {
  throw new Error("no subcommand is a program of its own");
}
