import { latin1 } from "../bytes/strings.ts";
import { isProcfsError } from "../errors.ts";
import { bonding } from "../files/devices/bonding.ts";
import { dev } from "../files/devices/dev.ts";
import { deviceIndexes } from "../host/device-indexes.ts";
import { namespaceOf } from "../host/moment.ts";
import type { BaseProcFs } from "../host/procfs.ts";
import { linkInfo, showsInterfaces } from "../host/sysfs.ts";
import { readAll } from "../read/file.ts";
import { listFiles } from "../read/net-files.ts";
import type { Located } from "../read/place.ts";
import { isLive } from "../read/procfs-type.ts";
import { read } from "../read/read.ts";
import type { BondSample, DeviceSample } from "./sample.ts";

const SYSFS = "/sys";

/** Megabits a second as sysfs has them: -1 where it is not known, and 10 that some virtual devices make up is left as it is. */
const MEGABIT = 1e6;

/** The interfaces of a namespace, with what sysfs tells where it shows the same ones. */
export function devicesOf(procfs: BaseProcFs, of: Located, pid: number | undefined): DeviceSample[] {
  const rows = read(dev, { of });
  const indexes = deviceIndexes(of);
  const linked = isOwn(procfs, pid) && showsInterfaces(new Set(rows.map(({ name }) => name)), undefined, indexes);
  return rows.map((status) => {
    const { name } = status;
    if (!linked) return { name, status, ...NOTHING, index: indexes.get(name) };
    const directory = `${SYSFS}/class/net/${name}`;
    const speed = numberIn(`${directory}/speed`);
    return {
      name,
      status,
      index: linkInfo(name).index,
      speed: speed === undefined || speed <= 0 ? undefined : speed * MEGABIT,
      carrierChanges: numberIn(`${directory}/carrier_changes`),
      recvMissed: numberIn(`${directory}/statistics/rx_missed_errors`),
      isWireless: isThere(`${directory}/wireless/status`) || isThere(`${directory}/phy80211/name`),
    };
  });
}

/** Whether it is the reader's own namespace: sysfs shows no other, and interfaces of two can have the same names. */
function isOwn(procfs: BaseProcFs, pid: number | undefined): boolean {
  if (!isLive(procfs.context) || !procfs.context.own) return false;
  if (pid === undefined) return true;
  const own = namespaceOf(procfs, undefined);
  return own !== undefined && namespaceOf(procfs, pid) === own;
}

const NOTHING = {
  speed: undefined,
  carrierChanges: undefined,
  recvMissed: undefined,
  isWireless: undefined,
} as const;

/** The bonds of a namespace. Throws `ProcfsError` `ENOENT` where the driver is not loaded. */
export function bondsOf(of: Located): BondSample[] {
  const { directory } = of.place;
  return listFiles(`${directory}/bonding`, {}).flatMap((name) => {
    const bond = read(bonding, { of, name: `bonding/${name}` });
    if (bond === undefined) return [];
    return [{ name, slaves: bond.slaves.map(({ device, miiStatus }) => ({ name: device, isUp: miiStatus === "up" })) }];
  });
}

/** A file of one number; `undefined` where it is not there, or cannot be read now, as `speed` of a link that is down. */
function numberIn(path: string): number | undefined {
  try {
    const bytes = readAll(path);
    const value = Number(latin1(bytes, 0, bytes.length).trim());
    return Number.isFinite(value) ? value : undefined;
  } catch (error) {
    if (isProcfsError(error)) return undefined;
    throw error;
  }
}

function isThere(path: string): boolean {
  try {
    readAll(path);
    return true;
  } catch (error) {
    if (isProcfsError(error)) return false;
    throw error;
  }
}
