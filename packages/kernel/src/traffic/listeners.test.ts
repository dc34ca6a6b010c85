import type { TcpSocket } from "procnet";
import { expect, it } from "vitest";
import { inetMessage } from "../../../../test/support/kernel/inet-message.ts";
import { kernelBytes } from "../netlink/bytes.ts";
import { Listeners } from "./listeners.ts";

/* Who listens, counted by how often rows are made and looked at: there may be ten thousands on one port. */

const PORT = 443;
const MANY = 20_000;

/** A row of which it is counted how often its address or port is asked for. */
function counted(work: { rows: number; asked: number }, inode: number): TcpSocket {
  work.rows++;
  const row = {
    inode,
    get localAddress() {
      work.asked++;
      return `10.0.${inode >> 8}.${inode & 255}`;
    },
    get localPort() {
      work.asked++;
      return PORT;
    },
  };
  return row as Partial<TcpSocket> as TcpSocket;
}

function look(listeners: Listeners, number: number, work: { rows: number; asked: number }, inodes: readonly number[]) {
  for (const inode of inodes) {
    const bytes = inetMessage({ inode, localPort: PORT }, true);
    listeners.take(kernelBytes(bytes, true), 0, number, () => counted(work, inode));
  }
  listeners.forget(number);
}

it("a listener's row is made once, and work grows with their number alone", () => {
  const listeners = new Listeners();
  const inodes = Array.from({ length: MANY }, (_, at) => at + 1);
  const work = { rows: 0, asked: 0 };
  look(listeners, 1, work, inodes);
  look(listeners, 2, work, inodes);
  expect(work.rows).toBe(MANY);
  expect(work.asked).toBeLessThanOrEqual(10 * MANY);
  const { asked } = work;
  for (const inode of inodes) {
    const connection = { localAddress: `10.0.${inode >> 8}.${inode & 255}`, localPort: PORT } as Partial<TcpSocket>;
    expect(listeners.of(connection as TcpSocket)!.socket.inode).toBe(inode);
    expect(listeners.has(PORT)).toBe(true);
  }
  expect(work.asked).toBe(asked);
});

it("those that are gone are forgotten, and who listens at all addresses comes after who listens at one", () => {
  const listeners = new Listeners();
  const add = (number: number, inode: number, localAddress: string): void => {
    const bytes = inetMessage({ inode, localPort: PORT }, true);
    const row: Partial<TcpSocket> = { inode, localAddress, localPort: PORT };
    listeners.take(kernelBytes(bytes, true), 0, number, () => row as TcpSocket);
  };
  const whose = (localAddress: string): number | undefined =>
    listeners.of({ localAddress, localPort: PORT } as Partial<TcpSocket> as TcpSocket)?.socket.inode;
  add(1, 1, "0.0.0.0");
  add(1, 2, "10.0.0.1");
  add(1, 3, "::");
  listeners.forget(1);
  expect(["10.0.0.1", "10.0.0.2", "::ffff:10.0.0.1", "fe80::1"].map(whose)).toEqual([2, 1, 2, 3]);
  add(2, 3, "::");
  listeners.forget(2);
  expect(["10.0.0.1", "10.0.0.2", "fe80::1"].map(whose)).toEqual([3, 3, 3]);
  listeners.forget(3);
  expect(whose("10.0.0.1")).toBeUndefined();
  expect(listeners.has(PORT)).toBe(false);
});
