import { describe, expect, it } from "vitest";
import { ownerNamed, tcpSocket } from "../../../../../test/support/sockets/tcp-socket.ts";
import type { DatagramSocket, SocketOwner, UnixSocket } from "../../sockets/types.ts";
import type { WatchedSocket } from "./batch.ts";
import { type Difference, difference, differenceInSteps } from "./difference.ts";

const tcp = tcpSocket;
const owner = (pid: number, startTime = 100): SocketOwner => ({ ...ownerNamed("prog"), pid, startTime });

const nobody = { owners: [], ownerless: "kernel" } as const;
const timeWait = tcp({ state: "TIME_WAIT", inode: 0, timer: 3, owners: [], ownerless: "time-wait" });
const listener = tcp({ state: "LISTEN", remoteAddress: "0.0.0.0", remotePort: 0 });

const udp = (some: Partial<DatagramSocket>): DatagramSocket => {
  const { rto, ato, quickAck, cwnd, ssthresh, ...row } = tcp({
    state: "CLOSE",
    remoteAddress: "0.0.0.0",
    remotePort: 0,
  });
  return { ...row, protocol: "udp", drops: 0, ...some };
};

const unix = (some: Partial<UnixSocket>): UnixSocket => ({
  protocol: "unix",
  namespace: 1,
  refCount: 2,
  flags: 0,
  listening: false,
  type: "STREAM",
  state: "UNCONNECTED",
  inode: 9,
  path: undefined,
  owners: [owner(1)],
  ownerless: undefined,
  ...some,
});

/** What happened, in a few words. */
function told(before: readonly WatchedSocket[], after: readonly WatchedSocket[], queues = false): string[] {
  const { opened, closed, changed, traces } = difference(before, after, { queues });
  return [
    ...opened.map(({ inode }) => `+${inode}`),
    ...closed.map(({ inode }) => `-${inode}`),
    ...changed.map(({ before: was, after: is, fields }) => `${was.inode}~${is.inode} ${fields.join(" ")}`),
    ...traces.map(() => "trace"),
  ];
}

describe("what is different between two looks", () => {
  it.each<[what: string, before: WatchedSocket[], after: WatchedSocket[], told: string[]]>([
    ["nothing", [tcp({})], [tcp({})], []],
    ["one came", [], [tcp({})], ["+7"]],
    ["one went", [tcp({})], [], ["-7"]],
    ["timers and queues are no change", [tcp({})], [tcp({ timer: 1, timerExpires: 5, rxQueue: 9, refCount: 3 })], []],
    ["another state", [tcp({})], [tcp({ state: "CLOSE_WAIT" })], ["7~7 state"]],
    ["another owner", [tcp({})], [tcp({ owners: [owner(2)] })], ["7~7 owners"]],
    ["one more owner", [tcp({})], [tcp({ owners: [owner(1), owner(2)] })], ["7~7 owners"]],
    ["the pid of the owner is another process's", [tcp({})], [tcp({ owners: [owner(1, 200)] })], ["7~7 owners"]],
    ["the inode is another connection's", [tcp({})], [tcp({ localPort: 1001 })], ["+7", "-7"]],
    ["the ends are another socket's", [tcp({})], [tcp({ inode: 8 })], ["+8", "-7"]],
    ["a listener connects by itself", [listener], [tcp({})], ["+7", "-7"]],
    [
      "a listener keeps its ends, and another one comes beside",
      [listener],
      [listener, { ...listener, inode: 8 }],
      ["+8"],
    ],
    ["back to the beginning: another connection", [tcp({})], [tcp({ state: "SYN_SENT" })], ["+7", "-7"]],
    ["another namespace", [tcp({})], [tcp({ namespace: 2 })], ["+7", "-7"]],
    ["accepted", [tcp({ inode: 0, ...nobody })], [tcp({})], ["0~7 inode owners"]],
    [
      "a request is a connection",
      [tcp({ inode: 0, state: "SYN_RECV", ...nobody })],
      [tcp({})],
      ["0~7 state inode owners"],
    ],
    [
      "closed by its process, not finished",
      [tcp({})],
      [tcp({ inode: 0, state: "FIN_WAIT1", ...nobody })],
      ["7~0 state inode owners"],
    ],
    ["in time-wait", [tcp({})], [timeWait], ["7~0 state inode owners"]],
    ["in time-wait from the beginning", [], [timeWait], ["trace"]],
    ["what is left in FIN_WAIT2", [], [{ ...timeWait, state: "FIN_WAIT2" }], ["trace"]],
    ["still in time-wait", [timeWait], [{ ...timeWait, timerExpires: 9 }], []],
    ["time-wait is over", [timeWait], [], ["-0"]],
    ["the ends in time-wait are used again", [timeWait], [tcp({})], ["+7", "-0"]],
    ["used again and not accepted yet", [timeWait], [tcp({ inode: 0, ...nobody })], ["+0", "-0"]],
    [
      "both at once: the one is in time-wait, the other new",
      [tcp({})],
      [timeWait, tcp({ inode: 8, localPort: 1 })],
      ["+8", "7~0 state inode owners"],
    ],
    ["a row twice in one look", [tcp({})], [tcp({}), tcp({})], []],
    [
      "a datagram socket gets a peer",
      [udp({})],
      [udp({ state: "ESTABLISHED", remoteAddress: "10.0.0.1", remotePort: 53 })],
      ["7~7 state remoteAddress remotePort"],
    ],
    ["a datagram socket of another port", [udp({})], [udp({ localPort: 5 })], ["+7", "-7"]],
    ["a unix socket gets its name", [unix({})], [unix({ path: "/run/x", listening: true })], ["9~9 listening path"]],
    ["a unix socket of another name", [unix({ path: "/a" })], [unix({ path: "/b" })], ["+9", "-9"]],
    ["one of several that look alike went", [unix({ inode: 0 }), unix({ inode: 0 })], [unix({ inode: 0 })], ["-0"]],
    ["the same inode in two tables", [unix({ inode: 7 }), tcp({})], [unix({ inode: 7 }), tcp({})], []],
    ["owners were not looked for", [tcp({ owners: undefined })], [tcp({ owners: undefined })], []],
  ])("%s", (_, before, after, expected) => expect(told(before, after)).toEqual(expected));

  it("is of queues too where that is asked for", () => {
    const after = tcp({ rxQueue: 5, retransmits: 1, timerExpires: 9 });
    expect(told([tcp({})], [after], true)).toEqual(["7~7 rxQueue retransmits"]);
    expect(told([tcp({})], [tcp({ timerExpires: 9 })], true)).toEqual([]);
  });
});

describe("the owners of what nobody holds any more", () => {
  it("are those known last, until it is gone", () => {
    const first = difference([tcp({ owners: [owner(5)] })], [tcp({ inode: 0, state: "FIN_WAIT2", ...nobody })]);
    const second = difference(first.sockets, [timeWait]);
    const third = difference(second.sockets, [{ ...timeWait, timerExpires: 1 }]);
    const last = difference(third.sockets, []);
    expect(first.changed[0]!.after).toMatchObject({ owners: [{ pid: 5 }], ownersWere: true, ownerless: "kernel" });
    expect(second.changed[0]).toMatchObject({ fields: ["state"], after: { ownerless: "time-wait", ownersWere: true } });
    expect(third.changed).toEqual([]);
    expect(last.closed).toMatchObject([{ state: "TIME_WAIT", owners: [{ pid: 5 }], ownersWere: true }]);
    expect(last.sockets).toEqual([]);
  });

  it("are no change where it could not be seen who holds it", () => {
    const unseen = tcp({ owners: [], ownerless: "gone" });
    const first = difference([tcp({})], [unseen]);
    expect(first.changed).toEqual([]);
    expect(first.sockets).toMatchObject([{ owners: [{ pid: 1 }], ownersWere: true }]);
    expect(difference(first.sockets, [tcp({})]).changed).toEqual([]);
    expect(difference(first.sockets, [tcp({ owners: [owner(2)] })]).changed).toMatchObject([{ fields: ["owners"] }]);
  });

  it("are told again when somebody holds it again", () => {
    const first = difference([tcp({})], [tcp(nobody)]);
    expect(first.changed).toMatchObject([{ fields: ["owners"] }]);
    expect(difference(first.sockets, [tcp({})]).changed).toMatchObject([{ fields: ["owners"] }]);
  });
});

it("keeps what is of a table that was not read this time", () => {
  const seen = [tcp({}), unix({})];
  const { closed, sockets } = difference(seen, [], { isUnread: ({ protocol }) => protocol === "unix" });
  expect(closed).toMatchObject([{ protocol: "tcp" }]);
  expect(sockets).toEqual([unix({})]);
});

it("before, with what came and without what went, is after: whatever happens", () => {
  let seed = 1;
  const random = (below: number): number => {
    seed = (seed * 48271) % 0x7fffffff;
    return seed % below;
  };
  const any = (): WatchedSocket => {
    const localPort = random(4);
    const kind = random(5);
    if (kind === 0) return { ...timeWait, localPort };
    if (kind === 1) return unix({ inode: random(3), path: `/${localPort}` });
    if (kind === 2) return udp({ inode: 1 + random(6), localPort });
    return tcp({
      inode: random(6),
      localPort,
      state: random(2) ? "ESTABLISHED" : "LAST_ACK",
      owners: [owner(random(3))],
    });
  };
  const name = (socket: WatchedSocket): string => {
    const ends = "localPort" in socket ? socket.localPort : "path" in socket ? socket.path : "";
    const holders = socket.ownersWere ? [] : (socket.owners ?? []);
    return [
      socket.protocol,
      socket.inode,
      ends,
      "state" in socket && socket.state,
      ...holders.map(({ pid }) => pid),
    ].join(" ");
  };
  let known: readonly WatchedSocket[] = [];
  let events = 0;
  for (let round = 0; round < 2000; round++) {
    const { opened, closed, changed, traces, sockets } = difference(known, Array.from({ length: random(8) }, any));
    const names = known.map(name);
    const without = (socket: WatchedSocket): void => {
      const at = names.indexOf(name(socket));
      expect(at).toBeGreaterThanOrEqual(0);
      names.splice(at, 1);
    };
    closed.forEach(without);
    changed.map(({ before }) => before).forEach(without);
    names.push(...[...changed.map(({ after }) => after), ...opened, ...traces].map(name));
    expect(names.sort()).toEqual(sockets.map(name).sort());
    events += opened.length + closed.length + changed.length;
    known = sockets;
  }
  expect(events).toBeGreaterThan(5000);
});

/** Looks in which each socket that has no row is doubted once. */
function doubting(): (before: readonly WatchedSocket[], after: readonly WatchedSocket[]) => Difference {
  let last = new Set<WatchedSocket>();
  return (known, after) => {
    const before = last;
    const doubted = new Set<WatchedSocket>();
    last = doubted;
    const isDoubtful = (socket: WatchedSocket): boolean => {
      const isNew = !before.has(socket);
      if (isNew) doubted.add(socket);
      return isNew;
    };
    const steps = differenceInSteps(known, [...after], { isDoubtful });
    for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
  };
}

describe("a socket whose row is passed over once", () => {
  const others = Array.from({ length: 20 }, (_, at) => tcp({ inode: at + 100, localPort: at }));
  const all = [...others.slice(0, 9), tcp({}), ...others.slice(9)];
  const nothing = { opened: [], closed: [], changed: [], traces: [] };

  it("has not closed, and did not open", () => {
    const look = doubting();
    const torn = look(all, others);
    expect(torn).toMatchObject(nothing);
    expect(torn.sockets).toHaveLength(21);
    expect(look(torn.sockets, all)).toMatchObject(nothing);
  });

  it("has closed when it is not there again", () => {
    const look = doubting();
    const second = look(look(all, others).sockets, others);
    expect(second).toMatchObject({ ...nothing, closed: [{ inode: 7 }] });
    expect(second.sockets).toHaveLength(20);
  });

  it("has closed where another one has its inode or its ends", () => {
    expect(doubting()([tcp({})], [tcp({ localPort: 1001 })])).toMatchObject({ closed: [{ localPort: 1000 }] });
    expect(doubting()([tcp({})], [tcp({ inode: 8 })])).toMatchObject({ closed: [{ inode: 7 }] });
    expect(doubting()([timeWait], [tcp({})])).toMatchObject({ closed: [{ state: "TIME_WAIT" }] });
  });
});

it("takes as long as there are rows, in whatever order they come", () => {
  const waiting = Array.from({ length: 20_000 }, () => unix({ inode: 0, path: "/run/full" }));
  const many = Array.from({ length: 20_000 }, (_, at) => tcp({ inode: at + 1, localPort: at }));
  const turned = [...many].reverse();
  expect(told([...waiting, ...many], [...turned, ...waiting.slice(1)])).toEqual(["-0"]);
  expect(told([...many, ...many], [...turned, ...turned])).toEqual([]);
});
