import { type Family, gauge, type Value } from "../metrics/family.ts";
import type { Collector, Source } from "./collector.ts";
import { deviceLabel } from "./devices.ts";
import { sysfsText } from "./sysfs-text.ts";

const SLAVES = gauge("node_bonding_slaves", "Devices that a bonding device joins.", "master");
const ACTIVE = gauge("node_bonding_active", "Devices of a bonding device whose link is up.", "master");

function* collect({ sysfs }: Source): Generator<Family> {
  const masters = sysfsText(`${sysfs}/class/net/bonding_masters`);
  if (masters === undefined) throw new Error("there is no bonding_masters: the module bonding is not loaded");
  const slaves: Value[] = [];
  const active: Value[] = [];
  for (const name of wordsOf(masters)) {
    const directory = `${sysfs}/class/net/${name}`;
    const master = deviceLabel(name);
    const names = wordsOf(sysfsText(`${directory}/bonding/slaves`) ?? "");
    slaves.push({ labels: { master }, value: names.length });
    active.push({ labels: { master }, value: names.filter((slave) => isUp(directory, slave)).length });
  }
  yield { metric: SLAVES, values: slaves };
  yield { metric: ACTIVE, values: active };
}

function wordsOf(text: string): string[] {
  return text.split(/[ \n]+/).filter((word) => word !== "");
}

/** Links to devices below are called lower_ since Linux 3.9, slave_ before. */
function isUp(directory: string, slave: string): boolean {
  const status = (link: string): string | undefined =>
    sysfsText(`${directory}/${link}_${slave}/bonding_slave/mii_status`);
  return (status("lower") ?? status("slave")) === "up";
}

/** Bonding devices: sysfs. */
export const bonding: Collector = { name: "bonding", isDefault: true, metrics: [SLAVES, ACTIVE], collect };
