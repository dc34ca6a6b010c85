import { issueOf, type ProcfsIssue, shown } from "../../../errors.ts";
import { NAMED, QUOTED } from "../../../form/issues.ts";
import type { ParseOptions } from "../../../form/options.ts";
import type { UnixNetEntry } from "./unix-row.ts";

/**
 * Reports rows that share their inode with another row: inodes are unique, so one of them is forged. Only with `onIssue`,
 * since it takes memory for each row.
 */
export function reportSharedInodes(rows: readonly UnixNetEntry[], options: ParseOptions): void {
  if (options.onIssue === undefined) return;
  const seen = new Map<number, UnixNetEntry>();
  for (const row of rows) {
    const other = row.inode === 0 ? undefined : seen.get(row.inode);
    if (other === undefined) seen.set(row.inode, row);
    else options.onIssue(sharedInode(row, other, options));
  }
}

function sharedInode(row: UnixNetEntry, other: UnixNetEntry, { path }: ParseOptions): ProcfsIssue {
  const named = [other, row].map((one) => (one.path === undefined ? "unnamed" : `"${shown(one.path, QUOTED)}"`));
  const message = `${shown(path ?? "text", NAMED)}: two rows have the inode ${row.inode}, so one is forged (${named.join(", ")})`;
  return issueOf({ code: "ERR_SUSPECT", message, path, field: "Inode" });
}
