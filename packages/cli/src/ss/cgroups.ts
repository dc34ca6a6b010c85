import { readdirSync, statSync } from "node:fs";
import { databaseText } from "../names/databases.ts";
import { foreign } from "../text/printf.ts";

/*
 * Paths of control groups. What netlink tells of one is a number: the inode of its directory in cgroup2.
 */

/** Gives the path of a control group by its number. Directories are looked at when the first path is wanted. */
export function cgroupPaths(): (id: number) => string {
  let known: ReadonlyMap<number, string> | undefined;
  return (id) => {
    known ??= readPaths();
    const path = known.get(id);
    return path === undefined ? `unreachable:${id.toString(16)}` : foreign(path);
  };
}

function readPaths(): Map<number, string> {
  const paths = new Map<number, string>();
  const mount = cgroupMount();
  if (mount === undefined) return paths;
  // As bytes: a name need not be UTF-8.
  const waiting = [Buffer.from("")];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    try {
      const directory = Buffer.concat([Buffer.from(mount), path]);
      paths.set(statSync(directory).ino, path.toString() || "/");
      for (const entry of readdirSync(directory, { encoding: "buffer", withFileTypes: true })) {
        if (entry.isDirectory()) waiting.push(Buffer.concat([path, Buffer.from("/"), entry.name]));
      }
    } catch {
      // It was removed meanwhile, or may not be looked into.
    }
  }
  return paths;
}

/** Where cgroup2 is mounted; `undefined` where it is not. Blanks in the path are written in octal digits. */
export function cgroupMount(): string | undefined {
  const mounts = databaseText(["", "proc", "self", "mounts"].join("/")).split("\n");
  const point = mounts.map((line) => line.split(" ")).find(([, , type]) => type === "cgroup2")?.[1];
  return point?.replaceAll(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
