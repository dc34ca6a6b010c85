import type { DeviceSample, Sample } from "../sample.ts";
import type { InterfaceSubject } from "./subject.ts";
import { isUnjudged, type Unjudged } from "./unjudged.ts";
import type { Delta, Window } from "./window.ts";

/** What interfaces did in a window: each is known by its name and, where sysfs tells, by its index, so that one made anew is another. */
export class Interfaces {
  readonly last: readonly DeviceSample[];
  private readonly window: Window;
  /** Interfaces of which a number fell, or which were away for a while. */
  private readonly broken = new Set<string>();

  private constructor(window: Window) {
    this.window = window;
    this.last = window.last.devices ?? [];
    window.samples.forEach((sample, at) => {
      for (const name of at === 0 ? [] : brokenBetween(window.samples[at - 1]!, sample)) this.broken.add(name);
    });
  }

  /** Those of a window, gone through once for all findings. */
  static of(window: Window): Interfaces {
    const known = MADE.get(window);
    if (known !== undefined) return known;
    const made = new Interfaces(window);
    MADE.set(window, made);
    return made;
  }

  /** What a number of an interface grew by. */
  grown(
    { name, index }: DeviceSample,
    counter: string,
    read: (device: DeviceSample) => number | undefined,
  ): Delta | Unjudged {
    const { window } = this;
    const attribute = ATTRIBUTES[counter];
    const file = attribute === undefined ? "net/dev" : `/sys/class/net/${name}/${attribute}`;
    const full = `${counter} of ${name}`;
    const readIn = (sample: Sample) => this.read(sample, name, index, read);
    // Thousands of interfaces in sixty samples: what never fell is read at both ends alone.
    const value = this.broken.has(name) || !window.isComparable ? undefined : readIn(window.last);
    const before = value === undefined || window.samples.length < 2 ? undefined : readIn(window.first);
    if (value !== undefined && before !== undefined) return window.deltaOf(file, full, value, before);
    return window.grown(file, full, readIn, "dev");
  }

  /** The number in one sample. */
  read(
    sample: Sample,
    name: string,
    index: number | undefined,
    read: (device: DeviceSample) => number | undefined,
  ): number | undefined {
    const device = devicesByName(sample).get(name);
    return device !== undefined && device.index === index ? read(device) : undefined;
  }
}

const MADE = /* @__PURE__ */ new WeakMap<Window, Interfaces>();
const BY_NAME = /* @__PURE__ */ new WeakMap<Sample, ReadonlyMap<string, DeviceSample>>();
const BROKEN = /* @__PURE__ */ new WeakMap<Sample, { readonly before: Sample; readonly names: readonly string[] }>();

function devicesByName(sample: Sample): ReadonlyMap<string, DeviceSample> {
  const known = BY_NAME.get(sample);
  if (known !== undefined) return known;
  const made = new Map((sample.devices ?? []).map((device) => [device.name, device]));
  BY_NAME.set(sample, made);
  return made;
}

/** Interfaces whose counters may have begun anew between two samples that follow each other. */
function brokenBetween(before: Sample, after: Sample): readonly string[] {
  const known = BROKEN.get(after);
  if (known?.before === before) return known.names;
  const old = devicesByName(before);
  const now = devicesByName(after);
  const names = [...now.values()].filter((device) => fell(old.get(device.name), device)).map(({ name }) => name);
  for (const name of old.keys()) if (!now.has(name)) names.push(name);
  BROKEN.set(after, { before, names });
  return names;
}

function fell(before: DeviceSample | undefined, now: DeviceSample): boolean {
  if (before === undefined || before.index !== now.index) return true;
  if ((now.carrierChanges ?? 0) < (before.carrierChanges ?? 0)) return true;
  if ((now.recvMissed ?? 0) < (before.recvMissed ?? 0)) return true;
  return COUNTERS.some((counter) => now.status[counter] < before.status[counter]);
}

const COUNTERS = [
  "recvBytes",
  "recvPackets",
  "recvErrs",
  "recvDrop",
  "recvFifo",
  "sentBytes",
  "sentPackets",
  "sentErrs",
  "sentDrop",
  "sentFifo",
] as const;

/** What is not in `net/dev`, but in sysfs. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  carrierChanges: "carrier_changes",
  recvMissed: "statistics/rx_missed_errors",
};

/** An interface as what a finding is about. */
export function interfaceOf({ name, index }: DeviceSample): InterfaceSubject {
  return { kind: "interface", interface: name, index };
}

/** One sentence for each reason: of a host with 1000 interfaces nobody reads 1000. */
export function briefly(all: readonly (Unjudged | object)[]): Unjudged[] {
  const byReason = new Map<string, Unjudged[]>();
  for (const one of all) {
    if (!isUnjudged(one)) continue;
    const alike = byReason.get(one.unknown);
    if (alike === undefined) byReason.set(one.unknown, [one]);
    else alike.push(one);
  }
  return [...byReason.values()].map((alike) => {
    const [first] = alike;
    const subjects = alike.every((one) => one.subjects !== undefined)
      ? alike.flatMap((one) => one.subjects ?? [])
      : undefined;
    const more = alike.length > 1 ? `; and ${alike.length - 1} more like it` : "";
    return { unknown: first!.unknown, message: `${first!.message}${more}`, subjects };
  });
}

/** Evidence of what is known. */
export function knownOf(all: readonly (Delta | Unjudged)[]): Delta[] {
  return all.filter((one): one is Delta => !isUnjudged(one));
}

const TEN_MINUTES = 600;

/** As much of a number as falls on ten minutes, where the window is longer. */
export function inTenMinutes(count: number, { seconds }: Window): number {
  return seconds > TEN_MINUTES ? (count * TEN_MINUTES) / seconds : count;
}
