import type { DatagramSocket, HeldSockets, Socket, SourceAsked, SourceLook, SourceQuestion, TcpSocket } from "procnet";
import { NETLINK_SOCK_DIAG } from "../diag/constants.ts";
import { allRowsInTurns } from "../diag/dump.ts";
import { type InetWanted, inetSockets } from "../diag/inet.ts";
import type { InetProtocol } from "../diag/inet-request.ts";
import type { KernelDoor } from "../door/door.ts";
import { errnoName, KernelError } from "../netlink/errors.ts";
import { NetlinkSocket } from "../netlink/socket.ts";
import { maskOf, testOf } from "./inet-conditions.ts";
import type { KernelOwners } from "./owners.ts";

/** What a look works with. */
export interface LookWith {
  readonly door: KernelDoor;
  readonly owners: KernelOwners | undefined;
  readonly wanted: InetWanted;
  /** Netlink sockets of other namespaces by the process through which these are reached, or negative numbers of errors. */
  readonly others: ReadonlyMap<number, number>;
}

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
    for (const [pid, fd] of this.with.others) if (fd >= 0 && !this.open.has(pid)) this.with.door.close(fd);
    for (const socket of this.open.values()) socket?.close();
    this.open.clear();
  }

  private async rows(socket: NetlinkSocket, protocol: InetProtocol, question: SourceQuestion): Promise<Socket[]> {
    const { namespace, inet } = question;
    const states = maskOf(inet);
    if (states === 0) return [];
    const dump = inetSockets({ ...this.with.wanted, protocol, states, namespace });
    const isWanted = testOf(inet) ?? (() => true);
    const { rows, isInterrupted } = await allRowsInTurns<TcpSocket | DatagramSocket>(
      socket,
      dump,
      isWanted,
      this.signal,
    );
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
      return new NetlinkSocket(this.with.door, NETLINK_SOCK_DIAG);
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      this.note(`sockets are read from procfs: ${error.message}`);
      return undefined;
    }
  }

  private other(pid: number): NetlinkSocket | undefined {
    const fd = this.with.others.get(pid) ?? -3;
    if (fd >= 0) return new NetlinkSocket(this.with.door, NETLINK_SOCK_DIAG, fd);
    this.note(`the network namespace of process ${pid} is read from procfs: ${errnoName(-fd)} on the way into it`);
    return undefined;
  }

  private note(why: string): void {
    if (!this.notes.includes(why)) this.notes.push(why);
  }
}

function isInet(protocol: string): protocol is InetProtocol {
  return INET.has(protocol);
}
