import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  allProcesses,
  isProcfsError,
  type Net,
  net,
  type OnIssue,
  ProcFs,
  type RowTableName,
} from "../../packages/procnet/src/index.ts";

const ROUNDS = 1000;
const FIXTURES = join(import.meta.dirname, "..", "fixtures");

/** The machine's own tables can take a second to read, whatever is in them; a capture is read by the same code. */
const captured = new ProcFs({ root: join(FIXTURES, "6.18") }).net;
const openFiles = (): number => readdirSync("/proc/self/fd").length;

/** Does something many times; the number of open descriptors must be the same afterwards. */
function expectNoLeak(act: (round: number) => void, rounds = ROUNDS): void {
  act(0);
  const before = openFiles();
  for (let round = 0; round < rounds; round++) act(round);
  expect(openFiles()).toBe(before);
}

/** Failures that a machine may answer with: no IPv6, a process that ended, another user's process. */
function expected(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    if (!isProcfsError(error) || !["ENOENT", "ESRCH", "EACCES"].includes(error.code)) throw error;
  }
}

const TABLES = ["tcp", "tcp6", "udp", "udp6", "unix", "arp", "route", "dev"] as const satisfies RowTableName[];
const COUNTED = ["tcp", "tcp6", "udp", "udp6", "unix"] as const;
const WHOLE = ["snmp", "snmp6"] as const satisfies (keyof Net)[];

describe(`${ROUNDS} rounds leave no descriptor open:`, () => {
  it("readers of rows, of whole files and counts", () => {
    const readAll = (net: Net): void => {
      for (const name of TABLES) expected(() => net.read(name));
      for (const name of COUNTED) expected(() => net.count(name));
      for (const name of WHOLE) expected(() => net.read(name));
    };
    expectNoLeak(() => readAll(captured));
    expectNoLeak(() => readAll(net), 10);
  });

  it("iterations left early by break, return and throw", () => {
    const leaveAll = (net: Net): void => {
      for (const name of TABLES) {
        expected(() => {
          for (const _ of net.each(name)) break;
          const rows = net.each(name);
          rows.next();
          rows.return();
          const mine = new Error("mine");
          expect(() => {
            for (const _ of net.each(name)) throw mine;
            throw mine; // a table without rows
          }).toThrow(mine);
        });
      }
    };
    expectNoLeak(() => leaveAll(captured));
    expectNoLeak(() => leaveAll(net), 10);
  });

  it("iterations never begun", () => {
    expectNoLeak(() => {
      for (const name of TABLES) net.each(name);
    });
  });

  it("files that are not there", () => {
    const partial = new ProcFs({ root: join(FIXTURES, "6.12") }).net; // has routes only
    expectNoLeak(() => {
      expect(() => partial.tcp()).toThrow(expect.objectContaining({ code: "ENOENT" }));
      expect(() => partial.snmp()).toThrow(expect.objectContaining({ code: "ENOENT" }));
      expect(() => partial.each("tcp").next()).toThrow(expect.objectContaining({ code: "ENOENT" }));
    });
  });

  it("processes and their descriptors", () => {
    const self = new ProcFs().self();
    expectNoLeak(() => {
      self.stat();
      self.cmdline();
      for (const _ of self.fds()) break;
      expected(() => [...self.fds()]);
      for (const _ of allProcesses()) break;
    });
  });
});

describe(`${ROUNDS} errors leave no descriptor open:`, () => {
  // The text of another file: every line of it is an issue.
  const wrong = new ProcFs({ root: join(FIXTURES, "broken") });
  const mine = new Error("mine");
  const throwing: OnIssue = () => {
    throw mine;
  };

  it.each(["tcp", "udp6", "unix", "arp", "route", "dev", "snmp", "snmp6"] as const)("%s", (name) => {
    expectNoLeak(() => {
      expect(() => wrong.net.read(name)).toThrow(expect.objectContaining({ code: "ERR_PARSE" }));
      expect(() => wrong.net.read(name, { onIssue: throwing })).toThrow(mine);
      if (name === "snmp" || name === "snmp6") return;
      expect(() => [...wrong.net.each(name, { onIssue: throwing })]).toThrow(mine);
    });
  });
});
