import { readdirSync, readFileSync, statSync } from "node:fs";
import { type Placement, placementOf } from "procnet/parse";

/*
 * What the control group of a socket says of where it belongs: a number, the inode of its directory in cgroup2. On hosts that have v1
 * beside it, cgroup2 is another mount, often empty; where there is v1 alone, the number is that of the root for all.
 */

/** Milliseconds until directories are looked at again for a number that was not among them. */
const AGAIN = 5000;

/** Placements by the number of a control group. Directories are looked at when the first one is wanted. */
export class ControlGroups {
  private readonly paths = new Map<number, Placement>();
  private lookedAt = Number.NEGATIVE_INFINITY;

  /** Where a socket with this control group belongs; `undefined` where that cannot be told. */
  of(id: number | undefined): Placement | undefined {
    if (id === undefined) return undefined;
    const known = this.paths.get(id);
    if (known !== undefined || performance.now() - this.lookedAt < AGAIN) return known;
    this.lookedAt = performance.now();
    for (const [inode, path] of directories())
      if (!this.paths.has(inode)) this.paths.set(inode, placementOf([{ hierarchy: 0, controllers: [], path }]));
    return this.paths.get(id);
  }
}

function* directories(): Generator<readonly [number, string]> {
  const mount = mountPoint();
  if (mount === undefined) return;
  const { root, point } = mount;
  const waiting = [""];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    try {
      yield [statSync(point + path).ino, `${root}${path}` || "/"];
      for (const entry of readdirSync(point + path, { withFileTypes: true }))
        if (entry.isDirectory()) waiting.push(`${path}/${entry.name}`);
    } catch {
      // It was removed meanwhile, or may not be looked into.
    }
  }
}

/** Where cgroup2 is mounted, and which group that is. */
function mountPoint(): { readonly root: string; readonly point: string } | undefined {
  for (const line of mounts()) {
    const [, , , root = "/", point = ""] = line.split(" ");
    const type = / - (\S+) /.exec(line)?.[1];
    if (type === "cgroup2") return { root: root === "/" ? "" : unescaped(root), point: unescaped(point) };
  }
  return undefined;
}

function mounts(): string[] {
  try {
    return readFileSync(["", "proc", "self", "mountinfo"].join("/"), "utf8").split("\n");
  } catch {
    return [];
  }
}

/** Blanks in the path are written in octal digits. */
function unescaped(path: string): string {
  return path.replaceAll(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
