import { readdirSync, readFileSync, readlinkSync, statfsSync, statSync } from "node:fs";
import { isProcfs } from "procnet";
import { nameBytes } from "./device-names.ts";

/*
 * What net-tools asks the kernel for by ioctl(2), which Node cannot: read from sysfs, where it shows the same namespace.
 */

/** What is known of an interface besides its counters. */
export interface Link {
  readonly mtu: number;
  /** As ioctl gives them: sixteen bits, with a sign. */
  readonly flags: number;
  /** See `ARPHardware`. */
  readonly type: number;
  /** Bytes of the hardware address. */
  readonly address: readonly number[];
  readonly queueLength: number;
}

/** SYSFS_MAGIC, include/uapi/linux/magic.h. */
const SYSFS = 0x62656572;

const UP = 0x1;
const RUNNING = 0x40;
const PROMISC = 0x100;
const ALLMULTI = 0x200;

/**
 * The directory with the interfaces of this namespace; `undefined` when there is none to be found. `isOurs` is asked of one with the same
 * names.
 */
export function linkDirectory(
  names: ReadonlySet<string>,
  root: string | undefined,
  isOurs: (directory: string) => boolean,
): string | undefined {
  const proc = root ?? ["", "proc"].join("/");
  const own = root === undefined ? "/sys/class/net" : `${proc}/1/root/sys/class/net`;
  const isShown = (directory: string): boolean => shows(directory, names) && isOurs(directory);
  if (isShown(own)) return own;
  return elsewhere(proc, root === undefined ? "self" : "1", isShown);
}

/** A sysfs shows the namespace of whoever mounted it. Other processes of this namespace may have mounted theirs. */
function elsewhere(proc: string, self: string, isShown: (directory: string) => boolean): string | undefined {
  const namespace = namespaceOf(`${proc}/${self}`);
  if (namespace === undefined) return undefined;
  const isRunning = isProcfs(proc);
  const looked = new Set<string | undefined>();
  for (const pid of readdirSync(proc)) {
    if (!/^[1-9][0-9]*$/.test(pid) || namespaceOf(`${proc}/${pid}`) !== namespace) continue;
    const directory = `${proc}/${pid}/root/sys/class/net`;
    // Most of them have the same one.
    const which = whichOf(directory);
    if (looked.has(which)) continue;
    looked.add(which);
    // A process chooses what is in its root: there may be other files, which only look so.
    if (isRunning && !isSysfs(directory)) continue;
    if (isShown(directory)) return directory;
  }
  return undefined;
}

function isSysfs(directory: string): boolean {
  try {
    return statfsSync(directory).type === SYSFS;
  } catch {
    return false; // gone meanwhile
  }
}

/** The file system and the directory in it; sysfs of each namespace is one of its own. */
function whichOf(directory: string): string | undefined {
  try {
    const { dev, ino } = statSync(directory);
    return `${dev} ${ino}`;
  } catch {
    return undefined; // none there
  }
}

function namespaceOf(process: string): string | undefined {
  try {
    return readlinkSync(`${process}/ns/net`);
  } catch {
    return undefined; // ended meanwhile, or somebody else's
  }
}

/** Whether a directory has these interfaces and no others. */
function shows(directory: string, names: ReadonlySet<string>): boolean {
  try {
    // Files such as bonding_masters stand beside the interfaces, which are links.
    const entries = readdirSync(directory, { withFileTypes: true, encoding: "latin1" }).filter(
      (entry) => !entry.isFile(),
    );
    return entries.length === names.size && entries.every(({ name }) => names.has(name));
  } catch {
    return false;
  }
}

/** Files of an interface in such a directory; `undefined` for one that is not there. */
export function propertiesOf(directory: string, name: string): (property: string) => string | undefined {
  const start = Buffer.concat([Buffer.from(`${directory}/`), nameBytes(name), Buffer.from("/")]);
  return (property) => textOf(Buffer.concat([start, Buffer.from(property)]));
}

/** Reads an interface; `undefined` when it is gone meanwhile. */
export function readLink(directory: string, name: string, listened: (index: number) => boolean): Link | undefined {
  const file = propertiesOf(directory, name);
  const flags = file("flags");
  if (flags === undefined) return undefined;
  const address = file("address") ?? "";
  return {
    mtu: Number(file("mtu") ?? 0),
    flags: asAsked(Number(flags), file, listened),
    type: Number(file("type") ?? -1),
    address: address === "" ? [] : address.split(":").map((byte) => Number.parseInt(byte, 16)),
    queueLength: Number(file("tx_queue_len") ?? -1),
  };
}

/**
 * sysfs has the flags as the device has them. ioctl adds whether it runs, and has promiscuity only where an administrator
 * wanted it: not that of bridges' ports and of those who listen through packet sockets.
 */
function asAsked(
  device: number,
  file: (property: string) => string | undefined,
  listened: (index: number) => boolean,
): number {
  const state = file("operstate");
  let flags = device & ~RUNNING;
  if ((flags & UP) !== 0 && (state === "up" || state === "unknown")) flags |= RUNNING;
  if ((flags & (PROMISC | ALLMULTI)) !== 0) {
    if (file("brport/port_id") !== undefined) flags &= ~(PROMISC | ALLMULTI);
    else if (listened(Number(file("ifindex")))) flags &= ~PROMISC;
  }
  return (flags << 16) >> 16;
}

function textOf(path: Buffer): string | undefined {
  try {
    // In a tree of another machine a pipe may stand there, and reading it would wait for ever.
    return statSync(path).isFile() ? readFileSync(path, "latin1").trimEnd() : undefined;
  } catch {
    return undefined; // not there, or without a value now
  }
}
