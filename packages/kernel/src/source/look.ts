import type { HeldSockets, Socket, SocketProtocol, SourceAsked, SourceLook, SourceQuestion } from "procnet";
import { NETLINK_SOCK_DIAG } from "../diag/constants.ts";
import type { InetWanted } from "../diag/inet.ts";
import type { InetProtocol } from "../diag/inet-request.ts";
import type { KernelDoor } from "../door/door.ts";
import { errnoName, KernelError } from "../netlink/errors.ts";
import type { Rooms } from "../netlink/rooms.ts";
import { NetlinkSocket } from "../netlink/socket.ts";
import type { CgroupNames } from "./cgroups.ts";
import { inetTable } from "./inet-table.ts";
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
  readonly others: Others;
}

/** How other network namespaces can be asked. */
export interface Others {
  /** Netlink sockets in them by the process through which each is reached, or negative numbers of errors. */
  readonly sockets: ReadonlyMap<number, number>;
  /** Why there is none at all. */
  readonly reason: string | undefined;
}

const ESRCH = 3;

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

/** One look of the kernel's source. Tables and namespaces that it cannot tell of are left to procfs. */
export class KernelLook implements SourceLook {
  readonly notes: string[] = [];
  private readonly with: LookWith;
  private readonly signal: AbortSignal | undefined;
  private readonly root: string;
  /** Netlink sockets by the process through which their namespace is reached; `undefined` where there is none. */
  private readonly open = new Map<number | undefined, NetlinkSocket | undefined>();
  /** Tables that this kernel does not tell of. */
  private readonly missing = new Set<string>();

  constructor(asked: SourceAsked, given: LookWith) {
    this.signal = asked.signal;
    this.root = asked.root;
    this.with = given;
  }

  async sockets(question: SourceQuestion): Promise<readonly Socket[] | undefined> {
    const { protocol, pid } = question;
    if (this.missing.has(protocol)) return undefined;
    if (!isTold(protocol)) {
      this.note(`${protocol} is read from procfs: netlink tells of no such sockets`);
      return undefined;
    }
    const socket = this.socketIn(pid);
    if (socket === undefined) return undefined;
    try {
      return await this.rows(socket, protocol, question);
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      this.note(`${protocol} is read from procfs: ${error.message}`);
      this.missing.add(protocol);
      return undefined;
    }
  }

  async held(): Promise<readonly HeldSockets[] | undefined> {
    return this.with.owners?.held((why) => this.note(why), this.signal);
  }

  close(): void {
    for (const [pid, fd] of this.with.others.sockets) if (fd >= 0 && !this.open.has(pid)) this.with.door.close(fd);
    for (const socket of this.open.values()) socket?.close();
    this.open.clear();
  }

  private rows(socket: NetlinkSocket, protocol: Told, question: SourceQuestion): Promise<readonly Socket[]> {
    const { wanted, cgroups } = this.with;
    const asking = { socket, wanted, signal: this.signal };
    if (protocol === "unix") return unixTable(asking, question, this.root);
    if (protocol === "netlink") return netlinkTable(asking, question);
    if (protocol === "packet") return packetTable(asking, question);
    return inetTable(asking, protocol, question, cgroups);
  }

  private socketIn(pid: number | undefined): NetlinkSocket | undefined {
    if (this.open.has(pid)) return this.open.get(pid);
    const socket = pid === undefined ? this.own() : this.other(pid);
    this.open.set(pid, socket);
    return socket;
  }

  private own(): NetlinkSocket | undefined {
    try {
      return new NetlinkSocket(this.with.door, NETLINK_SOCK_DIAG, undefined, this.with.rooms);
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      this.note(`sockets are read from procfs: ${error.message}`);
      return undefined;
    }
  }

  private other(pid: number): NetlinkSocket | undefined {
    const { door, rooms, others } = this.with;
    const fd = others.sockets.get(pid) ?? -ESRCH;
    if (fd >= 0) return new NetlinkSocket(door, NETLINK_SOCK_DIAG, fd, rooms);
    if (others.reason !== undefined) this.note(`other network namespaces are read from procfs: ${others.reason}`);
    else this.note(`the network namespace of process ${pid} is read from procfs: ${errnoName(-fd)} on the way into it`);
    return undefined;
  }

  private note(why: string): void {
    if (!this.notes.includes(why)) this.notes.push(why);
  }
}

function isTold(protocol: SocketProtocol): protocol is Told {
  return TOLD.has(protocol);
}
