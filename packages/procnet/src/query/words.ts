import { KERNEL_VALUES } from "../view/kernel-values.ts";
import type { Comparison, NumberField, Side, TextField } from "./filter.ts";

/** Words that begin a condition about an address. */
export const SIDES: Readonly<Record<string, Side>> = { src: "local", dst: "remote", host: "either", addr: "either" };

/** Words that begin a condition about a port. */
export const PORTS: Readonly<Record<string, Side>> = { sport: "local", dport: "remote", port: "either" };

/** Words that begin a condition about a number, and what they are called in it: `fwmark` is what ss calls the mark. */
export const NUMBERS: ReadonlyMap<string, NumberField> = /* @__PURE__ */ new Map<string, NumberField>([
  ["pid", "pid"],
  ["uid", "uid"],
  ["inode", "inode"],
  ["recvq", "recvq"],
  ["sendq", "sendq"],
  ["netns", "netns"],
  .../* @__PURE__ */ KERNEL_VALUES.map(({ name }) => [name, name] as const),
  ["fwmark", "mark"],
]);

export const TEXTS: Readonly<Record<TextField, true>> = {
  process: true,
  comm: true,
  container: true,
  unit: true,
  proto: true,
  congestion: true,
};

export const COMPARISONS: Readonly<Record<string, Comparison>> = {
  "=": "=",
  "==": "=",
  eq: "=",
  "!=": "!=",
  ne: "!=",
  neq: "!=",
  "<": "<",
  lt: "<",
  "<=": "<=",
  le: "<=",
  leq: "<=",
  ">": ">",
  gt: ">",
  ">=": ">=",
  ge: ">=",
  geq: ">=",
  "~": "~",
};

/** Words that begin a condition, for suggestions and completion. */
export const FILTER_WORDS: readonly string[] = [
  "state",
  "exclude",
  "excl",
  "src",
  "dst",
  "host",
  "addr",
  "sport",
  "dport",
  "port",
  "pid",
  "uid",
  "inode",
  "recvq",
  "sendq",
  "netns",
  .../* @__PURE__ */ KERNEL_VALUES.map(({ name }) => name),
  "fwmark",
  "congestion",
  "process",
  "comm",
  "container",
  "unit",
  "proto",
  "path",
];

export const JOINERS: readonly string[] = ["and", "or", "not"];

/** Words of ss(8) that are asked for otherwise, or not told. */
export const UNTOLD: Readonly<Record<string, string>> = {
  dev: "the device to which a socket is bound is asked for by its number: ifindex = 2",
  cgroup: "the control group of a socket is asked for by its number, cgroupid; that of its owners by unit or container",
  autobound:
    "procfs does not tell who chose a port; sport >= :32768 asks for the usual range of those the kernel chooses",
};
