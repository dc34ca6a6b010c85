import type { KernelDoor } from "../door/door.ts";
import { isKernel, NETLINK_ADDRESS } from "../netlink/address.ts";
import { type KernelBytes, kernelBytes } from "../netlink/bytes.ts";
import { MSG_DONTWAIT, MSG_TRUNC, NETLINK_ADD_MEMBERSHIP, SOL_NETLINK } from "../netlink/constants.ts";
import { KernelError } from "../netlink/errors.ts";
import { eachMessage } from "../netlink/message.ts";

/*
 * Connections that close, as the kernel tells of them with their last figures: sock_diag_broadcast_destroy (net/core/sock_diag.c), since
 * Linux 4.2. Whoever listens is told, without any capability. What is told has neither the inode nor the control group any more.
 */

/** SKNLGRP_INET_TCP_DESTROY and SKNLGRP_INET6_TCP_DESTROY. */
const GROUPS = [1, 3];

const SOL_SOCKET = 1;
const SO_RCVBUF = 8;
const SO_RCVBUFFORCE = 33;
/** What is not read yet, some 1,300 bytes each: thousands may close at once. */
const QUEUE = 1 << 23;

const SOCK_DIAG_BY_FAMILY = 20;
const EAGAIN = -11;
const EINTR = -4;
const ENOBUFS = -105;

/** Messages that are read before others have their turn. */
const AT_ONCE = 2000;

/** A netlink socket that hears of connections that close. */
export class Closings {
  readonly fd: number;
  private readonly door: KernelDoor;
  private readonly of: KernelBytes = kernelBytes(new Uint8Array(1 << 15));
  /** Who sent what came. */
  private readonly from: Uint8Array = new Uint8Array(NETLINK_ADDRESS);

  /** @throws KernelError where the kernel refuses, which then tells of no such thing */
  constructor(door: KernelDoor, fd: number) {
    this.door = door;
    this.fd = fd;
    // The first takes CAP_NET_ADMIN, the second gives what is allowed.
    if (door.setOption(fd, SOL_SOCKET, SO_RCVBUFFORCE, QUEUE) < 0) door.setOption(fd, SOL_SOCKET, SO_RCVBUF, QUEUE);
    // A member without a port is told nothing: this one got one when it was connected.
    for (const group of GROUPS) {
      const joined = door.setOption(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group);
      if (joined < 0) throw new KernelError("sock_diag: NETLINK_ADD_MEMBERSHIP of connections that close", -joined);
    }
  }

  /** What rows are read from, by the places that `take` is told. */
  get buffer(): KernelBytes {
    return this.of;
  }

  /**
   * Hands on what came since: all of it is taken, or as much as may be at once, which `isMore` tells; `isOverrun` is that more came than
   * the kernel kept.
   */
  hear(take: (from: number, to: number) => void): { readonly isMore: boolean; readonly isOverrun: boolean } {
    const { bytes } = this.of;
    const { from } = this;
    let isOverrun = false;
    for (let left = AT_ONCE; left > 0; left--) {
      const came = this.door.recvFrom(this.fd, bytes, MSG_DONTWAIT | MSG_TRUNC, from);
      if (came === EAGAIN) return { isMore: false, isOverrun };
      // Whoever is root of the user namespace that a network namespace is of can tell a group anything.
      if (came === EINTR || (came >= 0 && !isKernel(from))) continue;
      if (came === ENOBUFS || came > bytes.length) isOverrun = true;
      else if (came < 0) throw new KernelError("sock_diag: recv of connections that close", -came);
      else
        eachMessage(this.of, came, (type, _flags, _sequence, start, end) => {
          if (type === SOCK_DIAG_BY_FAMILY) take(start, end);
        });
    }
    return { isMore: true, isOverrun };
  }

  close(): void {
    this.door.close(this.fd);
  }
}
