import { readdirSync, readlinkSync } from "node:fs";

/** Descriptors of a process that are sockets, by their links: number and inode, ascending. `tasks` has those of each thread. */
export function linksOf(pid: number | "self", tasks: readonly string[] = [""]): string[] {
  const found = new Set(tasks.flatMap((task) => links(`/proc/${pid}${task}/fd`)));
  return [...found].sort(byNumber);
}

/** The same of what was told. */
export function pairsOf({ pairs }: { readonly pairs: Float64Array }): string[] {
  return Array.from({ length: pairs.length / 2 }, (_, at) => `${pairs[2 * at]} ${pairs[2 * at + 1]}`).sort(byNumber);
}

function links(directory: string): string[] {
  return readdirSync(directory).flatMap((fd) => {
    try {
      const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`${directory}/${fd}`))?.[1];
      return inode === undefined ? [] : [`${fd} ${inode}`];
    } catch {
      return []; // closed meanwhile
    }
  });
}

function byNumber(one: string, other: string): number {
  return Number.parseInt(one, 10) - Number.parseInt(other, 10) || (one < other ? -1 : 1);
}
