import type { KernelDoor } from "../../../packages/kernel/src/door/door.ts";
import { Writer } from "../../../packages/kernel/src/netlink/message.ts";
import { inetMessage } from "./inet-message.ts";
import { simulatedDoor } from "./simulated-door.ts";

/*
 * Raw sockets of a kernel with INET_RAW_DIAG, as net/ipv4/raw_diag.c of Linux 6.1 answers: one socket is found by its protocol, which is where
 * others have padding, and closed whatever cookie was sent.
 */

const HEAD = 16;
const [SOCK_DIAG_BY_FAMILY, SOCK_DESTROY, DONE, ERROR] = [20, 21, 3, 2];
const ENOENT = 2;
const NLM_F_DUMP = 0x300;

/** A raw socket without addresses. */
export interface SimulatedRaw {
  readonly protocol: number;
  readonly cookie: number;
}

/** A door behind which there are these, in the order in which the kernel goes through them; what was closed is gone from it. */
export function rawDoor(sockets: SimulatedRaw[]): { readonly door: KernelDoor; readonly requests: Uint8Array[] } {
  const requests: Uint8Array[] = [];
  const answers: Uint8Array[] = [];
  const told = ({ protocol, cookie }: SimulatedRaw): Uint8Array =>
    inetMessage({ state: 7, localPort: protocol, cookie: [cookie, 0] }, true);
  const send = (_fd: number, bytes: Uint8Array): number => {
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const [type, flags, sequence] = [view.getUint16(4, true), view.getUint16(6, true), view.getUint32(8, true)];
    const request = bytes.slice(HEAD);
    requests.push(request);
    const say = (kind: number, payload: Uint8Array): void => {
      const head = new Writer(true)
        .u32(HEAD + payload.length)
        .u16(kind)
        .u16(0)
        .u32(sequence)
        .u32(0);
      answers.push(head.raw(payload).bytes());
    };
    const fail = (errno: number): void =>
      say(
        ERROR,
        new Writer(true)
          .u32(-errno >>> 0)
          .raw(bytes.slice(0, HEAD))
          .bytes(),
      );
    const first = sockets.findIndex(({ protocol }) => protocol === request[3]);
    if (type === SOCK_DIAG_BY_FAMILY && (flags & NLM_F_DUMP) === NLM_F_DUMP) {
      for (const one of sockets) say(SOCK_DIAG_BY_FAMILY, told(one));
      say(DONE, new Uint8Array(4));
    } else if (first < 0) fail(ENOENT);
    else if (type === SOCK_DESTROY) {
      sockets.splice(first, 1);
      fail(0);
    } else say(SOCK_DIAG_BY_FAMILY, told(sockets[first]!));
    return bytes.length;
  };
  const recv = (_fd: number, into: Uint8Array): number => {
    const answer = answers.shift();
    if (answer === undefined) return -11;
    into.set(answer);
    return answer.length;
  };
  return { door: { ...simulatedDoor(0).door, send, recv, recvFrom: recv }, requests };
}
