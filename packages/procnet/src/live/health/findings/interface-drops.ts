import type { DeviceSample } from "../../sample.ts";
import { type Direction, directionsOf, eachInterface, shareOf } from "../directions.ts";
import type { Severity } from "../finding.ts";
import { type Interfaces, interfaceOf } from "../interfaces.ts";
import type { FindingSpec, Thresholds, Verdict } from "../spec.ts";
import { isUnjudged, unjudged } from "../unjudged.ts";
import type { Delta, Window } from "../window.ts";
import { countWord, percent, seconds, several } from "../words.ts";
import { softnetDropped } from "./softnet.ts";

/** Shares of what came or went, and only where enough did. */
export const INTERFACE_DROPS: FindingSpec = {
  id: "interface-drops",
  title: "an interface drops packets",
  help:
    "Of those received: the device had no room (rx_missed_errors of sysfs, which is in this number), or nobody wanted them, as frames of an unknown protocol, of another VLAN " +
    "or for others; a program that captures makes the latter vanish. Of those sent: the queue of the device, or of the other end of a " +
    "veth pair, was full.",
  sources: [
    "dev_seq_printf_stats, net/core/net-procfs.c: rx_missed_errors is added to rx_dropped",
    "netdata, net.conf, and the complaints about it: issues 988, 4536, 5158 and 16350",
  ],
  thresholds: { warn: 0.02, wireless: 0.1, received: 10_000, sent: 1000 },
  clear: { warn: 0.01, wireless: 0.05, received: 10_000, sent: 1000 },
  use: ["interface", "saturation"],
  judge(window, thresholds) {
    const backlog = softnetDropped(window);
    return eachInterface(window, (interfaces, device) => dropsOf(window, interfaces, device, thresholds, backlog));
  },
};

function dropsOf(
  window: Window,
  interfaces: Interfaces,
  device: DeviceSample,
  marks: Thresholds,
  backlog: number | undefined,
): Verdict {
  const all = directionsOf(interfaces, device, "recvDrop", "sentDrop");
  const mark = (device.isWireless === true ? marks.wireless : marks.warn) ?? 1;
  const many = all.filter((one): one is Direction => !isUnjudged(one) && one.bad.delta > 0 && shareOf(one) >= mark);
  const bad = many.filter(({ word, bad: { delta }, packets }) => delta + packets.delta > (marks[word] ?? 0));
  const few = many.filter((one) => !bad.includes(one));
  const untold = [...all.filter(isUnjudged), ...few.map((one) => tooFew(device, one))];
  if (bad.length === 0) return untold;
  const missed = interfaces.grown(device, "recvMissed", ({ recvMissed }) => recvMissed);
  const readings = bad.map((one) => readingOf(one, isUnjudged(missed) ? undefined : missed, backlog));
  const evidence = bad.flatMap((one) => [one.bad, one.packets]);
  return [
    ...untold,
    {
      severity: readings.some(({ severity }) => severity === "warn") ? "warn" : "info",
      subject: interfaceOf(device),
      evidence: isUnjudged(missed) ? evidence : [...evidence, missed],
      summary: `${device.name} dropped ${readings.map(({ words }) => words).join(" and ")} in ${seconds(window)}`,
    },
  ];
}

function tooFew({ name }: DeviceSample, { word, bad, packets }: Direction) {
  return unjudged(
    "too-little",
    `${name}: ${bad.delta} of ${several(bad.delta + packets.delta, "packet")} ${word} were dropped, too few packets to tell`,
  );
}

/** What dropped packets mean: those that nobody wanted do no harm. */
function readingOf(
  one: Direction,
  missed: Delta | undefined,
  backlog: number | undefined,
): { readonly severity: Severity; readonly words: string } {
  const count = `${several(one.bad.delta, "packet")} (${percent(shareOf(one))})`;
  if (one.word === "sent") return { severity: "warn", words: `${count} that were to be sent` };
  const received = `${count} it received`;
  if (missed !== undefined && missed.delta > 0) {
    return {
      severity: "warn",
      words: `${received}, ${countWord(missed.delta)} of them because the device had no room`,
    };
  }
  if (backlog !== undefined && backlog > 0) {
    return { severity: "warn", words: `${received}, while CPUs dropped ${backlog} because their backlog was full` };
  }
  if (missed === undefined || backlog === undefined) {
    return { severity: "warn", words: `${received}, for want of room or because nobody wanted them` };
  }
  return { severity: "info", words: `${received}, likely because nobody wanted them, as there was room everywhere` };
}
