import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  allProcesses,
  isProcfsError,
  type Net,
  net,
  type OnIssue,
  ProcFs,
  type RowTableName,
} from "../packages/procnet/src/index.ts";
import { CATALOGUE } from "../packages/procnet/src/parse/catalogue.ts";

const ROUNDS = 1000;
const openFiles = (): number => readdirSync("/proc/self/fd").length;

/** Does something many times; the number of open descriptors must be the same afterwards. */
function expectNoLeak(act: (round: number) => void): void {
  act(0);
  const before = openFiles();
  for (let round = 0; round < ROUNDS; round++) act(round);
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
    expectNoLeak(() => {
      for (const name of TABLES) expected(() => net.read(name));
      for (const name of COUNTED) expected(() => net.count(name));
      for (const name of WHOLE) expected(() => net.read(name));
    });
  });

  it("iterations left early by break, return and throw", () => {
    expectNoLeak((round) => {
      for (const name of TABLES) {
        expected(() => {
          const rows = net.each(name);
          rows.next();
          if (round % 2 === 0) rows.return();
          else expect(() => rows.throw(new Error("mine"))).toThrow("mine");
          for (const _ of net.each(name)) break;
        });
      }
    });
  });

  it("iterations never begun", () => {
    expectNoLeak(() => {
      for (const name of TABLES) net.each(name);
    });
  });

  it("files that are not there", () => {
    const nowhere = new ProcFs({ root: "/nonexistent" });
    expectNoLeak(() => {
      expect(() => nowhere.net.tcp()).toThrow(expect.objectContaining({ code: "ENOENT" }));
      expect(() => nowhere.net.each("tcp").next()).toThrow(expect.objectContaining({ code: "ENOENT" }));
      expect(() => [...nowhere.allProcesses()]).toThrow(expect.objectContaining({ code: "ENOENT" }));
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
  const wrong = new ProcFs({ root: `${import.meta.dirname}/fixtures/broken` });
  const mine = new Error("mine");
  const throwing: OnIssue = () => {
    throw mine;
  };

  it.each(["tcp", "udp6", "unix", "arp", "route", "dev", "snmp", "snmp6"] as const)("%s", (name) => {
    expect(CATALOGUE).toHaveProperty(name);
    expectNoLeak(() => {
      expect(() => wrong.net.read(name)).toThrow(expect.objectContaining({ code: "ERR_PARSE" }));
      expect(() => wrong.net.read(name, { onIssue: throwing })).toThrow(mine);
      if (name === "snmp" || name === "snmp6") return;
      expect(() => [...wrong.net.each(name, { onIssue: throwing })]).toThrow(mine);
    });
  });
});
