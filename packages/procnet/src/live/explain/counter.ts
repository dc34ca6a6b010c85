import { MACHINE, seriesKind } from "../counters/series.ts";
import { type CounterBits, type CounterGroup, counterGroups } from "./counters/groups.ts";
import { judgedBy } from "./counters/judged-by.ts";
import type { CounterEntry } from "./counters/lines.ts";
import { type ExplanationBase, type Fact, type NotKnown, textOf } from "./explanation.ts";

/** What a counter means. */
export interface CounterExplanation extends ExplanationBase {
  /** Which kind of explanation. */
  readonly kind: "counter";
  /** Its name with its group: `TcpExt.ListenDrops`. */
  readonly name: string;
  /** What it counts, without a capital or a full stop. */
  readonly meaning: string;
  /** The file it is in, below `/proc`. */
  readonly file: string;
  /** Whether it grows, or is a number of now. */
  readonly type: "counter" | "gauge";
  /** How far it reaches. */
  readonly scope: "namespace" | "machine";
  /** Bits after which it begins anew; `word`: 32 on 32-bit kernels, else 64. */
  readonly bits: CounterBits;
  /** The release of Linux it came with, `4.13`, or one that has it, `5.15 or before`; absent for those that are older than such lists. */
  readonly since: string | undefined;
  /** Where it stands in the kernel: function and file. */
  readonly source: string;
  /** The RFC that says what is meant, where one does. */
  readonly rfc: string | undefined;
  /** Id of the finding that looks at it, where one does. */
  readonly finding: string | undefined;
}

let known: CounterGroup[] | undefined;

function groups(): CounterGroup[] {
  known ??= counterGroups();
  return known;
}

/**
 * Names of all counters that there is an explanation of, with their groups: `TcpExt.ListenDrops`, `dev.recvDrop`.
 *
 * @example
 * ```ts
 * import { counterNames } from "procnet/live";
 * counterNames().includes("TcpExt.ListenDrops"); // true
 * ```
 */
export function counterNames(): string[] {
  return groups().flatMap(({ name, entries }) => [...entries.keys()].map((counter) => `${name}.${counter}`));
}

/**
 * What a counter of the kernel means, by its name with its group: `TcpExt.ListenDrops`, `Tcp.RetransSegs`, `softnet_stat.dropped`,
 * `stat/nf_conntrack.earlyDrop`, `dev.recvDrop`. Understood too: `ListenDrops` where one group alone has it, `TcpExtListenDrops` as
 * nstat(8) writes it, and columns as the kernel has them, `stat/nf_conntrack.early_drop`. `undefined` for what is no counter, or several.
 *
 * @example
 * ```ts
 * import { explainCounter } from "procnet/live";
 * explainCounter("TcpExt.ListenDrops")?.source; // "tcp_listendrop, include/net/tcp.h"
 * ```
 */
export function explainCounter(name: string): CounterExplanation | undefined {
  const found = find(name);
  return found === undefined ? undefined : explanationOf(...found);
}

type Found = readonly [group: CounterGroup, entry: CounterEntry];

function find(name: string): Found | undefined {
  const dot = name.lastIndexOf(".");
  if (dot !== -1) {
    const group = groups().find((one) => one.name === name.slice(0, dot));
    const entry = group?.entries.get(camel(name.slice(dot + 1))) ?? numbered(name);
    return entry === undefined ? undefined : [group ?? MESSAGES, entry];
  }
  const all = groups();
  const joined = all.flatMap((group) => pair(group, name.startsWith(group.name) ? name.slice(group.name.length) : ""));
  const bare = joined.length > 0 ? joined : all.flatMap((group) => pair(group, name));
  return bare.length === 1 ? bare[0] : undefined;
}

function pair(group: CounterGroup, counter: string): Found[] {
  const entry = group.entries.get(counter);
  return entry === undefined ? [] : [[group, entry]];
}

/** `early_drop` is `earlyDrop` in rows. */
function camel(column: string): string {
  return /^[a-z]/.test(column) ? column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) : column;
}

const MESSAGES: CounterGroup = {
  name: "IcmpMsg",
  file: "net/snmp",
  bits: "word",
  isMachine: false,
  rfc: "RFC 4293",
  entries: /* @__PURE__ */ new Map(),
};

/** Messages of ICMP by the number of their type; a counter appears with the first message. */
function numbered(name: string): CounterEntry | undefined {
  const [, group, counter, direction, type] = /^(IcmpMsg|Icmp6)\.((In|Out)Type(\d{1,3}))$/.exec(name) ?? [];
  if (counter === undefined) return undefined;
  const [folder, show] = group === "Icmp6" ? ["ipv6", "snmp6_seq_show_icmpv6msg"] : ["ipv4", "icmpmsg_put"];
  return {
    name: counter,
    source: `${show}, net/${folder}/proc.c`,
    meaning: `messages of type ${type} ${direction === "In" ? "received" : "sent"}; absent before the first`,
    since: undefined,
  };
}

function explanationOf(
  group: CounterGroup,
  { name: counter, source, meaning, since }: CounterEntry,
): CounterExplanation {
  const { file, bits, rfc } = group;
  const name = `${group.name}.${counter}`;
  const type = seriesKind(name, file.slice(NET.length));
  const scope = group.isMachine || MACHINE.has(name) ? "machine" : "namespace";
  const finding = judgedBy(name);
  const facts = factsOf({ name, meaning, file, type, scope, bits, since, source, rfc, finding });
  const unknown: NotKnown[] = type === "counter" ? [{ what: "when it grew", where: "rates() and procnet rates" }] : [];
  const rest = { facts, waitingFor: undefined, actor: "nobody", unknown } as const;
  const known = { name, meaning, file, type, scope, bits, since, source, rfc, finding } as const;
  return { kind: "counter", subject: name, ...known, ...rest, text: textOf(rest) };
}

/** Where the files of all groups are. */
const NET = "net/";

type Known = Omit<CounterExplanation, keyof ExplanationBase | "kind">;

function factsOf({ name, meaning, file, type, scope, bits, since, source, rfc, finding }: Known): Fact[] {
  const of = scope === "machine" ? "the whole machine" : "one network namespace";
  const how = type === "gauge" ? "a number of now" : `it only grows${WRAPS[bits]}`;
  return [
    { statement: `${name}: ${meaning}.`, fields: ["name"] },
    { statement: `It is of ${of}, in ${file}; ${how}.`, fields: ["scope", "file", "type", "bits"] },
    ...(since === undefined ? [] : [{ statement: `Since Linux ${since}.`, fields: ["since"] }]),
    { statement: `In the kernel: ${source}${rfc === undefined ? "" : `; ${rfc}`}.`, fields: ["source", "rfc"] },
    ...(finding === undefined ? [] : [{ statement: `The finding ${finding} looks at it.`, fields: ["finding"] }]),
  ];
}

const WRAPS: Readonly<Record<CounterBits, string>> = {
  32: ", and begins anew behind 32 bits",
  64: ", with 64 bits",
  word: ", with 64 bits, or 32 on a 32-bit kernel",
};
