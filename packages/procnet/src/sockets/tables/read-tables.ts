import { isProcfsError, type OnIssue, ProcfsError } from "../../errors.ts";
import { tcp } from "../../files/sockets/inet/tcp.ts";
import { netIdentity } from "../../host/net-identity.ts";
import type { ProcContext } from "../../read/context.ts";
import { readLink } from "../../read/file.ts";
import { listFiles } from "../../read/net-files.ts";
import type { Place } from "../../read/place.ts";
import { isLive } from "../../read/procfs-type.ts";
import type { BegunFiles } from "../../read/read-ahead.ts";
import { beginTable, failureAt } from "../../read/table-file.ts";
import { type Steps, waitFor } from "../drive.ts";
import type { SourceLook } from "../source.ts";
import type { Skipped, Socket, SocketProtocol } from "../types.ts";
import { inetIn } from "./listening.ts";
import type { Plan } from "./plan.ts";
import { Repeats } from "./repeats.ts";
import { inetRegions, socketRegions } from "./socket-regions.ts";
import { isTcp6Empty } from "./tcp6.ts";

/** A network namespace to read, and through which process. */
export interface NamespaceSource {
  readonly context: ProcContext;
  readonly inode: number | undefined;
  /** The processes in it, any of which will do; empty for the reader's own. */
  readonly pids: readonly number[];
  readonly place: (pid: number | undefined) => Place;
}

/** How a namespace was read. */
export interface ReadThrough {
  /** The process; `undefined` for the reader's own namespace, and where none was left. */
  readonly pid: number | undefined;
  /** Tables that were read. */
  readonly tables: number;
}

/** What a plan says of tables. */
export type TablePlan = Pick<Plan, "protocols" | "inet" | "unix" | "keep" | "onIssue"> &
  Partial<Pick<Plan, "listening" | "addresses">>;

/** A source to ask first, and the tables that it answered. */
export interface AskingTables {
  readonly look: SourceLook | undefined;
  readonly answered: Set<SocketProtocol>;
}

/**
 * The wanted sockets of a namespace, handed to `take` one by one, without owners. A file that the kernel does not have is
 * left out, unless none could be read; when a process ends, its namespace is read through another one. With
 * `onIssue`, a table that fails as a whole costs itself only. With `ahead`, calls of the kernel's that may take long are
 * waited for.
 */
export function* readTables(
  source: NamespaceSource,
  plan: TablePlan,
  ahead: boolean | BegunFiles,
  skipped: Skipped[],
  take: (socket: Socket) => void,
  asking?: AskingTables,
): Steps<ReadThrough> {
  const namespace = source.inode === undefined ? undefined : { namespace: source.inode };
  const issues = new Listener(plan.onIssue);
  const missing: Skipped[] = [];
  let through = 0;
  let tables = 0;
  for (const protocol of plan.protocols) {
    const told = asking?.look && (yield* fromSource(asking.look, source, protocol, plan));
    if (told !== undefined) {
      // The kernel finds its place in a table again by counting, whoever it tells.
      const repeats = new Repeats();
      for (const socket of told) if (!("localPort" in socket) || !repeats.isRepeated(socket)) take(socket);
      asking?.answered.add(protocol);
      tables++;
      continue;
    }
    for (;;) {
      const pid = source.pids[through];
      try {
        mustBeThere(source, pid);
        yield* readTable(source, pid, protocol, plan, issues, ahead, take);
        tables++;
        break;
      } catch (error) {
        if (!isProcfsError(error) || error === issues.thrown || error.code === "ERR_PLATFORM") throw error;
        const code = error.code === "ENOENT" && isZombie(source, pid) ? "ESRCH" : error.code;
        if (code === "ERR_PARSE" && plan.onIssue === undefined) throw named(error, source.place(pid), protocol);
        if (code === "ESRCH" && ++through < source.pids.length) continue;
        if (code === "ESRCH" || code === "ERR_NO_NET") {
          skipped.push({ what: "namespace", ...namespace, code, message: error.message });
          return { pid: undefined, tables };
        }
        const { message } = named(error, source.place(pid), protocol);
        (code === "ENOENT" ? missing : skipped).push({ what: "table", protocol, ...namespace, code, message });
        break;
      }
    }
  }
  // Nothing could be read: that is not the same as nothing in it.
  if (missing.length > 0 && tables === 0) {
    const none = withoutFiles(source.place(source.pids[through]));
    skipped.push(...(none === undefined ? missing : [{ what: "namespace" as const, ...namespace, ...none }]));
  }
  return { pid: source.pids[through], tables };
}

/** What a source answers of a table; `undefined` where procfs is to be read. */
function* fromSource(
  look: SourceLook,
  { inode: namespace, pids }: NamespaceSource,
  protocol: SocketProtocol,
  plan: TablePlan,
): Steps<readonly Socket[] | undefined> {
  const { unix, addresses, keep = everything } = plan;
  const question = { protocol, namespace, pid: pids[0], inet: inetIn(protocol, plan), addresses, unix };
  const sockets = yield* waitFor(look.sockets(question));
  return plan.keep === undefined ? sockets : sockets?.filter(keep);
}

/**
 * Has the kernel begin with the table of a namespace that is read next: to find its connections among those of all others takes it half a
 * millisecond and more, in which another thread can wait.
 */
export function beginTables(source: NamespaceSource, { protocols }: TablePlan, files: BegunFiles): void {
  if (!protocols.includes("tcp")) return;
  const { pids, place } = source;
  try {
    mustBeThere(source, pids[0]);
    beginTable(tcp, { place: place(pids[0]), name: tcp.name, options: {} }, files);
  } catch (error) {
    if (!isProcfsError(error)) throw error; // told of when it is read
  }
}

/** The caller's `onIssue`, whose own errors are told from those of reading. */
class Listener {
  thrown: unknown;
  readonly onIssue: OnIssue | undefined;

  constructor(onIssue: OnIssue | undefined) {
    this.onIssue = onIssue && ((issue) => this.tell(onIssue, issue));
  }

  private tell(onIssue: OnIssue, issue: Parameters<OnIssue>[0]): void {
    try {
      onIssue(issue);
    } catch (error) {
      this.thrown = error;
      throw error;
    }
  }
}

/** The error with the name of its file, where its maker did not know it. */
function named(error: ProcfsError, place: Place, protocol: SocketProtocol): ProcfsError {
  if (error.path !== undefined) return error;
  const path = `${place.directory}/${protocol}`;
  return new ProcfsError({ ...error, code: error.code, message: `${path}: ${error.message}`, path }, { cause: error });
}

/** Why there are no network files at all; `undefined` when there are some. */
function withoutFiles(place: Place): Pick<Skipped, "code" | "message"> | undefined {
  try {
    if (listFiles(place.directory, failureAt(place)).length > 0) return undefined;
    return { code: "ENOENT", message: `cannot read ${place.directory}: there is no file in it (ENOENT)` };
  } catch (error) {
    if (!isProcfsError(error)) throw error;
    return { code: error.code, message: error.message };
  }
}

/** Whether a process has ended without being waited for: it is still there, but in no network namespace any more. */
function isZombie({ context }: NamespaceSource, pid: number | undefined): boolean {
  return pid !== undefined && isLive(context) && netIdentity(`${context.root}/${pid}`) === undefined;
}

/** Throws ESRCH for a process that is in another namespace by now: it has moved, or its number is another's. */
function mustBeThere({ context, inode }: NamespaceSource, pid: number | undefined): void {
  if (pid === undefined || inode === undefined || !isLive(context)) return;
  const path = `${context.root}/${pid}/ns/net`;
  let link: string;
  try {
    link = readLink(path);
  } catch {
    return; // what is read of it says why
  }
  if (link === `net:[${inode}]`) return;
  throw new ProcfsError({ code: "ESRCH", message: `process ${pid} is in another network namespace by now`, path });
}

function* readTable(
  source: NamespaceSource,
  pid: number | undefined,
  protocol: SocketProtocol,
  plan: TablePlan,
  { onIssue }: Listener,
  ahead: boolean | BegunFiles,
  take: (socket: Socket) => void,
): Steps<void> {
  const { inode: namespace } = source;
  const place = source.place(pid);
  // A file that was opened stays that of the namespace in which its process was then: known once the first rows are there.
  const check = (): void => mustBeThere(source, pid);
  if (protocol === "tcp6" && isTcp6Empty(place)) return;
  const file = { protocol, place, namespace, inet: inetIn(protocol, plan), unix: plan.unix, onIssue, ahead };
  // Rows of unix sockets can be forged, and those that share an inode are told of: none of them is dropped.
  const inet = inetRegions(file);
  const { keep = everything } = plan;
  if (inet === undefined) {
    yield* each(socketRegions(file), check, (socket) => keep(socket) && take(socket));
    return;
  }
  const repeats = new Repeats();
  yield* each(inet, check, (socket) => !repeats.isRepeated(socket) && keep(socket) && take(socket));
}

const everything = (): boolean => true;

/** Hands on all rows, with a step after each region, if the first passes a check. */
function* each<Row>(
  regions: Iterable<Row[] | Promise<void>>,
  check: () => void,
  hand: (row: Row) => unknown,
): Steps<void> {
  let isChecked = false;
  for (const rows of regions) {
    if (rows instanceof Promise) {
      yield rows;
      continue;
    }
    if (!isChecked) check();
    isChecked = true;
    for (const row of rows) hand(row);
    yield;
  }
  if (!isChecked) check();
}
