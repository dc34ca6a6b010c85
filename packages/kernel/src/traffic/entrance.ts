import type { BaseProcFs, NetworkNamespace } from "procnet";
import { NETLINK_SOCK_DIAG } from "../diag/constants.ts";
import type { KernelDoor } from "../door/door.ts";
import { socketsIn } from "../threads/namespaces.ts";

/** Processes of a namespace that are tried, one after the other ends on the way in. */
const TRIED = 5;

const ENOENT = 2;
const ESRCH = 3;

/** Netlink sockets in a namespace. */
export interface Entered {
  /** One that asks. */
  readonly asks: number;
  /** One that hears; -1 where none is wanted. */
  readonly hears: number;
}

/** Takes the sockets of a namespace, which are its to close, or the negative number of the error. */
export type TakeEntered = (one: NetworkNamespace, entered: Entered | number) => void;

/** The way into other network namespaces, through processes that are in them. */
export class Entrance {
  /** Why none can be entered. */
  closed: string | undefined;
  private readonly door: KernelDoor;
  private readonly procfs: BaseProcFs;
  private readonly isHearing: boolean;

  constructor(door: KernelDoor, procfs: BaseProcFs, isHearing: boolean) {
    this.door = door;
    this.procfs = procfs;
    this.isHearing = isHearing;
  }

  /**
   * Through a process of each; where that has ended meanwhile, through the next one. Gives those that were not entered though there may be
   * processes in them: all that were tried have ended.
   */
  async into(others: readonly NetworkNamespace[], take: TakeEntered): Promise<readonly NetworkNamespace[]> {
    let left = others;
    for (let at = 0; left.length > 0 && at < TRIED; at++) {
      const tried = left.filter(({ pids }) => at < pids.length);
      const errors = await this.through(tried, at, take);
      if (errors === undefined) return [];
      left = tried.filter((_, place) => errors[place] === -ENOENT || errors[place] === -ESRCH);
    }
    return left;
  }

  /** The errors, or 0 for none; `undefined` where none can be entered. */
  private async through(
    others: readonly NetworkNamespace[],
    at: number,
    take: TakeEntered,
  ): Promise<readonly number[] | undefined> {
    const times = this.isHearing ? [others, others].flat() : others;
    const fds = await this.sockets(
      times.map(({ pids }) => pids[at]!),
      times.map(({ inode }) => inode),
    );
    return (
      fds &&
      others.map((one, place) => {
        const [asks = -ESRCH, hears = -1] = [fds[place], fds[others.length + place]];
        const error = this.isHearing ? Math.min(0, asks, hears) : Math.min(0, asks);
        if (error < 0) for (const fd of [asks, hears]) if (fd >= 0) this.door.close(fd);
        take(one, error < 0 ? error : { asks, hears });
        return error;
      })
    );
  }

  /** `undefined` where no thread can be had, for want of memory or of the right to start one. */
  private async sockets(
    pids: readonly number[],
    inodes: readonly (number | undefined)[],
  ): Promise<readonly number[] | undefined> {
    try {
      const fds = await socketsIn(this.procfs.root, pids, NETLINK_SOCK_DIAG, this.door.name, inodes, true);
      this.closed = undefined;
      return fds;
    } catch (error) {
      this.closed = `other network namespaces are not looked at: ${(error as Error).message}`;
      return undefined;
    }
  }
}
