import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync, statSync, unlinkSync } from "node:fs";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OWN_PLACE, USUAL_PLACE } from "../../packages/kernel/src/owners/bpffs.ts";
import { pinOwners, unpinOwners } from "../../packages/kernel/src/owners/pin.ts";
import { pinnedOwners, pinnedOwnersState, SocketEngine, sockets } from "../../packages/procnet/src/index.ts";
import { PinnedOwners } from "../../packages/procnet/src/sockets/pinned/pinned-owners.ts";
import { linksOf, pairsOf } from "../support/kernel/held.ts";
import { noIterator, type OwnBpffs, ownBpffs, pinForeign } from "../support/kernel/pin.ts";
import { noMounts, ROOT, run, skipIf } from "../support/tools.ts";

/* Owners by a pin, against the links of the same processes. */

const GROUP = 61234;
const reason = (await noIterator()) ?? noMounts();

describe("owners that were pinned", () => {
  let bpffs: OwnBpffs;
  let path: string;
  let scene: ChildProcess;
  const pids: Record<string, number> = {};
  const before = leftovers();

  beforeAll(async () => {
    if (reason !== undefined) return;
    bpffs = ownBpffs();
    path = `${bpffs.directory}/owners-v1`;
    scene = spawn("python3", ["-IS", `${ROOT}/test/support/kernel/holders.py`], { stdio: ["pipe", "pipe", "inherit"] });
    for await (const line of createInterface({ input: scene.stdout! })) {
      const [name, pid] = line.split(" ");
      pids[name!] = Number(pid);
      if (Object.keys(pids).length === 3) break;
    }
    // The one in the inner namespace does not know its number here.
    pids.inner = descendants(scene.pid!).find((pid) => /^NSpid:\t\d+\t\d+$/m.test(statusOf(pid)))!;
    expect(await pinOwners({ path, group: GROUP })).toEqual({
      path,
      mounted: undefined,
      replaced: false,
      verified: true,
    });
  });

  afterAll(() => {
    scene?.stdin?.end();
    scene?.kill("SIGKILL");
    for (const pid of Object.values(pids)) end(pid);
    bpffs?.remove();
    expect(leftovers()).toEqual(before);
  });

  it("are those of the links, descriptor by descriptor", async (context) => {
    skipIf(context, reason);
    const held = await heldBy(path);
    for (const [name, least] of [
      ["first", 4],
      ["child", 4],
      ["inner", 4],
    ] as const) {
      const pid = pids[name]!;
      const tasks = readdirSync(`/proc/${pid}/task`).map((tid) => `/task/${tid}`);
      const told = held.find((one) => one.pid === pid);
      expect([name, told && pairsOf(told)]).toEqual([name, linksOf(pid, tasks)]);
      expect(pairsOf(told!).length).toBeGreaterThanOrEqual(least);
      expect(pairsOf(told!).some((pair) => pair.startsWith("1500 "))).toBe(true);
    }
    // The thread with descriptors of its own has one that the links of its process do not show.
    const first = pairsOf(held.find(({ pid }) => pid === pids.first)!);
    expect(first.length).toBeGreaterThan(linksOf(pids.first!).length);
  });

  it("are of a name that its process chose, and of that of another pid namespace by the number it has here", async (context) => {
    skipIf(context, reason);
    const fd = linksOf(pids.first!).find((link) => link.startsWith("1500 "))!;
    const inode = Number(fd.split(" ")[1]);
    const asked = { protocol: "tcp", inode } as const;
    const {
      sockets: [found],
      ...rest
    } = await sockets({ ...asked, source: pinnedOwners({ path }) });
    const {
      sockets: [linked],
    } = await new SocketEngine().sockets(asked);
    expect(found).toEqual(linked);
    expect(rest).toMatchObject({ source: "pin", sourceOf: { tables: [], owners: "pin", notes: [] } });
    const holders = [pids.first, pids.child, pids.inner].sort((a, b) => a! - b!);
    expect(found?.owners?.map(({ pid }) => pid)).toEqual(expect.arrayContaining(holders));
    expect(found?.owners?.find(({ pid }) => pid === pids.first)?.comm).toBe("\x1b[31m) S\n\ufffd");
  });

  it("are given one by one as well, asked for once", async (context) => {
    skipIf(context, reason);
    const engine = new SocketEngine();
    const byLinks = new Map<number, string>();
    for await (const socket of engine.eachSocket({ protocol: "unix" }))
      byLinks.set(socket.inode, (socket.owners ?? []).map(({ pid, fds }) => `${pid}:${fds}`).join(" "));
    let same = 0;
    let rest: unknown;
    const source = pinnedOwners({ path });
    for await (const socket of engine.eachSocket({ protocol: "unix", source, onEnd: (end) => (rest = end) })) {
      const owners = (socket.owners ?? []).filter(({ pid }) => Object.values(pids).includes(pid));
      if (owners.length === 0) continue;
      const own = owners.map(({ pid, fds }) => `${pid}:${fds}`);
      if (own.every((one) => byLinks.get(socket.inode)?.includes(one))) same++;
    }
    expect(same).toBeGreaterThanOrEqual(2);
    expect(rest).toMatchObject({ source: "pin", sourceOf: { owners: "pin" } });
  });

  it("are read by members of the group, and links with a note by others", async (context) => {
    skipIf(context, reason);
    const { mode, uid, gid } = statSync(path);
    expect([mode & 0o7777, uid, gid]).toEqual([0o440, 0, GROUP]);
    const asked = { protocol: "tcp", state: "LISTEN", source: pinnedOwners({ path }) } as const;
    const inode = Number(
      linksOf(pids.first!)
        .find((link) => link.startsWith("1500 "))!
        .split(" ")[1],
    );
    const owners = async (group: number): Promise<unknown> =>
      as(65534, group, async () => {
        const { sockets: all, sourceOf } = await new SocketEngine().sockets(asked);
        const found = all.find((socket) => socket.inode === inode);
        return {
          pids: found?.owners?.map(({ pid }) => pid),
          ownerless: found?.ownerless,
          by: sourceOf?.owners,
          notes: sourceOf?.notes,
        };
      });
    const holders = [pids.first, pids.child, pids.inner];
    expect(await owners(GROUP)).toEqual({
      pids: expect.arrayContaining(holders),
      ownerless: undefined,
      by: "pin",
      notes: [],
    });
    expect(await owners(65534)).toEqual({
      pids: [],
      ownerless: "no-permission",
      by: "procfs",
      notes: [
        `owners are read from links of descriptors: ${path} may not be read by this user: procnet pin --group NAME lets members of a group`,
      ],
    });
  });

  it("are not asked of a file that only looks like a pin", async (context) => {
    skipIf(context, reason);
    const plain = `${ROOT}/package.json`;
    expect(pinnedOwnersState({ path: plain })).toMatchObject({ kind: "unusable", path: plain });
    // An iterator that writes records of another form, on a bpffs and root's.
    const foreign = `${bpffs.directory}/owners-v9`;
    await pinForeign(bpffs.door, foreign);
    expect(pinnedOwnersState({ path: foreign })).toEqual({ kind: "ready", path: foreign });
    const notes: string[] = [];
    expect(await new PinnedOwners(foreign).held("/proc", (why) => notes.push(why))).toBeUndefined();
    expect(notes).toEqual([expect.stringContaining("not owners as this version knows them (form 1)")]);
    const result = await sockets({ protocol: "tcp", source: pinnedOwners({ path: foreign }) });
    expect(result.sourceOf?.owners).toBe("procfs");
    await expect(pinOwners({ path: foreign })).rejects.toThrow("something else");
    await expect(pinOwners({ path: `${bpffs.directory}/maps.debug` })).rejects.toThrow("names in a bpffs have no dot");
    expect(() => unpinOwners({ path: foreign })).toThrow("something else");
    expect(() => unpinOwners({ path: plain })).toThrow("something else");
    expect(statSync(plain).isFile()).toBe(true);
    unlinkSync(foreign);
  });

  it("are pinned again in place of the ones before, without a gap", async (context) => {
    skipIf(context, reason);
    const { ino } = statSync(path);
    const mine = { path, mode: 0o444, group: 0 };
    expect(await pinOwners(mine)).toMatchObject({ replaced: true, verified: true });
    expect(readdirSync(bpffs.directory).filter((name) => !name.includes("."))).toEqual(["owners-v1"]);
    const after = statSync(path);
    expect([after.ino === ino, after.mode & 0o777, after.gid]).toEqual([false, 0o444, 0]);
    expect(await heldBy(path)).not.toHaveLength(0);
    expect(unpinOwners({ path })).toEqual([path]);
    expect(unpinOwners({ path })).toEqual([]);
    expect(pinnedOwnersState({ path })).toEqual({ kind: "absent" });
    await pinOwners({ path, group: GROUP });
  });
});

describe("the usual places", () => {
  it("are mounted where they are not, and left as they were", (context) => {
    skipIf(context, reason);
    // In a mount namespace of its own, where /sys/fs/bpf is one that systemd mounts: closed to all but root.
    const script = `
      import { execFileSync } from "node:child_process";
      import { existsSync, statSync, unlinkSync } from "node:fs";
      import { pinOwners, unpinOwners } from "@procnet/kernel";
      import { pinnedOwnersState } from "procnet";
      const said = {};
      const mounts = () => execFileSync("mount", ["-t", "bpf"], { encoding: "utf8" }).split("\\n").map((line) => line.split(" ")[2]).filter(Boolean);
      for (const place of mounts()) execFileSync("umount", [place]);
      said.first = await pinOwners();
      said.state = pinnedOwnersState();
      said.gone = unpinOwners();
      said.left = [existsSync("/sys/fs/bpf/procnet"), ...mounts()];
      execFileSync("chmod", ["0700", "/sys/fs/bpf"]);
      said.second = await pinOwners({ group: ${GROUP} });
      said.open = (statSync("/run/procnet").mode & 0o777).toString(8);
      said.secondState = pinnedOwnersState();
      said.secondGone = unpinOwners();
      said.end = [existsSync("/run/procnet"), ...mounts()];
      console.log(JSON.stringify(said));`;
    const said = JSON.parse(
      run("unshare", ["--mount", process.execPath, "--no-warnings", "--input-type=module", "-e", script]),
    );
    expect(said).toEqual({
      first: { path: USUAL_PLACE, mounted: "/sys/fs/bpf", replaced: false, verified: true },
      state: { kind: "ready", path: USUAL_PLACE },
      gone: [USUAL_PLACE],
      left: [false, "/sys/fs/bpf"],
      second: { path: OWN_PLACE, mounted: "/run/procnet", replaced: false, verified: true },
      open: "755",
      secondState: { kind: "ready", path: OWN_PLACE },
      secondGone: [OWN_PLACE],
      end: [false, "/sys/fs/bpf"],
    });
  });

  it("give no owners in another pid namespace", (context) => {
    skipIf(context, reason);
    const script = `
      import { pinOwners, unpinOwners } from "@procnet/kernel";
      import { pinnedOwners, pinnedOwnersState, sockets } from "procnet";
      const { verified } = await pinOwners();
      const { sourceOf } = await sockets({ protocol: "tcp", source: pinnedOwners() });
      console.log(JSON.stringify({ verified, state: pinnedOwnersState().kind, ...sourceOf }));
      unpinOwners();`;
    const args = [
      "--mount",
      "--pid",
      "--fork",
      "--mount-proc",
      process.execPath,
      "--no-warnings",
      "--input-type=module",
    ];
    expect(JSON.parse(run("unshare", [...args, "-e", script]))).toEqual({
      verified: false,
      state: "unusable",
      tables: [],
      owners: "procfs",
      notes: [
        "owners are read from links of descriptors: process ids are told as in the first pid namespace, and this is another",
      ],
    });
  });
});

describe("who may not", () => {
  it("is told what it takes", async (context) => {
    if (process.getuid?.() !== 0) context.skip("only root can give up its rights");
    skipIf(context, reason);
    await as(65534, 65534, async () => {
      await expect(pinOwners({ path: "/sys/fs/bpf/procnet/owners-v1" })).rejects.toMatchObject({
        name: "PinFailure",
        help: expect.stringMatching(/CAP_BPF and CAP_PERFMON|locked down/),
      });
    });
    await expect(pinOwners({ mode: 0o666 })).rejects.toThrow("0444");
    await expect(pinOwners({ path: "/tmp/owners-v1" })).rejects.toMatchObject({
      help: expect.stringContaining("mount -t bpf"),
    });
  });
});

async function heldBy(path: string): Promise<readonly { readonly pid: number; readonly pairs: Float64Array }[]> {
  const notes: string[] = [];
  const held = await new PinnedOwners(path).held("/proc", (why) => notes.push(why));
  expect(notes).toEqual([]);
  return held!;
}

/** Does something as another user, with one group. */
async function as<Value>(uid: number, gid: number, act: () => Promise<Value>): Promise<Value> {
  const groups = process.getgroups!();
  process.setgroups!([]);
  process.setegid!(gid);
  process.seteuid!(uid);
  try {
    return await act();
  } finally {
    process.seteuid!(0);
    process.setegid!(0);
    process.setgroups!(groups);
  }
}

function descendants(pid: number): number[] {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const parents = new Map(
    all.map((name) => [Number(name), Number(/^PPid:\t(\d+)$/m.exec(statusOf(Number(name)))?.[1])]),
  );
  const isBelow = (one: number | undefined): boolean => one === pid || (!!one && isBelow(parents.get(one)));
  return [...parents.keys()].filter((one) => one !== pid && isBelow(parents.get(one)));
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "latin1");
  } catch {
    return ""; // it has ended
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // it has ended
  }
}

/** What must be as it was: descriptors that are BPF's, mounts of bpffs. */
function leftovers(): string[] {
  const fds = readdirSync("/proc/self/fd").map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return "";
    }
  });
  const mounts = readFileSync("/proc/self/mountinfo", "utf8").split("\n");
  return [...fds.filter((link) => link.includes("bpf")), ...mounts.filter((line) => line.includes(" - bpf "))];
}
