import { expect, it } from "vitest";
import { Repeats } from "./repeats.ts";

const socket = (inode: number, localPort = 80) => ({
  inode,
  localPort,
  remotePort: 0,
  localAddress: "127.0.0.1",
  remoteAddress: "0.0.0.0",
});

it("tells a row that comes again, however many are between within reason", () => {
  const repeats = new Repeats();
  for (let inode = 1; inode <= 1000; inode++) {
    expect(repeats.isRepeated(socket(inode))).toBe(false);
    if (inode > 200) expect(repeats.isRepeated(socket(inode - 200))).toBe(true);
  }
});

it("takes rows for one socket only when they agree: time-wait has no inode, and a tree may be edited", () => {
  const repeats = new Repeats();
  expect(repeats.isRepeated(socket(0))).toBe(false);
  expect(repeats.isRepeated(socket(0))).toBe(false);
  expect(repeats.isRepeated(socket(7))).toBe(false);
  expect(repeats.isRepeated(socket(7, 81))).toBe(false);
  expect(repeats.isRepeated(socket(7))).toBe(true);
});
