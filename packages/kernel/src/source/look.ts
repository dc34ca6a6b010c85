import type { DatagramSocket, HeldSockets, Socket, SourceAsked, SourceLook, SourceQuestion, TcpSocket } from "procnet";
import { INET_DIAG_MSG, NETLINK_SOCK_DIAG } from "../diag/constants.ts";
import { allRowsInTurns, type Dump } from "../diag/dump.ts";
import { type InetWanted, inetSockets } from "../diag/inet.ts";
import type { InetProtocol } from "../diag/inet-request.ts";
import type { KernelDoor } from "../door/door.ts";
import { errnoName, KernelError } from "../netlink/errors.ts";
import type { Rooms } from "../netlink/rooms.ts";
import { NetlinkSocket } from "../netlink/socket.ts";
import { conditionsOf, type InetConditions } from "./inet-conditions.ts";
import type { KernelOwners } from "./owners.ts";

/** What a look works with. */
export interface LookWith {
  readonly door: KernelDoor;
  readonly owners: KernelOwners | undefined;
  readonly wanted: InetWanted;
  readonly rooms: Rooms;
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

const INET: ReadonlySet<string> = new Set<InetProtocol>([
  "tcp",
  "tcp6",
  "udp",
  "udp6",
  "udplite",
  "udplite6",
  "raw",
  "raw6",
]);

/** One look of the kernel's source. Tables and namespaces that it cannot tell of are left to procfs. */
export class KernelLook implements SourceLook {
  readonly notes: string[] = [];
  private readonly with: LookWith;
  private readonly signal: AbortSignal | undefined;
  /** Netlink sockets by the process through which their namespace is reached; `undefined` where there is none. */
  private readonly open = new Map<number | undefined, NetlinkSocket | undefined>();
  /** Tables that this kernel does not tell of. */
  private readonly missing = new Set<string>();

  constructor(asked: SourceAsked, given: LookWith) {
    this.signal = asked.signal;
    this.with = given;
  }

  async sockets(question: SourceQuestion): Promise<readonly Socket[] | undefined> {
    const { protocol, pid } = question;
    if (!isInet(protocol) || this.missing.has(protocol)) return undefined;
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

  private async rows(socket: NetlinkSocket, protocol: InetProtocol, question: SourceQuestion): Promise<Socket[]> {
    const { states, bytecode, passes } = conditionsOf(question);
    if (states === 0) return [];
    const asked = { ...this.with.wanted, protocol, states, bytecode, namespace: question.namespace };
    const dump = those(inetSockets(asked), passes);
    const { rows, isInterrupted } = await allRowsInTurns<TcpSocket | DatagramSocket>(socket, dump, this.signal);
    if (isInterrupted) throw new KernelError(`${protocol}: the table changed each time it was told`, 4);
    return rows;
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

function isInet(protocol: string): protocol is InetProtocol {
  return INET.has(protocol);
}

/** The sockets of a dump that pass, of which no rows are made otherwise. */
function those<Row>(dump: Dump<Row>, passes: InetConditions["passes"]): Dump<Row> {
  if (passes === undefined) return dump;
  return {
    question: dump.question,
    reader: () => {
      const row = dump.reader();
      return (of, from, to) => (to - from < INET_DIAG_MSG || passes(of, from) ? row(of, from, to) : undefined);
    },
  };
}
