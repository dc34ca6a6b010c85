/*
 * Options that several commands have.
 */

/** Which procfs. */
export const ROOT = {
  root: { kind: "text", value: "<directory>", description: "another procfs: of the host, or captured" },
  byteOrder: {
    kind: "word",
    value: "<order>",
    words: ["LE", "BE"],
    description: "byte order of a captured machine",
  },
} as const;

/** Which columns of a table, and in which order its rows. */
export const COLUMNS = {
  sort: { kind: "text", value: "<column>", description: "order by a column; -column for the largest first" },
  columns: { kind: "names", value: "<list>", description: "show these columns" },
} as const;

export const EVERYWHERE = {
  allNamespaces: { kind: "yes", description: "every network namespace with a process in it" },
} as const;

/** The former way to write `--netns pid:7`. */
export const PROCESS = {
  pid: { kind: "pids", value: "<pid>", hidden: true, description: "in the network namespace of this process" },
} as const;

/** Which network namespace. */
export const NAMESPACE = {
  netns: {
    kind: "text",
    value: "<namespace>",
    description: "in this network namespace: number, name of ip netns, or pid:7 for that of a process",
  },
} as const;

/** Who is asked. */
export const SOURCE = {
  source: {
    kind: "word",
    value: "<source>",
    words: ["auto", "procfs", "kernel"],
    default: "auto",
    description: "procfs; kernel, by @procnet/kernel; auto: procfs, and the kernel for what it does not tell",
  },
} as const;

/** In which form an answer is shown, and how often. */
export const OUTPUT = {
  json: { kind: "yes", description: "print one JSON document", conflicts: ["ndjson", "csv"] },
  ndjson: { kind: "yes", description: "print one JSON object a line", conflicts: ["csv"] },
  csv: { kind: "yes", description: "print comma-separated values" },
  header: { kind: "no", description: "leave out the line above the table" },
  color: { kind: "word", value: "<when>", words: ["auto", "always", "never"], default: "auto", description: "colour" },
  every: { kind: "duration", value: "<time>", description: "repeat: 500ms, 2s, 1m" },
  rounds: { kind: "times", value: "<count>", description: "with --every, how many times" },
} as const;
