import type { Interface, NetworkPlace, NetworkSource, RouteWay, SocketSource, SourceAsked, SourceLook } from "procnet";
import type { InetWanted } from "../diag/inet.ts";
import type { DoorName, KernelDoor } from "../door/door.ts";
import { openDoor } from "../door/open.ts";
import { Rooms } from "../netlink/rooms.ts";
import { CgroupNames } from "./cgroups.ts";
import { KernelLook } from "./look.ts";
import { interfacesIn, routesIn } from "./network.ts";
import { otherProcfs } from "./other-procfs.ts";
import { KernelOwners } from "./owners.ts";

/** Options of {@link createKernelSource}; all optional. */
export interface KernelSourceOptions extends InetWanted {
  /** Through which interface: the one that this runtime has by default. A door of one's own may stand between, as to count calls. */
  readonly door?: DoorName | KernelDoor;
  /** Whether owners are told by the BPF iterator where that can be had, else by links: `true` by default. */
  readonly iterator?: boolean;
}

/**
 * The kernel itself as a source of sockets: netlink's sock_diag for the tables, a BPF iterator for owners. Hand it to `sockets`, `watch` or
 * a `SocketEngine` as `source`. It keeps the iterator until it is closed.
 *
 * @throws NoDoor where this runtime has no foreign-function interface, with what would help
 * @example
 * ```ts
 * import { createKernelSource } from "@procnet/kernel";
 * import { sockets } from "procnet";
 * using source = createKernelSource();
 * const result = await sockets({ protocol: "tcp", source });
 * console.log(result.source, result.sockets.map(({ tcpInfo }) => tcpInfo?.rtt));
 * ```
 */
export function createKernelSource(options: KernelSourceOptions = {}): KernelSource {
  return new KernelSource(options);
}

/** See {@link createKernelSource}. */
export class KernelSource implements SocketSource, NetworkSource {
  readonly name = "kernel";
  private readonly door: KernelDoor;
  private readonly owners: KernelOwners | undefined;
  private readonly wanted: InetWanted;
  private readonly rooms = new Rooms();
  private readonly cgroups = new CgroupNames();

  /** @throws NoDoor */
  constructor({ door, iterator = true, ...wanted }: KernelSourceOptions = {}) {
    this.door = typeof door === "object" ? door : openDoor(door);
    this.owners = iterator ? new KernelOwners(this.door) : undefined;
    this.wanted = wanted;
  }

  /** Makes ready for one answer. */
  async begin(asked: SourceAsked): Promise<SourceLook> {
    const { door, owners, wanted, rooms, cgroups } = this;
    const other = otherProcfs(asked.root);
    if (other !== undefined) return allByProcfs(other);
    return new KernelLook(asked, { door, owners, wanted, rooms, cgroups });
  }

  /** Interfaces by rtnetlink, for `interfacesAsync`. */
  interfaces(of: NetworkPlace, note: (why: string) => void): Promise<Interface[] | undefined> {
    return interfacesIn(of, this.door, note);
  }

  /** Routes of all tables by rtnetlink. */
  routes(of: NetworkPlace, note: (why: string) => void): Promise<RouteWay[] | undefined> {
    return routesIn(of, this.door, note);
  }

  /** Lets go of the iterator. The source can still be used. */
  close(): void {
    this.owners?.close();
  }

  /** The same as {@link KernelSource.close}, at the end of a block with `using`. */
  [Symbol.dispose](): void {
    this.close();
  }
}

/** What leaves everything to procfs. */
function allByProcfs(why: string): SourceLook {
  return {
    notes: [`all is read from procfs: ${why}`],
    sockets: async () => undefined,
    held: async () => undefined,
    close: () => {},
  };
}
