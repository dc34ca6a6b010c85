import type { Comparison, NumberField, Side, TextField } from "./filter.ts";

/** Words that begin a condition about an address. */
export const SIDES: Readonly<Record<string, Side>> = { src: "local", dst: "remote", host: "either", addr: "either" };

/** Words that begin a condition about a port. */
export const PORTS: Readonly<Record<string, Side>> = { sport: "local", dport: "remote", port: "either" };

export const NUMBERS: Readonly<Record<NumberField, true>> = {
  pid: true,
  uid: true,
  inode: true,
  recvq: true,
  sendq: true,
  netns: true,
};

export const TEXTS: Readonly<Record<TextField, true>> = {
  process: true,
  comm: true,
  container: true,
  unit: true,
  proto: true,
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
  "process",
  "comm",
  "container",
  "unit",
  "proto",
  "path",
];

export const JOINERS: readonly string[] = ["and", "or", "not"];

/** Words of ss(8) for what procfs does not tell. */
export const UNTOLD: Readonly<Record<string, string>> = {
  dev: "procfs does not tell which device a socket is bound to",
  fwmark: "procfs does not tell the mark of a socket",
  cgroup: "procfs does not tell the control group of a socket; that of its owners is asked for by unit or container",
  autobound:
    "procfs does not tell who chose a port; sport >= :32768 asks for the usual range of those the kernel chooses",
};
