import { expect, it } from "vitest";
import type { TcpSocket } from "../../sockets/types.ts";
import type { SocketChanges } from "./batch.ts";
import { MissedOpenings } from "./missed.ts";

const NONE: SocketChanges = { opened: [], closed: [], changed: [], traces: [] };

function connection(state: TcpSocket["state"], namespace = 1): TcpSocket {
  const ends = { localAddress: "::1", localPort: 1, remoteAddress: "::1", remotePort: 2 };
  const numbers = { txQueue: 0, rxQueue: 0, timer: 0, timerExpires: 0, retransmits: 0, uid: 0, probes: 0, refCount: 1 };
  const none = { rto: undefined, ato: undefined, quickAck: undefined, cwnd: undefined, ssthresh: undefined };
  return {
    protocol: "tcp6",
    namespace,
    ...ends,
    ...numbers,
    ...none,
    state,
    inode: 5,
    owners: [],
    ownerless: "kernel",
  };
}

const opened = (...states: TcpSocket["state"][]): SocketChanges => ({
  ...NONE,
  opened: states.map((one) => connection(one)),
});
const opens = (now: number | undefined, namespace = 1): Map<number, number | undefined> => new Map([[namespace, now]]);

it("connections that were counted and not seen are missed, from the second look on", () => {
  const missed = new MissedOpenings();
  expect(missed.take(opens(10), NONE)).toEqual([{ namespace: 1, connections: undefined, why: "first" }]);
  expect(missed.take(opens(15), opened("ESTABLISHED", "SYN_SENT"))).toEqual([{ namespace: 1, connections: 3 }]);
  expect(missed.take(opens(15), NONE)).toEqual([{ namespace: 1, connections: 0 }]);
});

it("one that is seen before it is counted is not missed afterwards", () => {
  const missed = new MissedOpenings();
  missed.take(opens(0), NONE);
  expect(missed.take(opens(0), opened("ESTABLISHED"))).toMatchObject([{ connections: 0 }]);
  expect(missed.take(opens(1), NONE)).toMatchObject([{ connections: 0 }]);
  expect(missed.take(opens(2), NONE)).toMatchObject([{ connections: 1 }]);
});

it("what is left in time-wait was seen; listeners and requests are no connections yet", () => {
  const missed = new MissedOpenings();
  missed.take(opens(0), NONE);
  expect(missed.take(opens(1), { ...NONE, traces: [connection("TIME_WAIT")] })).toMatchObject([{ connections: 0 }]);
  expect(missed.take(opens(2), opened("LISTEN", "SYN_RECV"))).toMatchObject([{ connections: 1 }]);
  const accepted = { before: connection("SYN_RECV"), after: connection("ESTABLISHED"), fields: ["state" as const] };
  expect(missed.take(opens(3), { ...NONE, changed: [accepted] })).toMatchObject([{ connections: 0 }]);
});

it("nothing is said of counters that were not read or began anew, nor of the time before they were known again", () => {
  const missed = new MissedOpenings();
  missed.take(opens(100), NONE);
  expect(missed.take(opens(3), NONE)).toEqual([{ namespace: 1, connections: undefined, why: "reset" }]);
  expect(missed.take(opens(4), NONE)).toMatchObject([{ connections: 1 }]);
  expect(missed.take(opens(undefined), NONE)).toEqual([{ namespace: 1, connections: undefined, why: "unreadable" }]);
  expect(missed.take(opens(9), NONE)).toMatchObject([{ connections: undefined, why: "first" }]);
  expect(missed.take(opens(9), NONE)).toMatchObject([{ connections: 0 }]);
});

it("each namespace has its own", () => {
  const missed = new MissedOpenings();
  const both = (one: number, other: number): Map<number, number> =>
    new Map([...[[1, one] as const], ...[[2, other] as const]]);
  missed.take(both(0, 0), NONE);
  expect(missed.take(both(2, 5), { ...NONE, opened: [connection("ESTABLISHED", 2)] })).toEqual([
    { namespace: 1, connections: 2 },
    { namespace: 2, connections: 4 },
  ]);
});
