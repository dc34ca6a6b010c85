import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { noDoor } from "../../../../test/support/kernel/netlink-in.ts";
import { isTakenForAdmin } from "../diag/admin.ts";
import { NETLINK_SOCK_DIAG } from "../diag/constants.ts";
import type { KernelDoor } from "../door/door.ts";
import { openDoor } from "../door/open.ts";
import { NetlinkSocket, openNetlink } from "./socket.ts";
import { withoutAdmin } from "./without-admin.ts";

/* The kernel's own word: CapEff of the thread, and whether it refuses what takes CAP_NET_ADMIN. */

const CAP_NET_ADMIN = 12n;
const effective = (): bigint =>
  BigInt(`0x${/^CapEff:\s+(\w+)$/m.exec(readFileSync("/proc/thread-self/status", "utf8"))![1]}`);
const hasAdmin = (): boolean => ((effective() >> CAP_NET_ADMIN) & 1n) === 1n;

function isAdmin(fd: number | undefined): boolean {
  const socket = new NetlinkSocket(openDoor(), NETLINK_SOCK_DIAG, fd);
  try {
    return isTakenForAdmin(socket);
  } finally {
    socket.close();
  }
}

describe.skipIf(noDoor() !== undefined)("without CAP_NET_ADMIN", () => {
  it("one right is missing while something is done, and all are there after it", () => {
    const before = effective();
    expect(withoutAdmin(openDoor(), effective)).toBe(before & ~(1n << CAP_NET_ADMIN));
    expect(effective()).toBe(before);
    const fails = (): never => {
      throw new TypeError("on the way");
    };
    expect(() => withoutAdmin(openDoor(), fails)).toThrow(TypeError);
    expect(effective()).toBe(before);
  });

  it.skipIf(!hasAdmin())("a netlink socket that was opened so stays so", () => {
    const door = openDoor();
    expect(isAdmin(withoutAdmin(door, () => openNetlink(door, NETLINK_SOCK_DIAG)))).toBe(false);
    expect(isAdmin(undefined)).toBe(true);
  });

  it("what is done is done where rights cannot be laid down", () => {
    const refusing: KernelDoor = { ...openDoor(), syscall: () => -1 };
    expect(withoutAdmin(refusing, () => 7)).toBe(7);
    expect(withoutAdmin(openDoor(), () => 7, "mips")).toBe(7);
  });

  it.skipIf(!hasAdmin())("a right that cannot be had back is an error", () => {
    const door = openDoor();
    let calls = 0;
    const lying: KernelDoor = {
      ...door,
      syscall: (...given) => {
        const gave = door.syscall(...given);
        return ++calls === 3 ? -1 : gave;
      },
    };
    expect(() => withoutAdmin(lying, () => 7)).toThrow(/capset.*EPERM/);
    expect(hasAdmin()).toBe(true);
  });
});
