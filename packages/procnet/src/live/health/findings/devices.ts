import { type Direction, directionsOf, eachInterface, shareOf } from "../directions.ts";
import { inTenMinutes, interfaceOf, knownOf } from "../interfaces.ts";
import type { FindingSpec } from "../spec.ts";
import { isUnjudged } from "../unjudged.ts";
import { percent, seconds, several } from "../words.ts";
import { BONDS } from "./bonds.ts";
import { INTERFACE_DROPS } from "./interface-drops.ts";
import { LINKS } from "./links.ts";
import { SOFTNET } from "./softnet.ts";

const RESOURCE = "interface";

const interfaceErrors: FindingSpec = {
  id: "interface-errors",
  title: "an interface counts errors",
  help:
    "Frames were damaged, too long, or could not be sent: a bad cable or plug, a port of a switch, duplex that does not agree, or a device that fails. " +
    "`ethtool -S` tells which errors; then replace what is broken. A few of millions are normal.",
  sources: ["rx_errors and tx_errors, include/uapi/linux/if_link.h", "netdata, net.conf; node-mixin of node_exporter"],
  // Errors in ten minutes of which they are at least that share; and any larger share.
  thresholds: { count: 5, countShare: 0.0001, share: 0.01 },
  clear: { count: 1, countShare: 0.0001, share: 0.005 },
  use: [RESOURCE, "errors"],
  judge(window, { count = 5, countShare = 0, share = 1 }) {
    return eachInterface(window, (interfaces, device) => {
      const all = directionsOf(interfaces, device, "recvErrs", "sentErrs");
      const bad = all.filter((one): one is Direction => {
        if (isUnjudged(one)) return false;
        const many = inTenMinutes(one.bad.delta, window) >= count && shareOf(one) >= countShare;
        return many || (one.bad.delta >= count && shareOf(one) > share);
      });
      const untold = all.filter(isUnjudged);
      if (bad.length === 0) return untold;
      const what = bad.map(
        (one) => `${several(one.bad.delta, "error")} of ${one.word} packets (${percent(shareOf(one))})`,
      );
      return [
        ...untold,
        {
          severity: "warn",
          subject: interfaceOf(device),
          evidence: bad.flatMap((one) => [one.bad, one.packets]),
          summary: `${device.name} counted ${what.join(" and ")} in ${seconds(window)}`,
        },
      ];
    });
  },
};

const interfaceFifo: FindingSpec = {
  id: "interface-fifo",
  title: "the ring of an interface was overrun",
  help:
    "The device had packets and no room in its ring, or none in its own memory; what exactly is counted each driver decides. Larger rings help against bursts " +
    "(`ethtool -G`), more queues or CPUs against more than that: see softnet-squeezed.",
  sources: ["rx_fifo_errors and tx_fifo_errors, include/uapi/linux/if_link.h", "netdata, net.conf"],
  thresholds: { warn: 0 },
  clear: { warn: 0 },
  use: [RESOURCE, "saturation"],
  judge(window, { warn = 0 }) {
    return eachInterface(window, (interfaces, device) => {
      const all = [
        interfaces.grown(device, "recvFifo", ({ status }) => status.recvFifo),
        interfaces.grown(device, "sentFifo", ({ status }) => status.sentFifo),
      ];
      const evidence = knownOf(all).filter(({ delta }) => delta > warn);
      if (evidence.length === 0) return all.filter(isUnjudged);
      const total = evidence.reduce((sum, { delta }) => sum + delta, 0);
      const summary = `the ring of ${device.name} was overrun: ${several(total, "packet was", "packets were")} lost in ${seconds(window)}`;
      return [...all.filter(isUnjudged), { severity: "warn", subject: interfaceOf(device), evidence, summary }];
    });
  },
};

export const DEVICES: readonly FindingSpec[] = /* @__PURE__ */ [
  SOFTNET,
  interfaceErrors,
  INTERFACE_DROPS,
  interfaceFifo,
  LINKS,
  BONDS,
].flat();
