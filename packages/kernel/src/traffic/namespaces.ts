import { type BaseProcFs, type NetworkNamespace, networkNamespacesAsync } from "procnet";
import { NETLINK_SOCK_DIAG } from "../diag/constants.ts";
import type { KernelDoor } from "../door/door.ts";
import { errnoName, KernelError } from "../netlink/errors.ts";
import { NetlinkSocket, openNetlink } from "../netlink/socket.ts";
import { withoutAdmin } from "../netlink/without-admin.ts";
import { Closings } from "./closings.ts";
import { type Entered, Entrance } from "./entrance.ts";
import { type Files, filesOf } from "./files.ts";
import { NamespaceTraffic } from "./namespace.ts";
import type { TrafficOptions } from "./traffic.ts";
import type { Seen } from "./whose.ts";

/** Milliseconds between two looks for namespaces: each is a link of every process. */
const LIST_AGAIN = 3000;

const EPERM = 1;
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
  private readonly entrance: Entrance;
  private readonly open = new Map<number | undefined, NamespaceTraffic>();
  /** Those that may not be looked at, and why. */
  private readonly refused = new Map<number | undefined, string>();
  /** Those that could not be entered when they were listed last, and why: they are tried again. */
  private readonly missed = new Map<number | undefined, string>();
  /** Those that ended since the last look. */
  private gone: NamespaceTraffic[] = [];
  /** Why nothing is heard of what closes. */
  private unheard: string | undefined;
  private clock: NodeJS.Timeout | undefined;
  private listing: Promise<void> | undefined;
  /** Why they could not be listed when that was tried last. */
  private failure: Error | undefined;
  private isStale = true;
  private isOver = false;

  constructor(door: KernelDoor, procfs: BaseProcFs, wanted: NamespacesWanted) {
    this.door = door;
    this.procfs = procfs;
    this.wanted = wanted;
    this.entrance = new Entrance(door, procfs, wanted.closings);
  }

  /** What is not looked at, and why. */
  get notes(): readonly string[] {
    const unlisted = this.failure && `network namespaces that came since are not looked at: ${this.failure.message}`;
    return [unlisted, this.unheard, this.entrance.closed, ...this.refused.values(), ...this.missed.values()].filter(
      (why) => why !== undefined,
    );
  }

  /** Those that there are now. */
  private async now(): Promise<readonly NamespaceTraffic[]> {
    if (this.wanted.namespaces === "current") {
      if (this.open.size === 0) this.open.set(undefined, this.own(undefined));
      return [...this.open.values()];
    }
    this.clock ??= setInterval(() => void this.list(), LIST_AGAIN).unref();
    if (this.isStale) await this.list();
    if (this.failure !== undefined && this.open.size === 0) throw this.failure;
    return [...this.open.values()];
  }

  /**
   * What is seen of each that there is; of those that ended since the last look what they had heard is left.
   *
   * @throws KernelError where the own one is not told of
   */
  async seen(note: (why: string) => void): Promise<Seen[]> {
    const seen: Seen[] = [];
    for (const one of await this.now()) {
      try {
        seen.push([one, await one.seen(note)]);
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
        this.refuse(one, error);
      }
    }
    for (const one of this.gone) seen.push([one, one.rest()]);
    this.gone = [];
    return seen;
  }

  /** One cannot be looked at. @throws the error, where it is the own one */
  private refuse(one: NamespaceTraffic, error: KernelError): void {
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
      .catch((error: Error) => {
        this.failure = error;
        this.isStale = true;
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
    const left = await this.entrance.into(others, (one, entered) => this.entered(one, entered));
    if (left.length > 0) this.isStale = true;
    this.failure = undefined;
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

  /** The error where it was not entered. */
  private entered(one: NetworkNamespace, entered: Entered | number): void {
    const { inode } = one;
    if (typeof entered === "number") {
      const isForGood = entered === -EPERM || entered === -EACCES;
      (isForGood ? this.refused : this.missed).set(
        inode,
        unseenText(inode, `${errnoName(-entered)} on the way into it`),
      );
      return;
    }
    this.missed.delete(inode);
    const netlink = new NetlinkSocket(this.door, NETLINK_SOCK_DIAG, entered.asks);
    const made = this.namespace(inode, false, this.filesOf(one), netlink, entered.hears);
    if (this.isOver) made.close();
    else this.open.set(inode, made);
  }

  private filesOf(one: NetworkNamespace): Files {
    return filesOf(this.procfs, one, () => {
      this.isStale = true;
    });
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
