import type { BaseProcFs } from "../../host/procfs.ts";
import { closedWhenForgotten, isClosed } from "../../read/forgotten.ts";
import { BegunFiles } from "../../read/read-ahead.ts";
import { type Steps, waitFor } from "../drive.ts";
import type { OwnersFound } from "../owners/found.ts";
import type { SourceLook } from "../source.ts";
import type { ReadNamespace, Skipped, Socket, SocketProtocol } from "../types.ts";
import type { Plan } from "./plan.ts";
import { beginTables, type NamespaceSource, readTables } from "./read-tables.ts";
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

/** How a source is asked for one answer. */
export interface Asking {
  look: SourceLook | undefined;
  /** Tables that it answered, everywhere. */
  readonly answered: Set<SocketProtocol>;
  /** Whether it told who holds what. */
  owners: boolean;
  /** A walk over what processes hold that began with the tables, and is taken while the kernel tells these. */
  walk: Promise<OwnersFound | undefined> | undefined;
  /** Begins it, where that is of use. */
  readonly beginWalk: ((look: SourceLook) => Promise<OwnersFound | undefined>) | undefined;
}

/** Reads the tables of all wanted namespaces into `read`. With `ahead`, each is begun while the one before it is read. */
export function readNamespaces(
  procfs: BaseProcFs,
  plan: Plan,
  ahead: boolean,
  read: TablesRead,
  suspects: SuspectsAhead | undefined,
  asking: Asking,
): Steps<void> {
  const files = new BegunFiles();
  return closedWhenForgotten(files, inTurn(procfs, plan, ahead && files, read, suspects, files, asking));
}

/** So many are begun ahead: with two the kernel always has something to do, and a third is of no use to two processors. */
const BEGUN = 2;

function* inTurn(
  procfs: BaseProcFs,
  plan: Plan,
  ahead: false | BegunFiles,
  read: TablesRead,
  suspects: SuspectsAhead | undefined,
  files: BegunFiles,
  asking: Asking,
): Steps<void> {
  try {
    read.sources.push(...(yield* sourcesOf(procfs, plan)));
    if (plan.source !== undefined) {
      const namespaces = new Map(
        read.sources.flatMap(({ inode, pids: [first] }) => (first === undefined ? [] : [[first, inode] as const])),
      );
      const asked = { root: procfs.root, pids: [...namespaces.keys()], namespaces, signal: plan.signal };
      // Kept where it is closed as soon as it is there: whoever asks may give up while it is begun.
      const begun = plan.source.begin(asked);
      const keep = (look: SourceLook): void => {
        asking.look = look;
        asking.walk = asking.beginWalk?.(look);
        asking.walk?.catch(() => {}); // whoever waits for it is told: until then a failure has no handler
      };
      yield* waitFor(begun.then(keep));
    }
    const before = { look: asking.look, answered: new Set<SocketProtocol>() };
    yield* suspects?.read(read.sources, plan, ahead !== false, before) ?? [];
    for (const [at, source] of read.sources.entries()) {
      if (ahead !== false && (asking.look === undefined || plan.source?.ownersAlone === true)) {
        const first = at === 0 ? 1 : at + BEGUN;
        for (const next of read.sources.slice(first, at + BEGUN + 1)) beginTables(next, plan, ahead);
      }
      let count = 0;
      const take = (socket: Socket): void => {
        count++;
        suspects?.check(socket);
        read.sockets.push(socket);
      };
      const { pid, tables } = yield* readTables(source, plan, ahead, read.skipped, take, asking);
      read.namespaces.push({ inode: source.inode, pid, tables, sockets: count });
      // The processes before that one have ended.
      if (pid !== undefined) read.sources[at] = { ...source, pids: source.pids.slice(source.pids.indexOf(pid)) };
    }
  } finally {
    isClosed(files);
    files.close();
  }
}
