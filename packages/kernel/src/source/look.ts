import {
  type BaseProcFs,
  baseProcFs,
  type HeldSockets,
  isTcp6Empty,
  type Socket,
  type SocketProtocol,
  type SourceAsked,
  type SourceLook,
  type SourceQuestion,
} from "procnet";
import type { InetWanted } from "../diag/inet.ts";
import type { InetProtocol } from "../diag/inet-request.ts";
import type { KernelDoor } from "../door/door.ts";
import { KernelError } from "../netlink/errors.ts";
import { BrokenMessage } from "../netlink/message.ts";
import type { Rooms } from "../netlink/rooms.ts";
import type { NetlinkSocket } from "../netlink/socket.ts";
import { Ahead } from "./ahead.ts";
import type { CgroupNames } from "./cgroups.ts";
import { inetTable } from "./inet-table.ts";
import { NamespaceSockets } from "./namespace-sockets.ts";
import { netlinkTable, packetTable } from "./other-tables.ts";
import type { KernelOwners } from "./owners.ts";
import { unixTable } from "./unix-table.ts";

/** What a look works with. */
export interface LookWith {
  readonly door: KernelDoor;
  readonly owners: KernelOwners | undefined;
  readonly wanted: InetWanted;
  readonly rooms: Rooms;
  readonly cgroups: CgroupNames;
}

/** Tables of which sock_diag tells, if the kernel has what it takes. */
type Told = InetProtocol | "unix" | "netlink" | "packet";

const TOLD: ReadonlySet<string> = new Set<Told>([
  "tcp",
  "tcp6",
  "udp",
  "udp6",
  "udplite",
  "udplite6",
  "raw",
  "raw6",
  "unix",
  "netlink",
  "packet",
]);

/** What this kernel has not says no in every namespace; whatever else goes wrong costs one of them one table. */
const IS_NOWHERE: ReadonlySet<string> = new Set([
  "ENOENT",
  "EINVAL",
  "EOPNOTSUPP",
  "EPROTONOSUPPORT",
  "EPERM",
  "EACCES",
]);

/** One look of the kernel's source. Tables and namespaces that it cannot tell of are left to procfs. */
export class KernelLook implements SourceLook {
  readonly notes: string[] = [];
  private readonly with: LookWith;
  private readonly signal: AbortSignal | undefined;
  private readonly procfs: BaseProcFs;
  private readonly open: NamespaceSockets;
  private readonly ahead: Ahead;
  /** By namespace: a netlink socket is asked one thing at a time. */
  private readonly last = new Map<number | undefined, Promise<unknown>>();
  /** Tables that this kernel does not tell of. */
  private readonly missing = new Set<string>();
  private isClosed = false;

  constructor(asked: SourceAsked, given: LookWith) {
    this.signal = asked.signal;
    this.procfs = baseProcFs({ root: asked.root });
    this.with = given;
    this.open = new NamespaceSockets(given.door, given.rooms, asked, (why) => this.note(why));
    this.ahead = new Ahead(asked.namespaces ?? new Map(), (question) => this.inTurn(question));
  }

  async sockets(question: SourceQuestion): Promise<readonly Socket[] | undefined> {
    return this.ahead.answer(question);
  }

  get heldBy(): "kernel" | "pin" | undefined {
    return this.with.owners?.by;
  }

  async held(): Promise<readonly HeldSockets[] | undefined> {
    return this.with.owners?.held(this.procfs.root, (why) => this.note(why), this.signal);
  }

  close(): void {
    this.isClosed = true;
    this.open.close();
  }

  private inTurn(question: SourceQuestion): Promise<readonly Socket[] | undefined> {
    const before = this.last.get(question.pid) ?? Promise.resolve();
    const answer = before.then(() => this.answer(question));
    this.last.set(
      question.pid,
      answer.catch(() => {}),
    );
    return answer;
  }

  private async answer(question: SourceQuestion): Promise<readonly Socket[] | undefined> {
    const { protocol, pid } = question;
    if (this.missing.has(protocol)) return undefined;
    if (!isTold(protocol)) {
      this.note(`${protocol} is read from procfs: netlink tells of no such sockets`);
      return undefined;
    }
    const socket = await this.open.of(pid);
    if (socket === undefined) return undefined;
    if (protocol === "tcp6" && isKnownEmpty(this.procfs, question)) return [];
    try {
      return await this.rows(socket, protocol, question);
    } catch (error) {
      if (!(error instanceof KernelError || error instanceof BrokenMessage)) throw error;
      // What was asked ahead, for an answer that is over.
      if (this.isClosed) return undefined;
      this.note(`${protocol} is read from procfs: ${error.message}`);
      if (error instanceof KernelError && IS_NOWHERE.has(error.code)) this.missing.add(protocol);
      return undefined;
    }
  }

  private rows(
    socket: NetlinkSocket,
    protocol: Told,
    question: SourceQuestion,
  ): Promise<readonly Socket[] | undefined> {
    const { wanted, cgroups } = this.with;
    const asking = { socket, wanted, signal: this.signal, note: (why: string) => this.note(why) };
    if (protocol === "unix") return unixTable(asking, question, this.procfs.root);
    if (protocol === "netlink") return netlinkTable(asking, question);
    if (protocol === "packet") return packetTable(asking, question);
    return inetTable(asking, protocol, question, cgroups, this.procfs.root);
  }

  private note(why: string): void {
    if (!this.notes.includes(why)) this.notes.push(why);
  }
}

/**
 * Whether the counters of a namespace say that it has nothing in tcp6: the kernel would go through all connections of IPv4 to find that out.
 * Not where the process has left the namespace meanwhile.
 */
function isKnownEmpty(procfs: BaseProcFs, { pid, namespace }: SourceQuestion): boolean {
  const process = pid === undefined ? undefined : procfs.process(pid);
  if (!isTcp6Empty((process ?? procfs).place)) return false;
  try {
    return process === undefined || namespace === undefined || process.networkNamespace() === namespace;
  } catch {
    return false; // it has ended: whoever asks the kernel is told so
  }
}

function isTold(protocol: SocketProtocol): protocol is Told {
  return TOLD.has(protocol);
}
