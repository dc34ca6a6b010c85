import type { BaseProcFs } from "../../host/procfs.ts";
import type { Steps } from "../drive.ts";
import type { ReadNamespace, Skipped, Socket } from "../types.ts";
import type { Plan } from "./plan.ts";
import { type NamespaceSource, readTables } from "./read-tables.ts";
import { sourcesOf } from "./sources.ts";
import type { SuspectsAhead } from "./suspects-ahead.ts";

/** What was read of all wanted namespaces so far. */
export interface TablesRead {
  /** Sockets that nobody has taken yet. */
  sockets: Socket[];
  readonly sources: NamespaceSource[];
  readonly skipped: Skipped[];
  readonly namespaces: ReadNamespace[];
}

/** Reads the tables of all wanted namespaces into `read`. */
export function* readNamespaces(
  procfs: BaseProcFs,
  plan: Plan,
  ahead: boolean,
  read: TablesRead,
  suspects: SuspectsAhead | undefined,
): Steps<void> {
  read.sources.push(...(yield* sourcesOf(procfs, plan)));
  yield* suspects?.read(read.sources, plan, ahead) ?? [];
  for (const [at, source] of read.sources.entries()) {
    let count = 0;
    const take = (socket: Socket): void => {
      count++;
      suspects?.check(socket);
      read.sockets.push(socket);
    };
    const { pid, tables } = yield* readTables(source, plan, ahead, read.skipped, take);
    read.namespaces.push({ inode: source.inode, pid, tables, sockets: count });
    // The processes before that one have ended.
    if (pid !== undefined) read.sources[at] = { ...source, pids: source.pids.slice(source.pids.indexOf(pid)) };
  }
}
