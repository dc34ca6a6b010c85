import type { KernelDoor } from "../door/door.ts";
import { Answer, type TakeRow } from "./answer.ts";
import { type KernelBytes, kernelBytes } from "./bytes.ts";
import {
  AF_NETLINK,
  MSG_DONTWAIT,
  MSG_TRUNC,
  NETLINK_EXT_ACK,
  NLM_F_DUMP,
  NLM_F_REQUEST,
  SOCK_CLOEXEC,
  SOCK_RAW,
  SOL_NETLINK,
} from "./constants.ts";
import { KernelError } from "./errors.ts";
import { requestBytes } from "./message.ts";

/** What is asked of a netlink socket. */
export interface Question {
  /** What it is, for errors. */
  readonly doing: string;
  readonly type: number;
  /** Besides that it is a request. */
  readonly flags?: number;
  /** Whether many messages answer it, up to one that ends them. */
  readonly isDump: boolean;
  readonly payload: Uint8Array;
}

/** The kernel's datagrams have 32 KiB at most, but for one message that is longer. */
const ROOM = 1 << 18;

/** How long the event loop is held at a time, milliseconds. */
const SLICE = 4;

/** A netlink socket. What it reads lies in one buffer, which is another's after the next read. */
export class NetlinkSocket {
  readonly fd: number;
  private readonly door: KernelDoor;
  private of: KernelBytes = kernelBytes(new Uint8Array(ROOM));
  private sequence = 0;
  /** What answers the last question: the kernel takes no dump while another is under way (EBUSY). */
  private last: Answer | undefined;
  private isInTurns = false;

  /** @throws KernelError where none can be opened */
  constructor(door: KernelDoor, protocol: number, fd?: number) {
    this.door = door;
    this.fd = fd ?? openNetlink(door, protocol);
  }

  /** What rows are read from, by the places that `take` is told. */
  get buffer(): KernelBytes {
    return this.of;
  }

  /** Asks, and hands on each message of the answer at once; whether it is to be asked again, as what it is about changed meanwhile. */
  ask(question: Question, take: TakeRow): { readonly isInterrupted: boolean } {
    const answer = this.begin(question, take);
    while (!answer.isOver) this.read(answer, question);
    return answer;
  }

  /** The same in slices, with turns of the event loop between. */
  async askInTurns(
    question: Question,
    take: TakeRow,
    signal?: AbortSignal,
  ): Promise<{ readonly isInterrupted: boolean }> {
    const answer = this.begin(question, take);
    this.isInTurns = true;
    try {
      let began = performance.now();
      while (!answer.isOver) {
        signal?.throwIfAborted();
        this.read(answer, question);
        if (performance.now() - began < SLICE) continue;
        await new Promise<void>((resolve) => setImmediate(resolve));
        began = performance.now();
      }
      return answer;
    } finally {
      this.isInTurns = false;
    }
  }

  close(): void {
    this.door.close(this.fd);
  }

  private begin({ doing, type, flags = 0, isDump, payload }: Question, take: TakeRow): Answer {
    if (this.isInTurns) throw new Error(`${doing}: this netlink socket is asked something else, in turns`);
    this.finish();
    const sequence = ++this.sequence;
    const asked = NLM_F_REQUEST | flags | (isDump ? NLM_F_DUMP : 0);
    const sent = this.door.send(this.fd, requestBytes({ type, flags: asked, sequence, payload }), 0);
    if (sent < 0) throw new KernelError(`${doing}: send`, -sent);
    this.last = new Answer(doing, sequence, isDump, take);
    return this.last;
  }

  /** Reads what is left of an answer that was given up, for nobody. */
  private finish(): void {
    const { last } = this;
    this.last = undefined;
    if (last === undefined || last.isOver) return;
    const rest = last.forNobody();
    try {
      while (!rest.isOver) this.read(rest, { doing: "the rest of an answer" });
    } catch {
      // It ended with an error, or there was nothing left of it.
    }
  }

  /** The kernel has made the next datagram when the one before was taken: none is waited for. */
  private read(answer: Answer, { doing }: Pick<Question, "doing">): void {
    const { bytes } = this.of;
    const came = this.door.recv(this.fd, bytes, MSG_DONTWAIT | MSG_TRUNC);
    if (came === -4) return;
    if (came < 0) throw new KernelError(`${doing}: recv`, -came);
    if (came > bytes.length) {
      this.of = kernelBytes(new Uint8Array(came));
      throw new KernelError(`${doing}: recv of ${came} bytes`, 90);
    }
    answer.bytes(this.of, came);
  }
}

/** A netlink socket's descriptor, for who is in a namespace only now. @throws KernelError */
export function openNetlink(door: KernelDoor, protocol: number): number {
  const fd = door.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
  if (fd < 0) throw new KernelError("socket(AF_NETLINK)", -fd);
  // Words for errors, since Linux 4.12; that all of a request is understood or refused, since 4.20. Older ones refuse the option.
  door.setOption(fd, SOL_NETLINK, NETLINK_EXT_ACK, 1);
  return fd;
}
