import type { DeviceSample, Sample } from "../sample.ts";
import type { InterfaceSubject } from "./subject.ts";
import { isUnjudged, type Unjudged } from "./unjudged.ts";
import type { Delta, Window } from "./window.ts";

/** What interfaces did in a window: each is known by its name and, where sysfs tells, by its index, so that one made anew is another. */
export class Interfaces {
  readonly last: readonly DeviceSample[];
  private readonly window: Window;
  private readonly byName = new Map<Sample, ReadonlyMap<string, DeviceSample>>();

  constructor(window: Window) {
    this.window = window;
    this.last = window.last.devices ?? [];
    for (const sample of window.samples) {
      this.byName.set(sample, new Map((sample.devices ?? []).map((device) => [device.name, device])));
    }
  }

  /** What a number of an interface grew by. */
  grown(
    { name, index }: DeviceSample,
    counter: string,
    read: (device: DeviceSample) => number | undefined,
  ): Delta | Unjudged {
    return this.window.grown(
      FILES[counter] ?? "net/dev",
      `${counter} of ${name}`,
      (sample) => this.read(sample, name, index, read),
      "dev",
    );
  }

  /** The number in one sample. */
  read(
    sample: Sample,
    name: string,
    index: number | undefined,
    read: (device: DeviceSample) => number | undefined,
  ): number | undefined {
    const device = this.byName.get(sample)?.get(name);
    return device !== undefined && device.index === index ? read(device) : undefined;
  }
}

/** What is not in `net/dev`. */
const FILES: Readonly<Record<string, string>> = {
  carrierChanges: "sys/class/net/*/carrier_changes",
  recvMissed: "sys/class/net/*/statistics/rx_missed_errors",
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
    byReason.set(one.unknown, [...(byReason.get(one.unknown) ?? []), one]);
  }
  return [...byReason.values()].map(([first, ...rest]) => ({
    unknown: first!.unknown,
    message: rest.length === 0 ? first!.message : `${first!.message}; and ${rest.length} more like it`,
  }));
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
