import { expect, it } from "vitest";
import { limitsOf } from "../../../../../../test/support/live/sample.ts";
import { digestSockets } from "../../digest.ts";
import { SPECS } from "../../health/findings/index.ts";
import { Window } from "../../health/window.ts";
import { LIMITS, type LimitName } from "../../limit-names.ts";
import type { Sample } from "../../sample.ts";
import { counterNames } from "../counter.ts";
import { counterGroups } from "./groups.ts";
import { judgedBy } from "./judged-by.ts";

const GROUPS = counterGroups();

/** Where a sample has the tables that have a row for each of something. */
const ROWS = new Map([
  ["softnet_stat", "softnet"],
  ["stat/arp_cache", "arpCache"],
  ["stat/ndisc_cache", "ndiscCache"],
  ["stat/nf_conntrack", "conntrack"],
]);

/** An object of numbers that tells of each that is read. */
function told(group: string, counters: object, tell: (name: string) => void): object {
  return new Proxy(counters, {
    get: (target, name, self) => {
      if (typeof name === "string" && Object.hasOwn(target, name)) tell(`${group}.${name}`);
      return Reflect.get(target, name, self);
    },
  });
}

/** A sample in which every counter that there is an explanation of has a value; it tells of each that is read. */
function sampleOf(at: number, value: number, tell: (name: string) => void): Sample {
  const found = new Map<string, object>();
  const files = new Map<string, Record<string, object>>();
  for (const { name, file, entries } of GROUPS) {
    const counters = told(name, Object.fromEntries([...entries.keys()].map((counter) => [counter, value])), tell);
    found.set(name, counters);
    const groups = files.get(file) ?? {};
    files.set(file, { ...groups, [name]: counters });
  }
  const rows = [...ROWS].map(([group, field]) => [field, [told(group, plain(group, value), tell)]]);
  const device = { name: "eth0", index: 2, speed: 1e9, carrierChanges: value, recvMissed: value, isWireless: false };
  return {
    ...{ at, takenAt: new Date(at), uptime: 1e6 + at / 1000, namespace: 1, missing: [] },
    ...{ snmp: files.get("net/snmp"), snmp6: files.get("net/snmp6"), netstat: files.get("net/netstat") },
    ...{ sockstat: files.get("net/sockstat"), sockstat6: files.get("net/sockstat6") },
    ...{ xfrm: found.get("xfrm_stat"), tls: found.get("tls_stat") },
    ...Object.fromEntries(rows),
    devices: [{ ...device, status: found.get("dev") }],
    sockets: digestSockets([]),
    processes: [],
  } as object as Sample;
}

function plain(group: string, value: number): object {
  const { entries } = GROUPS.find(({ name }) => name === group)!;
  const row = Object.fromEntries([...entries.keys()].map((counter) => [counter, value]));
  return "cpu" in row ? { ...row, cpu: 0 } : row;
}

/** No count, but which row it is. */
const IDENTITY = new Set(["softnet_stat.cpu"]);

/** Values at the beginning, in the middle and at the end: what is looked at may depend on what was found. */
const COURSES = [[0, 0, 0] as const, [0, 1e3, 2e3] as const, [0, 1e6, 1e9] as const, [0, 0, 1e5] as const];

it("each counter is said to be of a finding that looks at it, and every one that a finding looks at is of one", () => {
  const limits = limitsOf(Object.fromEntries((Object.keys(LIMITS) as LimitName[]).map((name) => [name, [1, 2, 3]])));
  const looked = new Set<string>();
  for (const spec of SPECS) {
    const read = new Set<string>();
    const tell = (name: string) => void read.add(name);
    for (const [first, middle, last] of COURSES) {
      const samples = [sampleOf(0, first, tell), sampleOf(300e3, middle, tell), sampleOf(600e3, last, tell)] as const;
      spec.judge(new Window([...samples], limits), spec.thresholds);
    }
    const said = counterNames().filter((name) => judgedBy(name) === spec.id);
    expect({ of: spec.id, notLookedAt: said.filter((name) => !read.has(name)) }).toEqual({
      of: spec.id,
      notLookedAt: [],
    });
    for (const name of read) looked.add(name);
  }
  expect(looked.size).toBeGreaterThan(100);
  expect([...looked].filter((name) => judgedBy(name) === undefined && !IDENTITY.has(name))).toEqual([]);
});
