import { latin1 } from "../bytes/strings.ts";
import { isProcfsError } from "../errors.ts";
import { knownCount } from "../host/fd-count.ts";
import { namespaceOf } from "../host/moment.ts";
import type { BaseProcFs } from "../host/procfs.ts";
import { readAll } from "../read/file.ts";
import { isThere } from "../read/net-files.ts";
import type { Located } from "../read/place.ts";
import { isLive } from "../read/procfs-type.ts";
import { Turns } from "../sockets/drive.ts";
import { eachSocket } from "../sockets/sockets.ts";
import type { SocketSource } from "../sockets/source.ts";
import type { OwnerlessReason, Skipped, Socket, SocketOwner } from "../sockets/types.ts";
import { Digest, type SocketDigest } from "./digest.ts";
import type { Missing, ProcessSample } from "./sample.ts";

/** The part of a sample that is of sockets. */
export interface SampledSockets {
  readonly sockets: SocketDigest | undefined;
  readonly processes: readonly ProcessSample[] | undefined;
  readonly missing: readonly Missing[];
}

/** Looks at all sockets of a namespace, unless they are given, and at the descriptors of those who hold them. */
export async function sampleSockets(
  procfs: BaseProcFs,
  pid: number | undefined,
  given: Iterable<Socket> | undefined,
  signal: AbortSignal | undefined,
  source: SocketSource | undefined,
): Promise<SampledSockets> {
  const namespace = pid === undefined ? undefined : namespaceOf(procfs, pid);
  let skipped: readonly Skipped[] = [];
  const looked = (): AsyncIterable<Socket> =>
    eachSocket({
      protocol: "all",
      procfs,
      ...(namespace !== undefined && { namespaces: [namespace] }),
      ...(signal && { signal }),
      ...(source && { source }),
      onIssue: () => {},
      onEnd: (rest) => {
        skipped = rest.skipped;
      },
    });
  try {
    const taking = new Taking();
    if (given === undefined) for await (const socket of looked()) taking.take(socket);
    else await takeWithin(taking, given, namespaceOf(procfs, pid));
    const { owners, unowned, digest } = taking;
    const processes = await processesOf(owners.values(), procfs);
    const of: Located = pid === undefined ? procfs : procfs.process(pid);
    const missing = [...skipped.filter(({ what }) => what !== "process").map(missingOf), ...closedProcesses(unowned)];
    return { sockets: digest.done(true), processes, missing: [...missing, ...absentTables(of)] };
  } catch (error) {
    if (!isProcfsError(error)) throw error;
    return {
      sockets: undefined,
      processes: undefined,
      missing: [{ what: "sockets", code: error.code, message: error.message }],
    };
  }
}

/** What is taken of each socket. */
class Taking {
  readonly digest: Digest = new Digest();
  readonly owners: Map<number, SocketOwner> = new Map();
  /** Sockets whose owner somebody with more rights would see. */
  unowned = 0;

  take(socket: Socket): void {
    this.digest.take(socket);
    if (CLOSED.has(socket.ownerless)) this.unowned++;
    for (const owner of socket.owners ?? []) this.owners.set(owner.pid, owner);
  }
}

/** Of sockets that were looked at before, those of one namespace; all where the kernel does not tell namespaces apart. */
async function takeWithin(taking: Taking, sockets: Iterable<Socket>, namespace: number | undefined): Promise<void> {
  const turns = new Turns();
  let count = 0;
  for (const socket of sockets) {
    const turn = ++count % STEP === 0 ? turns.due() : undefined;
    if (turn !== undefined) await turn;
    if (namespace === undefined || socket.namespace === namespace) taking.take(socket);
  }
}

/** Sockets between two pauses. */
const STEP = 512;

function missingOf({ what, code, message, protocol }: Skipped): Missing {
  return { what: protocol ?? what, code, message };
}

/** That processes could not be looked into that hold sockets here: neither whose these are nor their descriptors are known. */
function closedProcesses(unowned: number): Missing[] {
  if (unowned === 0) return [];
  const whose = unowned === 1 ? "1 socket is held by a process" : `${unowned} sockets are held by processes`;
  return [{ what: "processes", code: "EACCES", message: `${whose} that this reader may not look into` }];
}

/** Why a socket has no owner that somebody with more rights would see. */
const CLOSED: ReadonlySet<OwnerlessReason | undefined> = new Set([
  "no-permission",
  "hidepid",
  "other-namespace",
] as const);

/** Tables that are not there: of their sockets nothing is known, which is not that there are none. */
function absentTables(of: Located): Missing[] {
  const { directory } = of.place;
  return TABLES.filter((name) => !isThere(`${directory}/${name}`)).map((what) => ({
    what,
    code: "ENOENT",
    message: `there is no ${directory}/${what}`,
  }));
}

const TABLES = ["tcp", "tcp6", "udp", "udp6", "raw", "raw6", "unix", "netlink"];

/** Two files of each process, of which there can be thousands. */
async function processesOf(owners: Iterable<SocketOwner>, { root, context }: BaseProcFs): Promise<ProcessSample[]> {
  const live = isLive(context);
  const turns = new Turns();
  const found: ProcessSample[] = [];
  for (const owner of owners) {
    found.push(processOf(owner, root, live));
    const turn = turns.due();
    if (turn !== undefined) await turn;
  }
  return found;
}

function processOf({ pid, startTime, program }: SocketOwner, root: string, live: boolean): ProcessSample {
  const directory = `${root}/${pid}`;
  return { pid, startTime, program, descriptors: descriptorsOf(directory, live), limit: limitOf(directory) };
}

function descriptorsOf(directory: string, live: boolean): number | undefined {
  try {
    return knownCount(`${directory}/fd`, { live }) || undefined;
  } catch {
    return undefined; // it has ended
  }
}

/** `Max open files            1024                 524288               files`: the soft limit. */
const OPEN_FILES = /^Max open files +(\d+|unlimited) /m;

function limitOf(directory: string): number | undefined {
  try {
    const bytes = readAll(`${directory}/limits`);
    const [, soft] = OPEN_FILES.exec(latin1(bytes, 0, bytes.length)) ?? [];
    return soft === undefined ? undefined : soft === "unlimited" ? Number.POSITIVE_INFINITY : Number(soft);
  } catch (error) {
    if (isProcfsError(error)) return undefined;
    throw error;
  }
}
