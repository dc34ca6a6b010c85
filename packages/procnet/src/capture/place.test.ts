import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { missingTools, skipIf } from "../../../../test/support/tools.ts";
import { captureProcNet, captureProcNetAsync, isProcfsError, ProcFs } from "../index.ts";

/** Every user may enter it, nobody else may write into it. */
const base = mkdtempSync(join(tmpdir(), "procnet-safety-"));
chmodSync(base, 0o711);
afterAll(() => rmSync(base, { recursive: true }));

const NOBODY = 65534;
const notRoot = process.geteuid?.() === 0 ? undefined : "only root can be betrayed by others";
let count = 0;
let place: string;
let secret: string;
beforeEach(() => {
  place = join(base, String(count++));
  secret = join(place, "secret");
  mkdirSync(place);
  chmodSync(place, 0o711);
  mkdirSync(secret, { mode: 0o700 });
  writeFileSync(join(secret, "own"), "mine", { mode: 0o600 });
});
afterEach(() => {
  // Nothing was made, given away or opened in a directory of somebody else's.
  const { uid, mode } = statSync(secret);
  expect([readdirSync(secret), uid, mode & 0o7777]).toEqual([["own"], process.geteuid?.(), 0o700]);
  const own = statSync(join(secret, "own"));
  expect([own.uid, own.mode & 0o777, own.size]).toEqual([process.geteuid?.(), 0o600, 4]);
});

/** A tree of one process, which belongs to nobody in particular, with a table. */
function source(): ProcFs {
  const root = join(place, "source");
  for (const folder of ["1/net", "7/fd", "7/ns"]) mkdirSync(join(root, folder), { recursive: true });
  const header = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
  const row =
    "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0 100 0 0 10 0\n";
  writeFileSync(join(root, "1/net/tcp"), header + row);
  symlinkSync("socket:[4711]", join(root, "7/fd/3"));
  symlinkSync("net:[4026531840]", join(root, "7/ns/net"));
  writeFileSync(join(root, "7/stat"), `7 (held) S 1 ${"0 ".repeat(49)}\n`);
  writeFileSync(join(root, "7/comm"), "held\n");
  if (notRoot === undefined) chownSync(join(root, "7"), NOBODY, NOBODY);
  return new ProcFs({ root });
}

const refused = (pattern: RegExp): unknown =>
  expect.objectContaining({ name: "ProcfsError", code: "ERR_INVALID_ARG", message: expect.stringMatching(pattern) });
const capture = (target: string): unknown => captureProcNet(target, { procfs: source() });

describe("a capture is refused", () => {
  it("where the target is a link, also one with a slash behind", () => {
    symlinkSync(secret, join(place, "link"));
    symlinkSync("nowhere", join(place, "dangling"));
    for (const target of ["link", "link/", "dangling"]) {
      expect(() => capture(join(place, target).concat(target.endsWith("/") ? "/" : ""))).toThrow(refused(/is a link/));
      rmSync(join(place, "source"), { recursive: true });
    }
    expect(readdirSync(place).sort()).toEqual(["dangling", "link", "secret"]);
  });

  it("where the target is a file, or holds something", () => {
    expect(() => capture(join(secret, "own"))).toThrow(refused(/no directory/));
    rmSync(join(place, "source"), { recursive: true });
    expect(() => capture(secret)).toThrow(refused(/not empty/));
  });

  it("where others may write into the target", () => {
    const target = join(place, "open");
    mkdirSync(target);
    for (const mode of [0o777, 0o770, 0o1777, 0o702]) {
      chmodSync(target, mode);
      expect(() => capture(target)).toThrow(refused(/others may write into .* does not exist yet/));
      rmSync(join(place, "source"), { recursive: true });
      expect([statSync(target).mode & 0o7777, readdirSync(target)]).toEqual([mode, []]);
    }
  });

  it("where the target belongs to another user", (context) => {
    skipIf(context, notRoot);
    const target = join(place, "theirs");
    mkdirSync(target, { mode: 0o700 });
    chownSync(target, NOBODY, NOBODY);
    expect(() => capture(target)).toThrow(refused(/belongs to user 65534/));
    expect([statSync(target).uid, readdirSync(target)]).toEqual([NOBODY, []]);
  });

  it("where everybody may replace what is beside it, but for a sticky directory such as /tmp", () => {
    const shared = join(place, "shared");
    mkdirSync(shared);
    chmodSync(shared, 0o777);
    expect(() => capture(join(shared, "new"))).toThrow(refused(/everybody may replace .*chmod \+t/));
    rmSync(join(place, "source"), { recursive: true });
    expect(readdirSync(shared)).toEqual([]);
    chmodSync(shared, 0o1777);
    capture(join(shared, "new"));
    expect(readdirSync(shared)).toEqual(["new"]);
  });

  it("where a link of another user is on the way", (context) => {
    skipIf(context, notRoot);
    const theirs = join(place, "theirs");
    mkdirSync(theirs);
    symlinkSync(secret, join(theirs, "link"));
    capture(join(theirs, "mine"));
    rmSync(join(place, "source"), { recursive: true });
    symlinkSync(theirs, join(place, "own-link"));
    capture(join(place, "own-link", "over-own"));
    rmSync(join(place, "source"), { recursive: true });
    chmodSync(theirs, 0o1777);
    const child = spawn("ln", ["-s", secret, join(theirs, "foreign")], { uid: NOBODY, gid: NOBODY });
    return once(child, "exit").then(() => {
      expect(() => capture(join(theirs, "foreign", "new"))).toThrow(refused(/is a link of user 65534/));
      expect(readdirSync(theirs).sort()).toEqual(["foreign", "link", "mine", "over-own"]);
    });
  });
});

describe("a capture", () => {
  it("is its owner's only, belongs within to whom the processes belong, and leaves nothing beside it", () => {
    const target = join(place, "made", "here", "new");
    capture(target);
    expect(readdirSync(join(place, "made", "here"))).toEqual(["new"]);
    for (const path of [target, join(place, "made")]) expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(lstatSync(join(target, "7/fd/3")).isSymbolicLink()).toBe(true);
    if (notRoot === undefined) expect(statSync(join(target, "7")).uid).toBe(NOBODY);
  });

  it("goes into an empty directory of one's own, which stays the same and is closed to others", () => {
    const target = join(place, "mine");
    mkdirSync(target, { mode: 0o755 });
    const { ino } = statSync(target);
    capture(target);
    expect([statSync(target).ino, statSync(target).mode & 0o777]).toEqual([ino, 0o700]);
    expect(readdirSync(target)).toEqual(["1", "7"]);
  });

  it("that fails leaves nothing: of a new directory not its name, of an old one only itself", () => {
    const nothing = new ProcFs({ root: join(place, "none") });
    mkdirSync(join(place, "old"));
    for (const name of ["new", "old"]) {
      expect(() => captureProcNet(join(place, name), { procfs: nothing })).toThrow(expect.toSatisfy(isProcfsError));
    }
    expect(readdirSync(place).sort()).toEqual(["old", "secret"]);
    expect(readdirSync(join(place, "old"))).toEqual([]);
  });

  it("that is given up leaves nothing, and says why", async () => {
    const target = join(place, "new");
    const controller = new AbortController();
    const running = captureProcNetAsync(target, { signal: controller.signal });
    const seen: string[] = [];
    const look = setInterval(() => {
      seen.push(...readdirSync(place).filter((name) => name.startsWith(".procnet-capture-")));
      if (seen.length > 0) controller.abort(new Error("enough"));
    }, 1);
    await expect(running).rejects.toThrow("enough");
    clearInterval(look);
    expect(new Set(seen).size).toBe(1);
    expect(readdirSync(place)).toEqual(["secret"]);
    await expect(captureProcNetAsync(target, { signal: AbortSignal.abort(new Error("never")) })).rejects.toThrow(
      "never",
    );
    const { files } = await captureProcNetAsync(target, { procfs: source() });
    expect(files).toBeGreaterThan(0);
  });

  it("leaves no descriptor open, whatever becomes of it", () => {
    const openFds = (): number => readdirSync("/proc/self/fd").length;
    mkdirSync(join(place, "full", "x"), { recursive: true });
    symlinkSync(secret, join(place, "link"));
    const procfs = source();
    const before = openFds();
    for (let round = 0; round < 20; round++) {
      captureProcNet(join(place, "new"), { procfs });
      rmSync(join(place, "new"), { recursive: true });
      for (const name of ["full", "link", "secret/own/below"]) {
        expect(() => captureProcNet(join(place, name), { procfs })).toThrow(expect.toSatisfy(isProcfsError));
      }
    }
    expect(openFds()).toBe(before);
  });
});

/** Another user, who changes the place while root captures: what is unfinished goes away, and links stand in its stead. */
const ATTACK = `
import os, sys
above, name, secret, pid = sys.argv[1:5]
def attempt(act, *args):
    try: act(*args)
    except OSError: pass
print("ready", flush=True)
target, n = os.path.join(above, name), 0
while os.path.isdir(above):
    for inside in ("1", "1/net"):
        if os.path.isdir(os.path.join(target, inside)): attempt(os.symlink, secret, os.path.join(target, pid))
    try: others = os.listdir(above)
    except OSError: others = []
    for other in others:
        if other.startswith(".procnet") and not os.path.islink(os.path.join(above, other)):
            n += 1
            attempt(os.rename, os.path.join(above, other), os.path.join(above, "stolen%d" % n))
            attempt(os.symlink, secret, os.path.join(above, other))
    if n % 3 == 1 and not os.path.lexists(target): attempt(os.symlink, secret, target)
    elif os.path.islink(target): attempt(os.unlink, target)
`;

describe("whoever races", () => {
  let attacker: ChildProcess | undefined;
  afterEach(() => {
    attacker?.kill("SIGKILL");
    attacker = undefined;
  });
  const attack = async (above: string, name: string): Promise<void> => {
    const args = ["-IS", "-c", ATTACK, above, name, secret, "7"];
    attacker = spawn("python3", args, { uid: NOBODY, gid: NOBODY, stdio: ["ignore", "pipe", "inherit"] });
    await once(attacker.stdout!, "data");
  };

  it("in a directory of their own gets root to write nowhere else", async (context) => {
    skipIf(context, notRoot ?? missingTools("python3"));
    const theirs = join(place, "theirs");
    mkdirSync(theirs);
    chownSync(theirs, NOBODY, NOBODY);
    const procfs = source();
    await attack(theirs, "new");
    const ends = new Set<string>();
    for (let round = 0; round < 100; round++) {
      try {
        captureProcNet(join(theirs, "new"), { procfs });
        ends.add("captured");
        rmSync(join(theirs, "new"), { recursive: true, force: true });
      } catch (error) {
        if (!isProcfsError(error)) throw error;
        ends.add(error.code);
      }
    }
    const ended = once(attacker!, "exit");
    attacker!.kill("SIGKILL");
    await ended;
    console.log(`ends of 100 captures in the directory of an attacker: ${[...ends].join(", ")}`);
    // Whatever was moved away is empty, or a whole tree that only root may enter.
    for (const name of readdirSync(theirs)) {
      const path = join(theirs, name);
      if (lstatSync(path).isSymbolicLink()) expect(readlinkSync(path)).toBe(secret);
      else expect([statSync(path).uid, statSync(path).mode & 0o077]).toEqual([0, 0]);
    }
  });

  it("in a target of their own gets root to write nothing at all", async (context) => {
    skipIf(context, notRoot ?? missingTools("python3"));
    const target = join(place, "theirs");
    mkdirSync(target);
    chownSync(target, NOBODY, NOBODY);
    chmodSync(target, 0o777);
    await attack(place, "theirs");
    expect(() => capture(target)).toThrow(refused(/belongs to user/));
    expect(readdirSync(target)).toEqual([]);
    expect(existsSync(target)).toBe(true);
  });
});
