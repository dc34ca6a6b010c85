import { readdirSync } from "node:fs";
import { utf8 } from "../bytes/strings.ts";
import { isProcfsError } from "../errors.ts";
import { readAll } from "../read/file.ts";

/** Where the kernel of this machine mounts sysfs. */
const SYSFS_ROOT = "/sys";

/** What sysfs knows of an interface and procfs does not: Documentation/ABI/testing/sysfs-class-net. */
export interface LinkInfo {
  /** Index of the interface. */
  readonly index: number | undefined;
  /** Bits of `InterfaceFlags`; sysfs leaves out `RUNNING` and `LOWER_UP`, which the kernel itself tells. */
  readonly flags: number | undefined;
  /** Largest packet, bytes. */
  readonly mtu: number | undefined;
  /** Hardware address, lower-case hexadecimal with colons; absent for devices without one. */
  readonly hwAddress: string | undefined;
  /** See `ARPHardware`. */
  readonly hwType: number | undefined;
  /** `up`, `down`, `dormant`, `lowerlayerdown`, `notpresent`, `testing` or `unknown` (RFC 2863 section 3.1.14). */
  readonly operState: string | undefined;
}

/**
 * Whether a sysfs shows these interfaces and no others. It shows the namespace of whoever mounted it, which need not be that
 * of `/proc/net`: after `unshare --net` the old one is still there. Both may have an `eth0`; its index, where it is known, tells them
 * apart.
 */
export function showsInterfaces(
  names: ReadonlySet<string>,
  root: string = SYSFS_ROOT,
  indexes: ReadonlyMap<string, number> = new Map(),
): boolean {
  try {
    // Files such as bonding_masters stand beside the interfaces, which are links.
    const entries = readdirSync(`${root}/class/net`, { withFileTypes: true }).filter((entry) => !entry.isFile());
    if (entries.length !== names.size || !entries.every(({ name }) => names.has(name))) return false;
    return [...indexes].every(([name, index]) => !names.has(name) || linkInfo(name, root).index === index);
  } catch {
    return false; // no sysfs here
  }
}

/** Reads it; all absent where there is no sysfs, or it shows another network namespace. */
export function linkInfo(name: string, root: string = SYSFS_ROOT): LinkInfo {
  const directory = `${root}/class/net/${name}`;
  const read = (file: string): string | undefined => textOf(`${directory}/${file}`);
  const number = (file: string): number | undefined => {
    const text = read(file);
    return text === undefined || text === "" ? undefined : Number(text);
  };
  const hwAddress = read("address");
  return {
    index: number("ifindex"),
    flags: number("flags"),
    mtu: number("mtu"),
    hwAddress: hwAddress === "" ? undefined : hwAddress,
    hwType: number("type"),
    operState: read("operstate"),
  };
}

/** A line without its newline; `undefined` when the file is not there or has no value now. */
function textOf(path: string): string | undefined {
  try {
    const bytes = readAll(path);
    const end = bytes.at(-1) === 0x0a ? bytes.length - 1 : bytes.length;
    return utf8(bytes, 0, end);
  } catch (error) {
    if (isProcfsError(error)) return undefined;
    throw error;
  }
}
