import { readdirSync, readFileSync, statSync } from "node:fs";
import { machine } from "node:os";
import type { DatagramSocket, TcpSocket } from "procnet";
import { type Placement, placementOf } from "procnet/parse";

/*
 * Names of control groups. What netlink tells of one is a number: the inode of its directory in cgroup2, which is no other's as long as the
 * machine runs; where inodes have 32 bits, that is its lower half, and the upper one is 1 or more (kernfs_id_ino). Where cgroup2 is not mounted, or version 1 alone is used, all sockets have the number of its root.
 */

/** How long the event loop is held at a time, milliseconds. */
const SLICE = 4;

const NOTHING = /* @__PURE__ */ Buffer.from("");
const SLASH = /* @__PURE__ */ Buffer.from("/");

type Mutable<Value> = { -readonly [Name in keyof Value]: Value[Name] };

/** Where sockets were made, by the number of the control group. Kept from look to look: the tree is walked when a number is new. */
export class CgroupNames {
  private readonly mounts: string;
  private readonly isNarrow: boolean;
  /** `undefined` for those that are in no directory here: removed, or out of sight. */
  private known = new Map<number, Placement | undefined>();

  /**
   * @param mounts the file that tells what is mounted where
   * @param isNarrow whether the kernel is one of 32 bits
   */
  constructor(mounts: string = "/proc/self/mountinfo", isNarrow: boolean = !/64|s390x/.test(machine())) {
    this.mounts = mounts;
    this.isNarrow = isNarrow;
  }

  /** Fills in `placement` of those that have a number. */
  async name(rows: readonly (TcpSocket | DatagramSocket)[], signal?: AbortSignal): Promise<void> {
    const unknown = this.fill(rows);
    if (unknown.length === 0) return;
    await this.walk(signal);
    for (const row of rows) {
      const inode = this.inodeOf(row);
      if (inode !== undefined && !this.known.has(inode)) this.known.set(inode, undefined);
    }
    this.fill(unknown);
  }

  /** Gives those whose number is new. */
  private fill(rows: readonly (TcpSocket | DatagramSocket)[]): (TcpSocket | DatagramSocket)[] {
    const unknown: (TcpSocket | DatagramSocket)[] = [];
    // Sockets of one group often follow each other.
    let last: number | undefined;
    let placement: Placement | undefined;
    for (const row of rows) {
      const inode = this.inodeOf(row);
      if (inode === undefined) continue;
      if (inode !== last) {
        last = inode;
        placement = this.known.get(inode);
      }
      if (placement !== undefined) (row as Mutable<typeof row>).placement = placement;
      else if (!this.known.has(inode)) unknown.push(row);
    }
    return unknown;
  }

  private inodeOf({ cgroupId }: TcpSocket | DatagramSocket): number | undefined {
    return cgroupId === undefined ? undefined : this.half(cgroupId);
  }

  private half(number: number): number {
    return this.isNarrow ? number % 2 ** 32 : number;
  }

  private async walk(signal: AbortSignal | undefined): Promise<void> {
    const found = new Map<number, Placement | undefined>();
    const mount = cgroup2(this.mounts);
    // As bytes: a name need not be UTF-8, and what is in such a directory would not be found by its text.
    const waiting = mount === undefined ? [] : [NOTHING];
    let began = performance.now();
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (performance.now() - began > SLICE) {
        await new Promise<void>((resolve) => setImmediate(resolve));
        signal?.throwIfAborted();
        began = performance.now();
      }
      try {
        const directory = Buffer.concat([Buffer.from(mount!.point), path]);
        const ino = this.half(statSync(directory).ino);
        found.set(ino, this.known.get(ino) ?? placementAt(`${mount!.root}${path.toString()}` || "/"));
        for (const entry of readdirSync(directory, { encoding: "buffer", withFileTypes: true }))
          if (entry.isDirectory()) waiting.push(Buffer.concat([path, SLASH, entry.name]));
      } catch {
        // It was removed meanwhile, or may not be looked into.
      }
    }
    this.known = found;
  }
}

function placementAt(path: string): Placement {
  return Object.freeze(placementOf([{ hierarchy: 0, controllers: [], path }]));
}

/** Where cgroup2 is mounted, which may be beside the groups of version 1, and which group is at its top. */
function cgroup2(file: string): { readonly point: string; readonly root: string } | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
  for (const line of text.split("\n")) {
    const [mount = "", system = ""] = line.split(" - ");
    if (!system.startsWith("cgroup2 ")) continue;
    const [, , , root = "/", point = ""] = mount.split(" ").map(unescaped);
    return { point, root: root === "/" ? "" : root };
  }
  return undefined;
}

/** Blanks in paths are written in octal digits. */
function unescaped(text: string): string {
  return text.replaceAll(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
