import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { noDoor } from "../../../../test/support/kernel/netlink-in.ts";
import { skipIf } from "../../../../test/support/tools.ts";
import type { KernelDoor } from "../door/door.ts";
import { openDoor } from "../door/open.ts";
import { KernelError } from "./errors.ts";
import { NetlinkSocket, openNetlink, type Question } from "./socket.ts";

/*
 * Netlink itself, of the kernel of this machine: the links of rtnetlink, of which there is at least one.
 */

const ROUTE = 0;
const RTM_GETLINK = 18;
const RTM_NEWLINK = 16;
const LINKS: Question = { doing: "links", type: RTM_GETLINK, isDump: true, payload: new Uint8Array(16) };
/** One link, by its number. */
const link = (index: number): Question => ({
  ...LINKS,
  isDump: false,
  payload: new Uint8Array(Int32Array.of(0, index, 0, 0).buffer),
});

const reason = noDoor();
let door: KernelDoor;
let socket: NetlinkSocket;
beforeAll(() => {
  if (reason === undefined) door = openDoor();
});
beforeEach((context) => {
  skipIf(context, reason);
  socket = new NetlinkSocket(door, ROUTE);
});
afterAll(() => socket?.close());

const indexes = (): number[] => {
  const found: number[] = [];
  const { isInterrupted } = socket.ask(LINKS, (type, from, to) => {
    expect(type).toBe(RTM_NEWLINK);
    expect(to - from).toBeGreaterThan(16);
    found.push(socket.buffer.view.getInt32(from + 4, true));
  });
  expect(isInterrupted).toBe(false);
  return found;
};

describe("a netlink socket", () => {
  it("hands on each message of a dump, again and again", () => {
    expect(indexes()).toContain(1);
    expect(indexes()).toEqual(indexes());
  });

  it("and the one message that answers a question about one thing", () => {
    const found: number[] = [];
    socket.ask(link(1), (_, from) => found.push(socket.buffer.view.getInt32(from + 4, true)));
    expect(found).toEqual([1]);
  });

  it("does the same in turns, and others have theirs", async () => {
    const found: number[] = [];
    await socket.askInTurns(LINKS, (_, from) => found.push(socket.buffer.view.getInt32(from + 4, true)));
    expect(found).toEqual(indexes());
  });

  it("says what the kernel refuses, in the kernel's words where it has some", () => {
    const asked = (question: Question) => () => socket.ask(question, () => {});
    expect(asked(link(2 ** 30))).toThrow(expect.objectContaining({ name: "KernelError", code: "ENODEV" }));
    expect(asked({ ...LINKS, type: 999 })).toThrow(expect.objectContaining({ code: "EOPNOTSUPP" }));
    expect(indexes()).toContain(1);
  });

  it("answers the next question when one before was given up: by a throw, or by a signal", async () => {
    const many = new NetlinkSocket(door, 4);
    const sockets: Question = { ...LINKS, doing: "unix", type: 20, payload: unixRequest() };
    const stop = (): never => {
      throw new Error("enough");
    };
    expect(() => many.ask(sockets, stop)).toThrow("enough");
    let seen = 0;
    many.ask(sockets, () => seen++);
    expect(seen).toBeGreaterThan(0);
    await expect(many.askInTurns(sockets, () => {}, AbortSignal.abort(new Error("no more")))).rejects.toThrow(
      "no more",
    );
    let later = 0;
    many.ask(sockets, () => later++);
    expect(later).toBeGreaterThan(0);
    many.close();
  });

  it("asked in turns takes no other question meanwhile", async () => {
    const first = socket.askInTurns({ ...LINKS, doing: "links" }, () => {
      expect(() => socket.ask(LINKS, () => {})).toThrow("asked something else");
    });
    await first;
    expect(indexes()).toContain(1);
  });

  it("that is closed, or of a protocol that is none, is an error with its number", () => {
    const closed = new NetlinkSocket(door, ROUTE);
    closed.close();
    expect(() => closed.ask(LINKS, () => {})).toThrow(KernelError);
    expect(() => new NetlinkSocket(door, 99)).toThrow(expect.objectContaining({ code: "EPROTONOSUPPORT" }));
    expect(() => openNetlink(door, 99)).toThrow(KernelError);
  });
});

/** `struct unix_diag_req`: all sockets, in any state. */
function unixRequest(): Uint8Array {
  const bytes = new Uint8Array(24);
  bytes[0] = 1;
  new DataView(bytes.buffer).setUint32(4, 0xffffffff, true);
  return bytes;
}

describe("a datagram longer than the room for it", () => {
  beforeEach((context) => skipIf(context, reason));

  it("is an error that says how long it was, and there is room for the next", () => {
    const asked: number[] = [];
    const short: KernelDoor = {
      ...door,
      recv: (fd, into, flags) => {
        asked.push(into.length);
        return asked.length === 1 ? into.length + 1000 : door.recv(fd, into, flags);
      },
    };
    const narrow = new NetlinkSocket(short, ROUTE);
    expect(() => narrow.ask(LINKS, () => {})).toThrow(expect.objectContaining({ code: "EMSGSIZE" }));
    let links = 0;
    narrow.ask(LINKS, () => links++);
    expect(links).toBeGreaterThan(0);
    expect(asked[1]).toBe(asked[0]! + 1000);
    narrow.close();
  });

  it("an interrupted call is made again, and one that waits for nothing is an error", () => {
    let calls = 0;
    const noisy: KernelDoor = { ...door, recv: (...values) => (calls++ === 0 ? -4 : door.recv(...values)) };
    const interrupted = new NetlinkSocket(noisy, ROUTE);
    let links = 0;
    interrupted.ask(LINKS, () => links++);
    expect(links).toBeGreaterThan(0);
    interrupted.close();
    const silent = new NetlinkSocket({ ...door, recv: () => -11 }, ROUTE);
    expect(() => silent.ask(LINKS, () => {})).toThrow(expect.objectContaining({ code: "EAGAIN" }));
    silent.close();
  });
});
