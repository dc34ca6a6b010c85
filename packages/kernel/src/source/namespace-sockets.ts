import type { SourceAsked } from "procnet";
import { NETLINK_SOCK_DIAG } from "../diag/constants.ts";
import type { KernelDoor } from "../door/door.ts";
import { errnoName, KernelError } from "../netlink/errors.ts";
import type { Rooms } from "../netlink/rooms.ts";
import { NetlinkSocket } from "../netlink/socket.ts";
import { socketsIn } from "../threads/namespaces.ts";

const ESRCH = 3;

/** Netlink sockets in other namespaces by the process through which each is reached, or negative numbers of errors. */
interface Others {
  readonly sockets: ReadonlyMap<number, number>;
  /** Why there is none at all. */
  readonly reason: string | undefined;
}

/**
 * The netlink sockets of one look, one for each network namespace. Those of other namespaces are made by a thread, which is waited for when
 * one of them is wanted: the reader's own can be asked meanwhile.
 */
export class NamespaceSockets {
  private readonly door: KernelDoor;
  private readonly rooms: Rooms;
  private readonly note: (why: string) => void;
  private readonly others: Promise<Others>;
  /** `undefined` where there is none. */
  private readonly open = new Map<number | undefined, NetlinkSocket | undefined>();
  private isClosed = false;

  constructor(
    door: KernelDoor,
    rooms: Rooms,
    { root, pids, namespaces }: Pick<SourceAsked, "root" | "pids" | "namespaces">,
    note: (why: string) => void,
  ) {
    this.door = door;
    this.rooms = rooms;
    this.note = note;
    this.others = othersOf(door, root, pids, namespaces);
  }

  /** That of the namespace of a process, or of the reader's own; `undefined` where there is none, and the note says why. */
  async of(pid: number | undefined): Promise<NetlinkSocket | undefined> {
    const others = pid === undefined ? undefined : await this.others;
    if (this.open.has(pid)) return this.open.get(pid);
    const socket = pid === undefined ? this.own() : this.other(pid, others!);
    this.open.set(pid, socket);
    return socket;
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    for (const socket of this.open.values()) socket?.close();
    void this.others.then(({ sockets }) => {
      for (const [pid, fd] of sockets) if (fd >= 0 && this.open.get(pid) === undefined) this.door.close(fd);
    });
  }

  private own(): NetlinkSocket | undefined {
    try {
      return new NetlinkSocket(this.door, NETLINK_SOCK_DIAG, undefined, this.rooms);
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      this.note(`sockets are read from procfs: ${error.message}`);
      return undefined;
    }
  }

  private other(pid: number, { sockets, reason }: Others): NetlinkSocket | undefined {
    if (this.isClosed) return undefined;
    const fd = sockets.get(pid) ?? -ESRCH;
    if (fd >= 0) return new NetlinkSocket(this.door, NETLINK_SOCK_DIAG, fd, this.rooms);
    if (reason !== undefined) this.note(`other network namespaces are read from procfs: ${reason}`);
    else this.note(`the network namespace of process ${pid} is read from procfs: ${errnoName(-fd)} on the way into it`);
    return undefined;
  }
}

/** A thread may not be had: for want of memory, of the right to start one, or in a runtime that has none. */
async function othersOf(
  door: KernelDoor,
  root: string,
  pids: readonly number[],
  namespaces: SourceAsked["namespaces"],
): Promise<Others> {
  if (pids.length === 0) return { sockets: new Map(), reason: undefined };
  try {
    const inodes = pids.map((pid) => namespaces?.get(pid));
    const fds = await socketsIn(root, pids, NETLINK_SOCK_DIAG, door.name, inodes);
    return { sockets: new Map(pids.map((pid, at) => [pid, fds[at]!])), reason: undefined };
  } catch (error) {
    return { sockets: new Map(), reason: `no thread can go into them: ${(error as Error).message}` };
  }
}
