import { isUtf8 } from "node:buffer";
import { read } from "procnet";
import { dev } from "procnet/tables";
import { netOf, type Source } from "./collector.ts";
import { sysfsNames } from "./sysfs-text.ts";

/*
 * Names of devices are bytes, any but blanks, / and :. They are one character for each byte here, so that their files are found, and
 * become text as labels.
 */

/** The name of a device as a label, which is UTF-8: where the name is none, `\xff` for each byte that is not of ASCII. */
export function deviceLabel(name: string): string {
  const bytes = Buffer.from(name, "latin1");
  if (isUtf8(bytes)) return bytes.toString("utf8");
  return name.replace(/[^\0-\x7f]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16)}`);
}

/**
 * Names of the devices in sysfs. Throws where it shows other devices than procfs: it shows those of the network namespace of whoever
 * mounted it, and they would be wrong answers.
 */
export function sysfsDevices(source: Source): string[] {
  const { sysfs } = source;
  // A device may come or go between the two: that does not happen each time.
  for (let tries = 0; tries < 3; tries++) {
    const names = sysfsNames(`${sysfs}/class/net`)?.filter((name) => name !== "bonding_masters");
    if (names === undefined) throw new Error(`${sysfs} shows no devices`);
    const known = new Set(read(dev, { of: netOf(source), encoding: "latin1" }).map(({ name }) => name));
    if (names.length === known.size && names.every((name) => known.has(name))) return names;
  }
  throw new Error(`${sysfs} shows the devices of another network namespace`);
}
