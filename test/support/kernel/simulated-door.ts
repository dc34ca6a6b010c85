import type { KernelDoor } from "../../../packages/kernel/src/door/door.ts";
import { inetMessage, tcpInfo } from "./inet-message.ts";

/*
 * A kernel with as many connections as no machine here has. It answers a dump as the kernel does: datagrams of at most 32 KiB, each
 * made when it is read, and a message that ends them.
 */

const DATAGRAM = 1 << 15;
const SOCK_DIAG_BY_FAMILY = 20;
const DONE = 3;
const MULTI = 2;

/** What a socket of a number is: connection `index` has this inode, and the address and port that differ most. */
export const inodeOf = (index: number): number => index + 10_000;
export const portOf = (index: number): number => 1024 + (index % 60_000);

/** A door behind which there are so many connections of TCP over IPv4, established; of other tables there is nothing. */
export function simulatedDoor(count: number): { readonly door: KernelDoor; readonly asked: { datagrams: number } } {
  const asked = { datagrams: 0 };
  const template = messageOf();
  let [sequence, next, total, isOver] = [0, 0, 0, true];
  const send = (_fd: number, bytes: Uint8Array): number => {
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    sequence = view.getUint32(8, true);
    // struct inet_diag_req_v2: family and protocol.
    total = bytes[16] === 2 && bytes[17] === 6 ? count : 0;
    [next, isOver] = [0, false];
    return bytes.length;
  };
  const recv = (_fd: number, into: Uint8Array): number => {
    if (isOver) return -11;
    asked.datagrams++;
    const view = new DataView(into.buffer, into.byteOffset);
    let at = 0;
    for (; next < total && at + template.length <= DATAGRAM; next++, at += template.length) {
      into.set(template, at);
      view.setUint32(at + 8, sequence, true);
      view.setUint16(at + 16 + 4, portOf(next), false);
      view.setUint32(at + 16 + 8, 0x0a000000 + Math.floor(next / 60_000), false);
      view.setUint32(at + 16 + 68, inodeOf(next), true);
    }
    if (at > 0) return at;
    isOver = true;
    into.set(headOf(20, DONE), 0);
    view.setUint32(8, sequence, true);
    view.setInt32(16, 0, true);
    return 20;
  };
  const zero = (): number => 0;
  const door: KernelDoor = {
    name: "koffi",
    socket: () => 1000,
    connect: zero,
    send,
    recv,
    recvFrom: recv,
    writeApart: async (fd, bytes) => send(fd, bytes),
    readApart: async (fd, into) => recv(fd, into),
    readManyApart: async (fd, [into]) => recv(fd, into!),
    open: () => -2,
    read: () => -9,
    close: zero,
    setns: zero,
    setOption: zero,
    syscall: () => -38,
    mount: () => -38,
    unmount: () => -38,
    addressOf: () => 0n,
  };
  return { door, asked };
}

function headOf(length: number, type: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(16));
  view.setUint32(0, length, true);
  view.setUint16(4, type, true);
  view.setUint16(6, MULTI, true);
  return new Uint8Array(view.buffer);
}

function messageOf(): Uint8Array {
  const INFO = 2;
  const message = inetMessage(
    { remote: [10, 9, 9, 9], remotePort: 443, uid: 1000, attributes: [[INFO, tcpInfo([[68, 4, 250]], true)]] },
    true,
  );
  return new Uint8Array(Buffer.concat([headOf(16 + message.length, SOCK_DIAG_BY_FAMILY), message]));
}
