import type { KernelDoor } from "../door/door.ts";
import { kernelAddress } from "./address.ts";
import { Answer, type TakeRow } from "./answer.ts";
import { BATCH, type Batch } from "./batch.ts";
import { type KernelBytes, kernelBytes } from "./bytes.ts";
import {
  AF_NETLINK,
  MSG_DONTWAIT,
  MSG_TRUNC,
  NETLINK_EXT_ACK,
  NETLINK_GET_STRICT_CHK,
  NLM_F_DUMP,
  NLM_F_REQUEST,
  SOCK_CLOEXEC,
  SOCK_NONBLOCK,
  SOCK_RAW,
  SOL_NETLINK,
} from "./constants.ts";
import { KernelError } from "./errors.ts";
import { requestBytes } from "./message.ts";
import { Pace } from "./pace.ts";
import { Rooms } from "./rooms.ts";

/** What is asked of a netlink socket. */
export interface Question {
  /** What it is, for errors. */
  readonly doing: string;
  readonly type: number;
  /** Besides that it is a request. */
  readonly flags?: number;
  /** Whether many messages answer it, up to one that ends them. */
  readonly isDump: boolean;
  /**
   * How the kernel comes to its answer, for questions in turns: `"short"` where it has little to go over, `"sparse"` where it may go over
   * very much and tell of little. Found out on the way where neither is known.
   */
  readonly walk?: "short" | "sparse";
  readonly payload: Uint8Array;
}

/** After so many datagrams that came at once there may be a thousand more: about 3,000 sockets of TCP. */
const MANY = 32;

/** How long the event loop is held at a time, milliseconds. */
const SLICE = 4;

const EINTR = -4;
const EBADF = 9;
const EMSGSIZE = 90;

const NOTHING = /* @__PURE__ */ kernelBytes(new Uint8Array());

/** A netlink socket. What it reads lies in a buffer that is another's once its rows were handed on. */
export class NetlinkSocket {
  readonly fd: number;
  private readonly door: KernelDoor;
  private readonly rooms: Rooms;
  private of: KernelBytes = NOTHING;
  /** Begins anywhere: nobody can say in advance what an answer will have. */
  private sequence = randomNumber();
  /** What answers the last question: the kernel takes no dump while another is under way (EBUSY). */
  private last: Answer | undefined;
  private isInTurns = false;
  /** Whether another thread makes a call. */
  private isApart = false;
  private isClosed = false;

  /** @throws KernelError where none can be opened */
  constructor(door: KernelDoor, protocol: number, fd?: number, rooms: Rooms = new Rooms()) {
    this.door = door;
    this.rooms = rooms;
    this.fd = fd ?? openNetlink(door, protocol);
  }

  /** What rows are read from, by the places that `take` is told. */
  get buffer(): KernelBytes {
    return this.of;
  }

  /** Asks, and hands on each message of the answer at once; whether it is to be asked again, as what it is about changed meanwhile. */
  ask(question: Question, take: TakeRow): { readonly isInterrupted: boolean } {
    this.mayAsk(question);
    this.finish();
    const { answer, bytes } = this.prepare(question, take);
    this.begun(answer, question, this.door.send(this.fd, bytes, 0));
    while (!answer.isOver) this.read(answer, question);
    return answer;
  }

  /**
   * The same with turns of the event loop between. What takes the kernel long, another thread waits for: to find one connection among
   * 100,000 takes it 20 milliseconds, in which it tells nothing.
   */
  async askInTurns(
    question: Question,
    take: TakeRow,
    signal?: AbortSignal,
  ): Promise<{ readonly isInterrupted: boolean }> {
    this.mayAsk(question);
    this.isInTurns = true;
    try {
      signal?.throwIfAborted();
      const rest = this.leftOver();
      if (rest !== undefined) await this.finishInTurns(rest, signal);
      const { answer, bytes } = this.prepare(question, take);
      const pace = new Pace(question.walk);
      const began = performance.now();
      this.begun(answer, question, await this.send(bytes, pace));
      pace.took(performance.now() - began);
      await this.readInTurns(answer, question, pace, signal);
      return answer;
    } finally {
      this.isInTurns = false;
    }
  }

  /** Closed is it when no other thread is in a call any more: until then its number must not become another file's. */
  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    if (!this.isApart) this.door.close(this.fd);
  }

  private mayAsk({ doing }: Question): void {
    if (this.isClosed) throw new KernelError(`${doing}: send`, EBADF);
    if (this.isInTurns) throw new Error(`${doing}: this netlink socket is asked something else, in turns`);
  }

  private prepare(question: Question, take: TakeRow): { readonly answer: Answer; readonly bytes: Uint8Array } {
    const { doing, type, flags = 0, isDump, payload } = question;
    this.sequence = (this.sequence + 1) >>> 0;
    const { sequence } = this;
    const asked = NLM_F_REQUEST | flags | (isDump ? NLM_F_DUMP : 0);
    return {
      answer: new Answer(doing, sequence, isDump, take),
      bytes: requestBytes({ type, flags: asked, sequence, payload }),
    };
  }

  private begun(answer: Answer, { doing }: Question, sent: number): void {
    if (sent < 0) throw new KernelError(`${doing}: send`, -sent);
    this.last = answer;
  }

  private send(bytes: Uint8Array, { isApart }: Pace): number | Promise<number> {
    return isApart ? this.apart(() => this.door.writeApart(this.fd, bytes)) : this.door.send(this.fd, bytes, 0);
  }

  private async readInTurns(
    answer: Answer,
    question: Pick<Question, "doing">,
    pace: Pace,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    let began = performance.now();
    let atOnce = 0;
    while (!answer.isOver) {
      signal?.throwIfAborted();
      if (atOnce === MANY && this.rooms.hasBatches(this.door)) return this.readMany(answer, question, signal);
      if (this.isClosed) throw new KernelError(`${question.doing}: recv`, EBADF);
      const before = performance.now();
      const { isApart } = pace;
      if (!isApart) atOnce++;
      if (isApart) await this.readApart(answer, question);
      else this.read(answer, question);
      const now = performance.now();
      pace.took(now - before);
      if (!isApart && now - began < SLICE) continue;
      if (!isApart) await new Promise<void>((resolve) => setImmediate(resolve));
      began = performance.now();
    }
  }

  /** While another thread takes the next datagrams, rows are made of those before. */
  private async readMany(
    answer: Answer,
    { doing }: Pick<Question, "doing">,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const batches = [this.rooms.takeBatch(this.door), this.rooms.takeBatch(this.door)] as const;
    const receive = (batch: Batch): Promise<number> => this.apart(() => batch.receive(this.door, this.fd));
    let coming = receive(batches[0]);
    try {
      for (let turn: 0 | 1 = 0; !answer.isOver; turn = turn === 0 ? 1 : 0) {
        const count = await coming;
        signal?.throwIfAborted();
        if (count < 0 || this.isClosed) throw new KernelError(`${doing}: recv`, this.isClosed ? EBADF : -count);
        const next = batches[turn === 0 ? 1 : 0];
        // Fewer are all that there were.
        if (count === BATCH) coming = receive(next);
        for (let at = 0; at < count; at++) this.handOne(answer, doing, batches[turn], at);
        if (count < BATCH && !answer.isOver && !this.isClosed) coming = receive(next);
      }
    } finally {
      await coming;
      for (const batch of batches) this.rooms.giveBatch(batch);
    }
  }

  private handOne(answer: Answer, doing: string, batch: Batch, at: number): void {
    if (batch.isCut(at)) {
      this.rooms.endBatches();
      throw new KernelError(`${doing}: recv of ${batch.lengthOf(at)} bytes`, EMSGSIZE);
    }
    this.tell(answer, batch.datagrams[at]!, batch.lengthOf(at));
  }

  /** Reads what is left of an answer that was given up, for nobody. */
  private finish(): void {
    const rest = this.leftOver();
    try {
      while (rest?.isOver === false) this.read(rest, REST);
    } catch {
      this.last = undefined; // It ended with an error, or there was nothing left of it.
    }
  }

  private async finishInTurns(rest: Answer, signal: AbortSignal | undefined): Promise<void> {
    try {
      await this.readInTurns(rest, REST, new Pace("sparse"), signal);
    } catch {
      signal?.throwIfAborted();
      this.last = undefined;
    }
  }

  private leftOver(): Answer | undefined {
    if (this.last?.isOver !== false) return undefined;
    this.last = this.last.forNobody();
    return this.last;
  }

  /** The kernel has made the next datagram when the one before was taken: none is waited for. */
  private read(answer: Answer, { doing }: Pick<Question, "doing">): void {
    const room = this.rooms.take();
    const came = this.door.recv(this.fd, room.bytes, MSG_DONTWAIT | MSG_TRUNC);
    this.hand(answer, doing, room, came, came > room.bytes.length ? came : 0);
  }

  /** A room that is filled to its end may be too small: read(2) does not tell. */
  private async readApart(answer: Answer, { doing }: Pick<Question, "doing">): Promise<void> {
    const room = this.rooms.take();
    const came = await this.apart(() => this.door.readApart(this.fd, room.bytes));
    this.hand(answer, doing, room, came, came === room.bytes.length ? came * 2 : 0);
  }

  private hand(answer: Answer, doing: string, room: KernelBytes, came: number, needed: number): void {
    if (needed > 0) {
      this.rooms.grow(needed);
      throw new KernelError(`${doing}: recv of ${came} bytes`, EMSGSIZE);
    }
    try {
      if (came === EINTR) return;
      if (came < 0) throw new KernelError(`${doing}: recv`, -came);
      this.tell(answer, room, came);
    } finally {
      this.rooms.give(room);
    }
  }

  /** Hands on what is in a datagram, which is {@link buffer} as long. */
  private tell(answer: Answer, datagram: KernelBytes, length: number): void {
    try {
      this.of = datagram;
      answer.bytes(datagram, length);
    } finally {
      this.of = NOTHING;
    }
  }

  private async apart(call: () => Promise<number>): Promise<number> {
    this.isApart = true;
    try {
      return await call();
    } finally {
      this.isApart = false;
      if (this.isClosed) this.door.close(this.fd);
    }
  }
}

const REST = { doing: "the rest of an answer" };

/** A netlink socket's descriptor, for who is in a namespace only now. @throws KernelError */
export function openNetlink(door: KernelDoor, protocol: number): number {
  // Nobody waits in it: what the kernel has to say is there when the call before is over.
  const fd = door.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol);
  if (fd < 0) throw new KernelError("socket(AF_NETLINK)", -fd);
  // Words for errors, since Linux 4.12; that all of a request is understood or refused, since 4.20. Older ones refuse the option.
  door.setOption(fd, SOL_NETLINK, NETLINK_EXT_ACK, 1);
  door.setOption(fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, 1);
  // To the kernel: what others send to this socket is refused to them (netlink_getsockbyportid of net/netlink/af_netlink.c). Whoever is
  // root of a user namespace could send answers of his own otherwise, to all sockets in its network namespaces. Told to many is not sent
  // to one: who listens to a group asks for the sender.
  const connected = door.connect(fd, kernelAddress());
  if (connected < 0) {
    door.close(fd);
    throw new KernelError("connect(AF_NETLINK)", -connected);
  }
  return fd;
}

function randomNumber(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]!;
}
