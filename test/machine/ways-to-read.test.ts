import { readdirSync, readlinkSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type InetOptions, type Net, ProcFs, type TcpState } from "../../packages/procnet/src/index.ts";
import { expectSame, useScene } from "../support/use-scene.ts";

const scene = useScene();
const net = (): Net => new ProcFs().process(scene().pid).net;

const INET = ["tcp", "tcp6", "udp", "udp6"] as const;
const COUNTED = [...INET, "unix"] as const;

/** What stays the same from one reading to the next: timers run on. */
const stable = (rows: Iterable<object>): unknown[] =>
  Array.from(rows, (row) => ({
    ...row,
    timerExpires: 0,
    timer: 0,
    retransmits: 0,
    probes: 0,
    refCount: 0,
    rto: 0,
    cwnd: 0,
  }));

describe.each(COUNTED)("%s", (name) => {
  it("has as many rows in each state as counted", () => {
    expectSame(
      () => {
        const states = new Map<string, number>();
        for (const { state } of net()[name]()) states.set(state, (states.get(state) ?? 0) + 1);
        return Object.fromEntries(states);
      },
      () => Object.fromEntries(net().count(name)),
    );
  });

  it("counts the most common state first", () => {
    const counts = [...net().count(name).values()];
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect(counts.length).toBeGreaterThan(1);
  });

  it("has the same rows one by one, in the same order", () => {
    expectSame(
      () => stable(net()[name]()),
      () => stable(net().each(name)),
    );
  });
});

it("reads the other files row by row too", () => {
  for (const name of ["arp", "route", "dev"] as const) {
    expectSame<unknown>(
      () => net().read(name),
      () => [...net().each(name)],
    );
  }
});

describe.each(INET)("where, %s", (name) => {
  /** Three forms of one question against the rows filtered here. */
  const check = (
    where: NonNullable<InetOptions["where"]>,
    keeps: (row: ReturnType<Net["tcp"]>[number]) => boolean,
  ): void => {
    const filtered = (): ReturnType<Net["tcp"]> => (net()[name]() as ReturnType<Net["tcp"]>).filter(keeps);
    expectSame(
      () => stable(filtered()),
      () => stable(net().each(name, { where })),
    );
    expectSame(
      () => stable(filtered()),
      () => stable(net()[name]({ where })),
    );
    expectSame(
      () => filtered().length,
      () => [...net().count(name, { where }).values()].reduce((sum, count) => sum + count, 0),
    );
  };

  it("selects by state", () => {
    const states = [...net().count(name).keys()] as TcpState[];
    for (const state of states) check({ state }, (row) => row.state === state);
    check({ state: states.slice(1) }, (row) => row.state !== states[0]);
    check({ state: [] }, () => false);
  });

  it("selects by port, uid and inode", () => {
    const [row] = net()[name]({ where: { state: ["LISTEN", "CLOSE"] } });
    check({ localPort: row!.localPort }, ({ localPort }) => localPort === row!.localPort);
    check({ localPort: [row!.localPort, 81], state: "SYN_SENT" }, () => false);
    check({ remotePort: [81, 9] }, ({ remotePort }) => remotePort === 81 || remotePort === 9);
    check({ uid: 4294967293 }, ({ uid }) => uid === 4294967293);
    check({ inode: row!.inode }, ({ inode }) => inode === row!.inode);
    check({ inode: new Set(Object.values(scene().inodes)) }, ({ inode }) => inode !== 0);
  });
});

it("finds every listener at the head of the file", () => {
  for (const name of ["tcp", "tcp6"] as const) {
    const listeners = net()
      [name]()
      .filter(({ state }) => state === "LISTEN");
    expect([...net().each(name, { where: { state: "LISTEN" } })]).toMatchObject(
      listeners.map(({ inode }) => ({ inode })),
    );
    expect(listeners.length).toBeGreaterThanOrEqual(3);
  }
});

it("closes the file of an iteration that is left early", () => {
  const open = (): string[] => ownFiles().filter((path) => path.startsWith(`/proc/${scene().pid}/net/`));
  for (const name of [...COUNTED, "arp", "route", "dev"] as const) {
    const rows = net().each(name);
    rows.next();
    expect(open()).toEqual([`/proc/${scene().pid}/net/${name}`]);
    rows.return();
    expect(open()).toEqual([]);
    for (const _ of net().each(name)) break;
    expect(open()).toEqual([]);
  }
});

function ownFiles(): string[] {
  return readdirSync("/proc/self/fd").map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return ""; // the directory that was listed
    }
  });
}
