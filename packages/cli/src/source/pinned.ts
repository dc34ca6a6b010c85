import { PinnedOwners, pinnedOwnersState } from "procnet";
import type { SourceAsked } from "./kernel.ts";

/**
 * The owners that an administrator has pinned, where there are some and they may be asked: with `auto`, and of this machine. One that may
 * not be read is given too: the answer says why links were.
 */
export function pinnedFor({ source, root }: Pick<SourceAsked, "source" | "root">): PinnedOwners | undefined {
  if (source !== "auto" || root !== undefined) return undefined;
  return pinnedOwnersState().kind === "absent" ? undefined : new PinnedOwners();
}
