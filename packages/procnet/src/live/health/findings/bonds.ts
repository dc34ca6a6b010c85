import type { FindingSpec } from "../spec.ts";
import { isUnjudged } from "../unjudged.ts";
import { someOf } from "../words.ts";

const bondDegraded: FindingSpec = {
  id: "bond-degraded",
  title: "a bond has lost links",
  help: "Interfaces of the bond have no link. It works on, slower or with nothing left to fall back on. See the cable, the switch, and the interface named.",
  sources: [
    "bond_info_seq_show, drivers/net/bonding/bond_procfs.c: MII Status",
    "node-mixin of node_exporter, NodeBondingDegraded",
  ],
  thresholds: { warn: 0 },
  clear: { warn: 0 },
  use: ["interface", "errors"],
  judge(window, { warn = 0 }) {
    const { bonds, devices = [] } = window.last;
    const there = window.gauge("net/bonding", "bonding", bonds?.length, "bonding");
    if (bonds === undefined || isUnjudged(there)) return isUnjudged(there) ? [there] : [];
    return bonds.flatMap(({ name, slaves }) => {
      const down = slaves.filter(({ isUp }) => !isUp);
      if (down.length <= warn) return [];
      const index = devices.find((device) => device.name === name)?.index;
      return [
        {
          severity: "warn",
          subject: { kind: "interface", interface: name, index },
          evidence: [{ name: "slaves that are up", file: `net/bonding/${name}`, value: slaves.length - down.length }],
          limit: { name: "slaves", value: slaves.length, file: `net/bonding/${name}`, scope: "interface" },
          summary: `${slaves.length - down.length} of ${slaves.length} links of ${name} are up; not ${someOf(down.map((one) => one.name))}`,
        },
      ];
    });
  },
};

export const BONDS: readonly FindingSpec[] = [bondDegraded];
