import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "vitest";
import type { Dump } from "../../../packages/kernel/src/diag/dump.ts";
import { openDoor } from "../../../packages/kernel/src/door/open.ts";
import { Answer } from "../../../packages/kernel/src/netlink/answer.ts";
import { kernelBytes } from "../../../packages/kernel/src/netlink/bytes.ts";
import { NetlinkSocket } from "../../../packages/kernel/src/netlink/socket.ts";
import type { Namespace } from "../namespace.ts";
import { netlinkIn } from "./netlink-in.ts";

/** Answers of a kernel as they came, and what other programs said. */
export const RECORDED: URL = new URL("../../kernel/recorded/6.18/", import.meta.url);

/** The rows of an answer that was recorded on a little-endian machine. */
export function recordedRows<Row>(name: string, dump: Dump<Row>): Row[] {
  const bytes = new Uint8Array(readFileSync(new URL(`${name}.bin`, RECORDED)));
  const of = kernelBytes(bytes, true);
  const read = dump.reader();
  const rows: Row[] = [];
  const answer = new Answer(name, 1, true, (_type, from, to) => {
    const row = read(of, from, to);
    if (row !== undefined) rows.push(row);
  });
  answer.bytes(of, bytes.length);
  expect(answer.isOver).toBe(true);
  return rows;
}

/** Writes the answer to a question down, byte for byte. */
export function record(namespace: Namespace, name: string, dump: Dump<unknown>, protocol?: number): void {
  const door = openDoor();
  const parts: Uint8Array[] = [];
  const inside = netlinkIn(namespace, protocol);
  const recv: typeof door.recv = (fd, into, flags) => {
    const came = door.recv(fd, into, flags);
    parts.push(into.slice(0, came));
    return came;
  };
  const socket = new NetlinkSocket({ ...door, recv }, 0, inside.fd);
  socket.ask(dump.question, () => {});
  socket.close();
  writeFileSync(new URL(`${name}.bin`, RECORDED), Buffer.concat(parts));
}
