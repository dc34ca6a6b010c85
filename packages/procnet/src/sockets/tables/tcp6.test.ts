import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { HOST_BYTE_ORDER } from "../../codes/byte-order.ts";
import { isWithoutTcp6 } from "./tcp6.ts";

const linux = vi.hoisted(() => ({ isFrom: true }));
vi.mock("../../read/linux-file.ts", () => ({ isLinuxFile: () => linux.isFrom }));

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "procnet-tcp6-"));
});
afterEach(() => rmSync(root, { recursive: true }));

/** What these counters say, when Linux itself prints them. */
function isWithout(release: string, inuse: number, mptcp: number | undefined, fromLinux = true): boolean {
  const directory = join(root, "net");
  mkdirSync(directory, { recursive: true });
  mkdirSync(join(root, "sys/kernel"), { recursive: true });
  writeFileSync(join(root, "sys/kernel/osrelease"), `${release}\n`);
  writeFileSync(join(directory, "sockstat6"), `TCP6: inuse ${inuse}\nUDP6: inuse 0\n`);
  const row = mptcp === undefined ? "" : `MPTCPv6   2064     ${mptcp}      85   no       0   yes  kernel\n`;
  const header = "protocol  size sockets  memory press maxhdr  slab module\n";
  writeFileSync(
    join(directory, "protocols"),
    `${header}${row}TCPv6     2432      0      85   no     192   yes  kernel\n`,
  );
  const context = { root, own: true, byteOrder: HOST_BYTE_ORDER, ticksPerSecond: 100 };
  linux.isFrom = fromLinux; // plain files are none of Linux's
  return isWithoutTcp6({ directory, context });
}

it.each([
  ["a socket is counted", "6.12.1", 1, undefined, false],
  ["none is, in a kernel without MPTCP", "4.9.337", 0, undefined, true],
  ["none is, and none of MPTCP", "6.12.1-amd64", 0, 0, true],
  ["none is, but one of MPTCP, whose TCP sockets are not counted", "6.12.1-amd64", 0, 1, false],
  ["none is, where those of MPTCP are not counted either", "6.1.0-18-amd64", 0, 0, false],
  ["none is, where those of MPTCP are not counted either", "5.15.0-91-generic", 0, 0, false],
] as const)("%s (%s)", (_what, release, inuse, mptcp, expected) => {
  expect(isWithout(release, inuse, mptcp)).toBe(expected);
});

it("counters that somebody else prints are not believed: the table knows", () => {
  expect(isWithout("6.12.1", 0, undefined, false)).toBe(false);
});
