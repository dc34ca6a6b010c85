import { existsSync } from "node:fs";
import {
  type BaseProcFs,
  type OwnerlessReason,
  SocketEngine,
  type SocketOwner,
  type SocketSource,
  type TcpSocket,
} from "procnet";
import type { Placement } from "procnet/parse";
import type { KernelDoor } from "../door/door.ts";
import { CgroupNames } from "../source/cgroups.ts";
import { KernelOwners } from "../source/owners.ts";
import { isNothing } from "./figures.ts";
import type { Listener } from "./listeners.ts";
import type { Found, NamespaceSeen, NamespaceTraffic } from "./namespace.ts";
import type { ConnectionTraffic } from "./traffic.ts";

/** Whose a connection is, as it is remembered from look to look. */
export interface Whose {
  readonly owners: readonly SocketOwner[] | undefined;
  readonly ownerless: OwnerlessReason | undefined;
  readonly cgroupId: number | undefined;
  /** By the control group of the socket itself, where nobody holds it. */
  readonly placement: Placement | undefined;
  readonly inode: number;
  readonly isAccepted: boolean;
  /** The look at which somebody was asked. */
  readonly askedAt: number;
}

/** A namespace, and what a look saw of it. */
export type Seen = readonly [NamespaceTraffic, NamespaceSeen];

/** Looks after which owners are asked for again: a process hands its connection to another one, or becomes another program. */
const ASK_AGAIN = 10;

/** Finds out whose connections are: asks for those alone that did something and are not known yet. */
export class Owning {
  private readonly root: string;
  private readonly engine: SocketEngine;
  private readonly owners: KernelOwners;
  private readonly cgroups = new CgroupNames();
  private look = 0;

  constructor(door: KernelDoor, procfs: BaseProcFs) {
    this.root = procfs.root;
    this.engine = new SocketEngine({ procfs });
    this.owners = new KernelOwners(door);
  }

  /** Those that did something, with whose they are. */
  async of(seen: readonly Seen[], signal: AbortSignal | undefined): Promise<ConnectionTraffic[]> {
    this.look++;
    const unknown = seen.flatMap(([, { found }]) => found.filter((one) => this.isUnknown(one)));
    const listeners = this.unknownListeners(seen);
    await this.ask(
      [...unknown, ...listeners].map(({ socket }) => socket),
      signal,
    );
    for (const listener of listeners) listener.whose = this.told(listener.socket, false);
    const connections: ConnectionTraffic[] = [];
    for (const [namespace, { found }] of seen) {
      for (const one of found) {
        const { connection, socket } = one;
        const isAccepted = connection.whose?.isAccepted ?? namespace.listeners.has(socket.localPort);
        if (this.isUnknown(one)) connection.whose = this.told(socket, isAccepted);
        if (!isNothing(one.moved)) connections.push(this.traffic(one, namespace, isAccepted));
      }
    }
    return connections;
  }

  close(): void {
    this.owners.close();
    this.engine.close();
  }

  /** A connection that its process has closed has no inode any more, and one that nobody has accepted has none yet. */
  private isUnknown({ isClosed, socket, connection: { whose } }: Found): boolean {
    if (isClosed || (socket.inode === 0 && whose !== undefined)) return false;
    return whose === undefined || whose.inode !== socket.inode || this.look - whose.askedAt >= ASK_AGAIN;
  }

  /** Those that are new, and those that owners of connections are guessed by now: a listener goes from process to process too. */
  private unknownListeners(seen: readonly Seen[]): readonly Listener[] {
    const all = new Set<Listener>();
    for (const [{ listeners }, { found }] of seen) {
      for (const one of listeners.all()) if (one.whose === undefined) all.add(one);
      for (const { isClosed, socket, connection } of found) {
        const one = isClosed && connection.whose === undefined ? listeners.of(socket) : undefined;
        if (one !== undefined && !all.has(one) && this.isOld(one.whose)) all.add(one);
      }
    }
    return [...all];
  }

  /** Whether it may not be so any more. */
  private isOld(whose: Whose | undefined): boolean {
    if (whose === undefined || this.look - whose.askedAt >= ASK_AGAIN) return true;
    return whose.owners?.every(({ pid }) => this.isThere(pid)) === false;
  }

  private isThere(pid: number): boolean {
    return existsSync(`${this.root}/${pid}`);
  }

  private told({ owners, ownerless, cgroupId, placement, inode }: TcpSocket, isAccepted: boolean): Whose {
    return { owners, ownerless, cgroupId, placement, inode, isAccepted, askedAt: this.look };
  }

  private traffic({ socket, moved, isClosed, connection }: Found, of: NamespaceTraffic, isAccepted: boolean) {
    const { whose = isClosed ? of.listeners.of(socket)?.whose : undefined } = connection;
    const isGuessed = connection.whose === undefined && whose !== undefined;
    const { owners, ownerless, cgroupId, placement } = whose ?? { ownerless: "gone" as const };
    Object.assign(socket, { owners: owners ?? [], ownerless, cgroupId });
    const place = placeOf(owners?.[0]) ?? placement;
    const { cgroup, container, unit } = place ?? { cgroup: undefined, container: undefined, unit: undefined };
    return { socket, isAccepted, isClosed, isGuessed, cgroup, container, unit, ...moved };
  }

  /** The library joins owners to rows, of which it is told these and no others. */
  private async ask(rows: readonly TcpSocket[], signal: AbortSignal | undefined): Promise<void> {
    if (rows.length === 0) return;
    const source: SocketSource = {
      name: "kernel",
      begin: async () => ({
        sockets: async ({ protocol }) => rows.filter((row) => row.protocol === protocol),
        // That they come from links of descriptors then changes nothing in what is told.
        held: () => this.owners.held(this.engine.procfs.root, () => {}, signal),
        notes: [],
        close: () => {},
      }),
    };
    await this.engine.sockets({ protocol: ["tcp", "tcp6"], source, ...(signal && { signal }) });
    await this.cgroups.name(
      rows.filter(({ owners }) => (owners?.length ?? 0) === 0),
      signal,
    );
  }
}

function placeOf(owner: SocketOwner | undefined): Placement | undefined {
  return owner && { cgroup: owner.cgroup, container: owner.container, unit: owner.unit };
}
