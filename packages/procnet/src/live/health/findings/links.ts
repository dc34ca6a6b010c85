import type { DeviceSample } from "../../sample.ts";
import { recentOf } from "../counted.ts";
import { eachInterface } from "../directions.ts";
import { type Interfaces, inTenMinutes, interfaceOf } from "../interfaces.ts";
import type { FindingSpec, Thresholds, Verdict } from "../spec.ts";
import { isUnjudged, unjudged } from "../unjudged.ts";
import type { Delta, Window } from "../window.ts";
import { percent, rateWord, seconds, several } from "../words.ts";

const RESOURCE = "interface";

const interfaceSaturated: FindingSpec = {
  id: "interface-saturated",
  title: "a link is full",
  help:
    "What goes through the interface is nearly all that its link can carry: packets wait, then are dropped. See who sends most (rates of the sockets), spread " +
    "the load, or take a faster link. Virtual devices tell no speed, or one that is made up.",
  sources: ["speed, Documentation/ABI/testing/sysfs-class-net", "netdata, net.conf"],
  // Shares of the speed, over as many seconds: a shorter window shows no more than a burst.
  thresholds: { warn: 0.9, hold: 60 },
  clear: { warn: 0.85, hold: 60 },
  use: [RESOURCE, "utilization"],
  judge(window, thresholds) {
    return eachInterface(window, (interfaces, device) => saturationOf(window, interfaces, device, thresholds));
  },
};

/** It has no link, and so none that is full: every namespace has one by this name. */
const LOOPBACK = "lo";

function saturationOf(
  window: Window,
  interfaces: Interfaces,
  device: DeviceSample,
  { warn = 1, hold = 0 }: Thresholds,
): Verdict {
  const { name, speed } = device;
  if (name === LOOPBACK) return [];
  if (speed === undefined) return [unjudged("no-limit", `the speed of ${name} is not known`)];
  const both = [
    interfaces.grown(device, "recvBytes", ({ status }) => status.recvBytes),
    interfaces.grown(device, "sentBytes", ({ status }) => status.sentBytes),
  ];
  const untold = both.filter(isUnjudged);
  const share = ({ perSecond: bytes }: Delta) => (bytes * 8) / speed;
  const full = both.filter((one): one is Delta => !isUnjudged(one) && share(one) > warn);
  if (full.length === 0) return untold;
  const isBrief = window.seconds < hold;
  const most = Math.max(...full.map(share));
  const brief = isBrief ? `; whether that lasts, ${seconds(window)} do not tell` : "";
  return [
    ...untold,
    {
      severity: isBrief ? "info" : "warn",
      subject: interfaceOf(device),
      evidence: full.map((one) => ({ ...one, unit: "bytes" as const })),
      limit: { name: "speed", value: speed, file: `/sys/class/net/${name}/speed`, scope: "interface" },
      summary: `${name} carries ${percent(most)} of the ${speed / 1e6} Mbit/s that its link can${brief}`,
    },
  ];
}

const interfaceFlaps: FindingSpec = {
  id: "interface-flaps",
  title: "a link goes up and down",
  help:
    "The carrier came and went. A loose cable, a failing plug or transceiver, a port of a switch, or power saving; of a virtual device, somebody who sets " +
    "the other end up and down. The kernel's log has the times.",
  sources: ["carrier_changes, Documentation/ABI/testing/sysfs-class-net"],
  thresholds: { warn: 2 },
  clear: { warn: 1 },
  use: [RESOURCE, "errors"],
  judge(window, { warn = 2 }) {
    return eachInterface(window, (interfaces, device) => {
      if (device.carrierChanges === undefined)
        return [unjudged("no-file", `the changes of carrier of ${device.name} are not known: sysfs does not show it`)];
      const changes = interfaces.grown(device, "carrierChanges", ({ carrierChanges }) => carrierChanges);
      if (isUnjudged(changes)) return [changes];
      if (inTenMinutes(changes.delta, window) < warn) return [];
      const summary = `the carrier of ${device.name} changed ${several(changes.delta, "time")} in ${seconds(window)}`;
      return [{ severity: "warn", subject: interfaceOf(device), evidence: [changes], summary }];
    });
  },
};

const interfaceStorm: FindingSpec = {
  id: "interface-storm",
  title: "an interface receives very many more packets than before",
  help:
    "A loop in the network, a flood, or a job that has begun. See which addresses and ports the packets are of (tcpdump), and whether CPUs keep up: " +
    "softnet-dropped, interface-drops.",
  sources: ["netdata, net.conf"],
  // Times what it was before, which counts as `floor` packets a second at least.
  thresholds: { info: 50, floor: 1000, recent: 10, before: 45 },
  clear: { info: 2, floor: 1000, recent: 10, before: 45 },
  judge(window, { info = 50, floor = 1000, recent = 10, before = 45 }) {
    return eachInterface(window, (interfaces, device) => {
      const packets = interfaces.grown(device, "recvPackets", ({ status }) => status.recvPackets);
      const { name, index } = device;
      const read = (sample: Window["last"]) => interfaces.read(sample, name, index, ({ status }) => status.recvPackets);
      const compared = recentOf(window, packets, read, { recent, before, floor });
      if (compared === undefined) return [];
      if (isUnjudged(compared)) return [compared];
      if (compared.now <= info * Math.max(floor, compared.before)) return [];
      const summary = `${name} receives ${rateWord(compared.now)} packets a second; before, ${rateWord(compared.before)}`;
      return [
        {
          severity: "info",
          subject: interfaceOf(device),
          evidence: [{ ...compared.whole, unit: "packets" }],
          summary,
        },
      ];
    });
  },
};

export const LINKS: readonly FindingSpec[] = [interfaceSaturated, interfaceFlaps, interfaceStorm];
