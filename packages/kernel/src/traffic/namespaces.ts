import { statSync } from "node:fs";
import { type BaseProcFs, type NetworkNamespace, networkNamespacesAsync } from "procnet";
import { NETLINK_SOCK_DIAG } from "../diag/constants.ts";
import type { KernelDoor } from "../door/door.ts";
import { errnoName, KernelError } from "../netlink/errors.ts";
import { NetlinkSocket, openNetlink } from "../netlink/socket.ts";
import { withoutAdmin } from "../netlink/without-admin.ts";
import { socketsIn } from "../threads/namespaces.ts";
import { Closings } from "./closings.ts";
import { type Files, NamespaceTraffic } from "./namespace.ts";
import type { TrafficOptions } from "./traffic.ts";

/** Milliseconds between two looks for namespaces: each is a link of every process. */
const LIST_AGAIN = 3000;

/** Processes of a namespace that are tried, one after the other ends on the way in. */
const TRIED = 5;

const EPERM = 1;
const ENOENT = 2;
const ESRCH = 3;
const EACCES = 13;

/** What of the options says where and what is looked at. */
export interface NamespacesWanted extends Required<Pick<TrafficOptions, "namespaces" | "closings">> {
  readonly protocols: readonly ("tcp" | "tcp6")[];
}

/**
 * The network namespaces that are looked at: they come and go. They are listed by a clock of their own, so that one that has ended is not
 * kept alive by what looks at it for as long as whoever asks for looks is busy.
 */
export class TrafficNamespaces {
  private readonly door: KernelDoor;
  private readonly procfs: BaseProcFs;
  private readonly wanted: NamespacesWanted;
  private readonly open = new Map<number | undefined, NamespaceTraffic>();
  /** Those that may not be looked at, and why. */
  private readonly refused = new Map<number | undefined, string>();
  /** Those that could not be entered when they were listed last, and why: they are tried again. */
  private readonly missed = new Map<number | undefined, string>();
  /** Those that ended since the last look. */
  private gone: NamespaceTraffic[] = [];
  /** Why nothing is heard of what closes. */
  private unheard: string | undefined;
  /** Why no other one can be entered. */
  private unentered: string | undefined;
  private clock: NodeJS.Timeout | undefined;
  private listing: Promise<void> | undefined;
  private failure: unknown;
  private isStale = true;
  private isOver = false;

  constructor(door: KernelDoor, procfs: BaseProcFs, wanted: NamespacesWanted) {
    this.door = door;
    this.procfs = procfs;
    this.wanted = wanted;
  }

  /** What is not looked at, and why. */
  get notes(): readonly string[] {
    return [this.unheard, this.unentered, ...this.refused.values(), ...this.missed.values()].filter(
      (why) => why !== undefined,
    );
  }

  /** Those that there are now. @throws KernelError where the own one is not told of */
  async now(): Promise<readonly NamespaceTraffic[]> {
    if (this.wanted.namespaces === "current") {
      if (this.open.size === 0) this.open.set(undefined, this.own(undefined));
      return [...this.open.values()];
    }
    this.clock ??= setInterval(() => void this.list(), LIST_AGAIN).unref();
    if (this.isStale) await this.list();
    if (this.failure !== undefined) throw this.failure;
    return [...this.open.values()];
  }

  /** Those that ended since this was asked before: what they had heard is left of them. */
  ended(): readonly NamespaceTraffic[] {
    const { gone } = this;
    this.gone = [];
    return gone;
  }

  /** One cannot be looked at. @throws the error, where it is the own one */
  refuse(one: NamespaceTraffic, error: KernelError): void {
    if (one.isOver) return;
    if (one.isOwn) throw error;
    one.close();
    this.open.delete(one.inode);
    this.refused.set(one.inode, unseenText(one.inode, error.message));
  }

  /** Takes what was told of connections that closed; whether there is more. */
  hear(): boolean {
    let isMore = false;
    for (const one of this.open.values()) if (one.hear()) isMore = true;
    return isMore;
  }

  async close(): Promise<void> {
    this.isOver = true;
    clearInterval(this.clock);
    await this.listing;
    for (const one of this.open.values()) one.close();
    this.open.clear();
  }

  /** Finds those that came and closes those that went; one that is under way already is waited for. */
  private list(): Promise<void> {
    this.listing ??= this.listed()
      .catch((error: unknown) => {
        this.failure = error;
      })
      .finally(() => {
        this.listing = undefined;
      });
    return this.listing;
  }

  private async listed(): Promise<void> {
    const { namespaces } = this.wanted;
    this.isStale = false;
    const all = await networkNamespacesAsync({ procfs: this.procfs });
    const isAsked = Array.isArray(namespaces) ? (inode: unknown) => namespaces.includes(inode) : () => true;
    const asked = all.filter(({ inode }) => isAsked(inode));
    this.forget(new Set(asked.map(({ inode }) => inode)));
    this.missed.clear();
    const others: NetworkNamespace[] = [];
    for (const one of asked) {
      const known = this.open.get(one.inode);
      if (known !== undefined && !known.isOwn) known.files = this.filesOf(one);
      if (known !== undefined || this.refused.has(one.inode)) continue;
      if (one.current) this.open.set(one.inode, this.own(one.inode));
      else others.push(one);
    }
    if (others.length > 0) await this.enter(others);
  }

  /** Those that are not there any more: their numbers may become those of others. */
  private forget(there: ReadonlySet<number | undefined>): void {
    for (const inode of this.refused.keys()) if (!there.has(inode)) this.refused.delete(inode);
    for (const [inode, one] of this.open) {
      if (there.has(inode)) continue;
      one.close();
      this.open.delete(inode);
      this.gone.push(one);
    }
  }

  private own(inode: number | undefined): NamespaceTraffic {
    const asks = withoutAdmin(this.door, () => openNetlink(this.door, NETLINK_SOCK_DIAG));
    const netlink = new NetlinkSocket(this.door, NETLINK_SOCK_DIAG, asks);
    const events = this.wanted.closings ? openNetlink(this.door, NETLINK_SOCK_DIAG) : -1;
    return this.namespace(inode, true, (read) => read(this.procfs), netlink, events);
  }

  /** Through a process of each; where that has ended meanwhile, through the next one. */
  private async enter(others: readonly NetworkNamespace[]): Promise<void> {
    let left = others;
    for (let at = 0; left.length > 0 && at < TRIED && !this.isOver; at++) {
      const tried = left.filter(({ pids }) => at < pids.length);
      const errors = await this.enterThrough(tried, at);
      if (errors === undefined) return;
      left = tried.filter((_, place) => errors[place] === ENOENT || errors[place] === ESRCH);
    }
    // All that were tried have ended: there may be others.
    if (left.length > 0) this.isStale = true;
  }

  /** Two sockets in each: one that asks, one that hears; the errors, or `undefined` where none can be entered. */
  private async enterThrough(others: readonly NetworkNamespace[], at: number): Promise<number[] | undefined> {
    const pids = others.map(({ pids }) => pids[at]!);
    const inodes = others.map(({ inode }) => inode);
    const fds = await (this.wanted.closings
      ? this.socketsThrough([...pids, ...pids], [...inodes, ...inodes])
      : this.socketsThrough(pids, inodes));
    return fds && others.map((one, place) => this.entered(one, fds[place]!, fds[pids.length + place] ?? -1));
  }

  /** `undefined` where no thread can be had, for want of memory or of the right to start one: the own namespace goes on without. */
  private async socketsThrough(
    pids: readonly number[],
    inodes: readonly (number | undefined)[],
  ): Promise<readonly number[] | undefined> {
    try {
      const fds = await socketsIn(this.procfs.root, pids, NETLINK_SOCK_DIAG, this.door.name, inodes, true);
      this.unentered = undefined;
      return fds;
    } catch (error) {
      this.unentered = `other network namespaces are not looked at: ${(error as Error).message}`;
      return undefined;
    }
  }

  /** The error, or 0. */
  private entered(one: NetworkNamespace, asks: number, hears: number): number {
    const { inode } = one;
    const error = this.wanted.closings ? Math.min(0, asks, hears) : Math.min(0, asks);
    if (error < 0 || this.isOver) {
      for (const fd of [asks, hears]) if (fd >= 0) this.door.close(fd);
      const why = unseenText(inode, `${errnoName(-error)} on the way into it`);
      const isForGood = error === -EPERM || error === -EACCES;
      (isForGood ? this.refused : this.missed).set(inode, why);
      return -error;
    }
    this.missed.delete(inode);
    const netlink = new NetlinkSocket(this.door, NETLINK_SOCK_DIAG, asks);
    this.open.set(inode, this.namespace(inode, false, this.filesOf(one), netlink, hears));
    return 0;
  }

  /** Through whichever process is still in it: that is looked at before and after, as numbers of processes are used again. */
  private filesOf({ inode, pids }: NetworkNamespace): Files {
    const left = [...pids];
    return (read) => {
      for (let pid = left[0]; pid !== undefined; pid = left[0]) {
        if (this.isIn(pid, inode)) {
          const value = read(this.procfs.process(pid));
          if (this.isIn(pid, inode)) return value;
        }
        left.shift();
      }
      this.isStale = true;
      return undefined;
    };
  }

  private isIn(pid: number, inode: number | undefined): boolean {
    try {
      return statSync(`${this.procfs.root}/${pid}/ns/net`).ino === inode;
    } catch {
      return false; // it has ended
    }
  }

  private namespace(
    inode: number | undefined,
    isOwn: boolean,
    files: Files,
    netlink: NetlinkSocket,
    events: number,
  ): NamespaceTraffic {
    const { protocols } = this.wanted;
    return new NamespaceTraffic({ inode, isOwn, files, protocols, netlink, closings: this.closings(events) });
  }

  private closings(events: number): Closings | undefined {
    if (events < 0) return undefined;
    try {
      return new Closings(this.door, events);
    } catch (error) {
      this.door.close(events);
      if (!(error instanceof KernelError)) throw error;
      this.unheard = `what connections do between the last look and their end is not seen: ${error.message}`;
      return undefined;
    }
  }
}

function unseenText(inode: number | undefined, why: string): string {
  return `the network namespace ${inode ?? "of others"} is not looked at: ${why}`;
}
