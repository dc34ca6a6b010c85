import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TcpSocket } from "procnet";
import { afterEach, beforeEach, expect, it } from "vitest";
import { CgroupNames } from "./cgroups.ts";

/* Directories are looked at as those of cgroup2 are, wherever the file of mounts says that it is. */

const ID = "3aa5ebf863c73aa5ebf863c73aa5ebf863c73aa5ebf863c73aa5ebf863c70123";
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "procnet cgroups-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A file of mounts, in the form of proc_pid_mountinfo(5). */
function mounts(type: string, root = "/"): string {
  const file = join(folder, "mountinfo");
  const point = join(folder, "tree").replaceAll(" ", "\\040");
  writeFileSync(
    file,
    [
      "22 27 0:21 / /proc rw,nosuid - proc proc rw",
      "32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime shared:9 - cgroup cgroup rw,cpu",
      `41 31 0:38 ${root} ${point} rw,relatime shared:10 - ${type} cgroup2 rw`,
      "",
    ].join("\n"),
  );
  return file;
}

/** Makes a group, and a socket of it. */
function socketIn(path: string): TcpSocket {
  const directory = join(folder, "tree", path);
  mkdirSync(directory, { recursive: true });
  return { protocol: "tcp", cgroupId: statSync(directory).ino } as TcpSocket;
}

const paths = (rows: readonly TcpSocket[]) => rows.map(({ placement }) => placement?.cgroup);

it("a group is named by its path, and what the path names", async () => {
  const rows = [socketIn("/"), socketIn("/system.slice/nginx.service"), socketIn(`/system.slice/docker-${ID}.scope`)];
  await new CgroupNames(mounts("cgroup2")).name(rows);
  expect(rows.map(({ placement }) => placement)).toEqual([
    { cgroup: "/", container: undefined, unit: undefined },
    { cgroup: "/system.slice/nginx.service", container: undefined, unit: "nginx.service" },
    {
      cgroup: `/system.slice/docker-${ID}.scope`,
      container: { runtime: "docker", id: ID },
      unit: `docker-${ID}.scope`,
    },
  ]);
});

// As Linux 6.1 for processors of 32 bits tells it: 4294967297 of the root, whose directory has the inode 1.
it("where inodes have 32 bits, the lower half of a number is one", async () => {
  const rows = [socketIn("/"), socketIn("/a")].map((row) => ({
    ...row,
    cgroupId: (row.cgroupId! % 2 ** 32) + 2 ** 32,
  }));
  const wide = structuredClone(rows);
  await new CgroupNames(mounts("cgroup2"), true).name(rows);
  expect(paths(rows)).toEqual(["/", "/a"]);
  await new CgroupNames(mounts("cgroup2"), false).name(wide);
  expect(paths(wide)).toEqual([undefined, undefined]);
});

it("where a part of the tree is mounted, its top is in front", async () => {
  const rows = [socketIn("/"), socketIn("/a")];
  await new CgroupNames(mounts("cgroup2", "/../pod\\0401")).name(rows);
  expect(paths(rows)).toEqual(["/../pod 1", "/../pod 1/a"]);
});

it("where only version 1 is mounted, or it is not known, there are no names", async () => {
  for (const file of [mounts("cgroup"), join(folder, "none")]) {
    const rows = [{ protocol: "tcp", cgroupId: 1 } as TcpSocket, socketIn("/")];
    await new CgroupNames(file).name(rows);
    expect(paths(rows)).toEqual([undefined, undefined]);
  }
});

it("the tree is walked for numbers that are new, and not for those that are gone", async () => {
  const names = new CgroupNames(mounts("cgroup2"));
  const first = socketIn("/first");
  const gone = { protocol: "tcp", cgroupId: 2 ** 52 } as TcpSocket;
  const look = async (...rows: TcpSocket[]) => {
    await names.name(rows);
    return paths(rows);
  };
  expect(await look(first, gone)).toEqual(["/first", undefined]);
  const second = socketIn("/second");
  expect(await look(second, first, gone)).toEqual(["/second", "/first", undefined]);
  // Nothing is new: what lies there now is not looked at.
  rmSync(join(folder, "tree"), { recursive: true });
  expect(await look({ ...first }, { ...gone }, { ...second })).toEqual(["/first", undefined, "/second"]);
  await expect(names.name([socketIn("/third")], AbortSignal.abort())).resolves.toBeUndefined();
});

it("sockets without a number have no name", async () => {
  const row = { protocol: "udp" } as unknown as TcpSocket;
  await new CgroupNames(join(folder, "none")).name([row]);
  expect(row).toEqual({ protocol: "udp" });
});

it("a name need not be UTF-8, nor does it hide what is within", async () => {
  const tree = Buffer.from(join(folder, "tree"));
  const odd = Buffer.concat([tree, Buffer.from("/odd-"), Buffer.of(0xff)]);
  const within = Buffer.concat([odd, Buffer.from("/within")]);
  mkdirSync(within, { recursive: true });
  const rows = [odd, within].map((path) => ({ protocol: "tcp", cgroupId: statSync(path).ino }) as TcpSocket);
  await new CgroupNames(mounts("cgroup2")).name(rows);
  expect(paths(rows)).toEqual(["/odd-\ufffd", "/odd-\ufffd/within"]);
});
