import { type BaseProcFs, type NetworkNamespace, networkNamespacesAsync } from "procnet";
import { NETLINK_SOCK_DIAG } from "../diag/constants.ts";
import type { KernelDoor } from "../door/door.ts";
import { errnoName, KernelError } from "../netlink/errors.ts";
import { NetlinkSocket, openNetlink } from "../netlink/socket.ts";
import { socketsIn } from "../threads/namespaces.ts";
import { Closings } from "./closings.ts";
import { NamespaceTraffic } from "./namespace.ts";
import type { TrafficOptions } from "./traffic.ts";

/** Milliseconds between two looks for namespaces: each is a link of every process. */
const LIST_AGAIN = 3000;

/** What of the options says where and what is looked at. */
export interface NamespacesWanted extends Required<Pick<TrafficOptions, "namespaces" | "closings">> {
  readonly protocols: readonly ("tcp" | "tcp6")[];
}

/** The network namespaces that are looked at: they come and go. */
export class TrafficNamespaces {
  private readonly door: KernelDoor;
  private readonly procfs: BaseProcFs;
  private readonly wanted: NamespacesWanted;
  private readonly note: (why: string) => void;
  private readonly open = new Map<number | undefined, NamespaceTraffic>();
  /** Those that cannot be entered. */
  private readonly refused = new Set<number | undefined>();
  private listedAt: number | undefined;

  constructor(door: KernelDoor, procfs: BaseProcFs, wanted: NamespacesWanted, note: (why: string) => void) {
    this.door = door;
    this.procfs = procfs;
    this.wanted = wanted;
    this.note = note;
  }

  /** Those that there are now. @throws KernelError where the own one is not told of */
  async now(): Promise<readonly NamespaceTraffic[]> {
    const { namespaces } = this.wanted;
    if (namespaces === "current") {
      if (this.open.size === 0) this.open.set(undefined, this.own(undefined));
    } else if (this.listedAt === undefined || performance.now() - this.listedAt >= LIST_AGAIN) await this.list();
    return [...this.open.values()];
  }

  /** Takes what was told of connections that closed; whether there is more. */
  hear(): boolean {
    let isMore = false;
    for (const one of this.open.values()) if (one.hear()) isMore = true;
    return isMore;
  }

  close(): void {
    for (const one of this.open.values()) one.close();
    this.open.clear();
  }

  private async list(): Promise<void> {
    const { namespaces } = this.wanted;
    const isNew = this.listedAt !== undefined;
    this.listedAt = performance.now();
    const all = await networkNamespacesAsync({ procfs: this.procfs });
    const isAsked = Array.isArray(namespaces) ? (inode: unknown) => namespaces.includes(inode) : () => true;
    const asked = all.filter(({ inode }) => isAsked(inode));
    const inodes = new Set(asked.map(({ inode }) => inode));
    for (const [inode, one] of this.open) {
      if (inodes.has(inode)) continue;
      one.close();
      this.open.delete(inode);
    }
    const others: NetworkNamespace[] = [];
    for (const one of asked) {
      const known = this.open.get(one.inode);
      // The process through which it was read may have ended.
      if (known !== undefined && !one.current) known.files = this.procfs.process(one.pids[0]!);
      if (known !== undefined || this.refused.has(one.inode)) continue;
      if (one.current) this.open.set(one.inode, this.own(one.inode));
      else others.push(one);
    }
    if (others.length > 0) await this.enter(others, isNew);
  }

  private own(inode: number | undefined): NamespaceTraffic {
    const netlink = new NetlinkSocket(this.door, NETLINK_SOCK_DIAG);
    const events = this.wanted.closings ? openNetlink(this.door, NETLINK_SOCK_DIAG) : -1;
    return this.namespace(inode, this.procfs, netlink, events, false);
  }

  /** Two sockets in each: one that asks, one that hears. */
  private async enter(others: readonly NetworkNamespace[], isNew: boolean): Promise<void> {
    const pids = others.map(({ pids: [pid] }) => pid!);
    const twice = this.wanted.closings ? [...pids, ...pids] : pids;
    const fds = await socketsIn(this.procfs.root, twice, NETLINK_SOCK_DIAG, this.door.name);
    for (const [at, { inode }] of others.entries()) {
      const [asks, hears = -1] = [fds[at]!, fds[pids.length + at]];
      if (asks < 0) {
        if (hears >= 0) this.door.close(hears);
        this.refused.add(inode);
        this.note(
          `the network namespace ${inode ?? "of others"} is not looked at: ${errnoName(-asks)} on the way into it`,
        );
        continue;
      }
      const netlink = new NetlinkSocket(this.door, NETLINK_SOCK_DIAG, asks);
      this.open.set(inode, this.namespace(inode, this.procfs.process(pids[at]!), netlink, hears, isNew));
    }
  }

  private namespace(
    inode: number | undefined,
    files: NamespaceTraffic["files"],
    netlink: NetlinkSocket,
    events: number,
    isNew: boolean,
  ): NamespaceTraffic {
    const { protocols } = this.wanted;
    return new NamespaceTraffic({ inode, files, protocols, netlink, closings: this.closings(events), isNew });
  }

  private closings(events: number): Closings | undefined {
    if (events < 0) return undefined;
    try {
      return new Closings(this.door, events);
    } catch (error) {
      this.door.close(events);
      if (!(error instanceof KernelError)) throw error;
      this.note(`what connections do between the last look and their end is not seen: ${error.message}`);
      return undefined;
    }
  }
}
