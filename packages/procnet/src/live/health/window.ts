import type { SocketOwner } from "../../sockets/types.ts";
import type { SocketDigest } from "../digest.ts";
import type { Limit, LimitName, Limits } from "../limit-names.ts";
import type { Missing, Sample } from "../sample.ts";
import type { Evidence, FindingLimit, FindingOwner } from "./finding.ts";
import { type Unjudged, unjudged } from "./unjudged.ts";

/** A table of sockets, with that of IPv6 where there are two. */
export type SocketTable = "tcp" | "udp" | "raw" | "unix" | "netlink";

/** What a counter did in a window. */
export interface Delta extends Evidence {
  readonly before: number;
  readonly delta: number;
  readonly perSecond: number;
}

/**
 * The samples that are judged, ascending in time, of one network namespace. Numbers come out of it as evidence, or with the reason why
 * there are none: nothing that was reset or not read looks like 0.
 */
export class Window {
  readonly samples: readonly Sample[];
  readonly first: Sample;
  readonly last: Sample;
  readonly limits: Limits | undefined;

  constructor(samples: readonly [Sample, ...Sample[]], limits: Limits | undefined) {
    this.samples = samples;
    this.first = samples[0];
    this.last = samples.at(-1)!;
    this.limits = limits;
  }

  get milliseconds(): number {
    return this.last.at - this.first.at;
  }

  get seconds(): number {
    return this.milliseconds / 1000;
  }

  /** What a counter did: `counter("netstat", "TcpExt.ListenOverflows")`. */
  counter(file: "snmp" | "snmp6" | "netstat" | "xfrm" | "tls", name: string): Delta | Unjudged {
    return this.grown(`net/${FILES[file]}`, name, (sample) => counterOf(sample[file], name), FILES[file]);
  }

  /** The same of a number of one's own: `read` finds it in a sample. */
  grown(
    file: string,
    name: string,
    read: (sample: Sample) => number | undefined,
    what: string = file,
  ): Delta | Unjudged {
    const { first, last } = this;
    const value = read(last);
    if (value === undefined) return unjudged("no-file", this.why(what, name));
    if (this.samples.length < 2) return unjudged("first-sample", `${name}: one sample tells no rate`);
    const before = read(first);
    if (before === undefined) return unjudged("reset", `${name} was not there at the beginning of the window`);
    if (!this.isOne) return unjudged("reset", `${name} cannot be compared: ${NOT_ONE}`);
    if (this.isReset(before, read)) return unjudged("reset", `${name} began anew within the window`);
    if (this.milliseconds <= 0) return unjudged("window-too-short", `${name}: the samples are of one time`);
    return this.deltaOf(file, name, value, before);
  }

  /**
   * Whether the samples are of one boot and one namespace, and their times are true. Captures that were copied without the times of their
   * files seem to be of one moment, and rates of them would be made up: the time since boot tells.
   */
  get isOne(): boolean {
    const { first, last } = this;
    if (first.namespace !== last.namespace) return false;
    if (first.uptime === undefined || last.uptime === undefined) return true;
    const went = (last.uptime - first.uptime) * 1000;
    return went >= 0 && went <= this.milliseconds * SLACK_SHARE + SLACK;
  }

  /** Whether what is in the samples can be compared at all: it is of one boot and one namespace, and of two times. */
  get isComparable(): boolean {
    return this.samples.length > 1 && this.milliseconds > 0 && this.isOne;
  }

  /** The samples that can be compared with the last one: all, or it alone. */
  get comparable(): readonly Sample[] {
    return this.isOne ? this.samples : [this.last];
  }

  /** Whether a number fell between any two samples that have it: it may be missing in those between. */
  private isReset(before: number, read: (sample: Sample) => number | undefined): boolean {
    let known = before;
    for (const sample of this.samples) {
      const one = read(sample);
      if (one === undefined) continue;
      if (one < known) return true;
      known = one;
    }
    return false;
  }

  /** What a number grew by that did not begin anew. */
  deltaOf(file: string, name: string, value: number, before: number): Delta {
    const delta = value - before;
    return { name, file, value, before, delta, perSecond: this.seconds > 0 ? delta / this.seconds : 0 };
  }

  /** A number of now: of the last sample. */
  gauge(file: string, name: string, value: number | undefined, what: string = file): Evidence | Unjudged {
    return value === undefined ? unjudged("no-file", this.why(what, name)) : { name, file, value };
  }

  /** The values of a setting. */
  limit(name: LimitName): readonly number[] | Unjudged {
    const limit: Limit | undefined = this.limits?.[name];
    if (limit?.values !== undefined) return limit.values;
    const reason = limit === undefined ? "nobody read the settings" : REASONS[limit.unknown ?? "no-file"];
    return unjudged("no-limit", `${name} is not known: ${reason}`);
  }

  /** A setting as the limit of a finding. */
  limitOf(name: LimitName, value: number): FindingLimit {
    const { file = "", scope = "namespace" } = this.limits?.[name] ?? {};
    return { name, value, file, scope };
  }

  /** Why a file, or what else a number is in, was not read. */
  why(what: string, name: string): string {
    const missing = this.last.missing.find((one) => one.what === what);
    return missing === undefined ? `${name} is not in what was read (${what})` : `${name}: ${missing.message}`;
  }

  /**
   * The sockets of a sample, the last one by default; or why they are not known: nobody looked, or a table was not read. The table of
   * IPv6 may be absent, as on a kernel without it; one that is there and could not be read leaves all unknown.
   */
  sockets(table: SocketTable, { sockets, missing }: Sample = this.last): SocketDigest | Unjudged {
    const isOfTable = ({ what, code }: Missing): boolean =>
      what === table || (what === `${table}6` && code !== "ENOENT");
    const gap = missing.find((one) => one.what === "sockets" || isOfTable(one));
    if (gap !== undefined) return unjudged(gap.code === "EACCES" ? "no-right" : "no-file", gap.message);
    return sockets ?? unjudged("not-looked", "only counters were read, no sockets");
  }
}

/** Milliseconds by which two clocks may differ, and a share: files are written one after the other, and clocks are set. */
const SLACK = 30_000;
const SLACK_SHARE = 1.01;

const NOT_ONE =
  "the samples are of two namespaces, the machine was started between them, or when they were taken is not known (a clock that was set, files copied without their times)";

const FILES = { snmp: "snmp", snmp6: "snmp6", netstat: "netstat", xfrm: "xfrm_stat", tls: "tls_stat" } as const;

const REASONS = {
  "no-file": "there is no such file here (settings of the machine are shown in its first network namespace only)",
  unreadable: "it could not be read",
  "other-namespace": "procfs shows the settings of the reader's own network namespace only",
} as const;

/** A counter by its group and name, `Tcp.RetransSegs`; of a file without groups by its name. */
export function counterOf(counters: object | undefined, name: string): number | undefined {
  const [group = "", key] = name.split(".");
  const found: unknown = key === undefined ? own(counters, group) : own(own(counters, group), key);
  return typeof found === "number" ? found : undefined;
}

/** A field of an object that came of a text: no method of every object. */
function own(object: unknown, key: string): unknown {
  return typeof object === "object" && object !== null && Object.hasOwn(object, key)
    ? (object as Record<string, unknown>)[key]
    : undefined;
}

/** Owners of sockets as those of a finding, the one with the most sockets first. */
export function ownersOf(sockets: Iterable<{ readonly owners: readonly SocketOwner[] | undefined }>): FindingOwner[] {
  const found = new Map<string, { owner: SocketOwner; sockets: number }>();
  for (const { owners = [] } of sockets) {
    for (const owner of owners) {
      const key = `${owner.pid} ${owner.startTime}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, { owner, sockets: 1 });
      else known.sockets++;
    }
  }
  return [...found.values()]
    .sort((a, b) => b.sockets - a.sockets || a.owner.pid - b.owner.pid)
    .map(({ owner: { pid, startTime, program, container, unit }, sockets }) => ({
      pid,
      startTime,
      program,
      container,
      unit,
      sockets,
    }));
}
