import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { noMounts, skipIf } from "../../../../test/support/tools.ts";
import { ProcFs } from "../procfs.ts";
import { MACHINE_ROOT } from "../read/context.ts";
import { socketsSync } from "../sockets/sockets.ts";

const base = mkdtempSync(join(tmpdir(), "procnet-place-"));
afterAll(() => rmSync(base, { recursive: true }));
let count = 0;

/** A tree: names that end in a slash are empty directories, those with an arrow links, the others a table of ARP. */
function tree(...names: string[]): ProcFs {
  const root = join(base, String(count++));
  mkdirSync(root);
  for (const name of names) {
    const [path = "", target] = name.split(" -> ");
    const full = join(root, path);
    mkdirSync(dirname(full), { recursive: true });
    if (target !== undefined) symlinkSync(target, full);
    else if (name.endsWith("/")) mkdirSync(full, { recursive: true });
    else writeFileSync(full, "IP address       HW type     Flags       HW address            Mask     Device\n");
  }
  return new ProcFs({ root });
}

const placeOf = (procfs: ProcFs): string => procfs.net.directory.slice(procfs.root.length + 1);
const missing = (pattern: RegExp): unknown =>
  expect.objectContaining({ name: "ProcfsError", code: "ERR_NO_NET", message: expect.stringMatching(pattern) });

describe("network files of a captured tree", () => {
  it.each<readonly [what: string, place: string, ...names: readonly string[]]>([
    ["of process 1", "1/net", "1/net/arp"],
    ["of process 1, before all others", "1/net", "1/net/arp", "net/arp", "7/net/arp", "self -> 7"],
    ["where 1/net is empty", "net", "1/net/", "net/arp"],
    ["in fixtures: net is a directory", "net", "net/arp", "26231/stat", "26231/net/arp", "self -> 26231"],
    ["of an sosreport", "96008/net", "1/stat", "2/stat", "96008/net/arp", "self -> 96008", "net -> self/net"],
    ["of the process that self leads to, of several", "7/net", "7/net/arp", "8/net/arp", "self -> 7"],
    ["of the process that net leads to", "8/net", "7/net/arp", "8/net/arp", "net -> 8/net"],
    ["of self as a directory, where links were followed", "self/net", "self/net/arp", "1/stat"],
    ["of the only process that has some", "42/net", "1/stat", "42/net/arp", "43/stat"],
    [
      "of several processes of one namespace, by its number",
      "7/net",
      "7/net/arp",
      "8/net/arp",
      "7/ns/net -> net:[1]",
      "8/ns/net -> net:[1]",
    ],
    ["of several processes of one namespace, by links", "7/net", "7/net/arp", "8/net -> ../7/net"],
  ])("are found %s", (_what, place, ...names) => {
    const procfs = tree(...names);
    expect(placeOf(procfs)).toBe(place);
    expect(procfs.net.arp()).toEqual([]);
  });

  it.each<readonly [what: string, pattern: RegExp, names: readonly string[]]>([
    ["nothing at all", /neither 1\/net, nor a directory net, nor a process .* self leads to/, []],
    ["processes without them", /neither 1\/net/, ["1/stat", "7/stat", "self -> 7"]],
    [
      "those of two namespaces",
      /processes 7, 8 have some of different namespaces.*name a process/,
      ["7/net/arp", "8/net/arp"],
    ],
    ["those of two numbers", /7, 8/, ["7/net/arp", "8/net -> ../7/net", "7/ns/net -> net:[1]", "8/ns/net -> net:[2]"]],
    ["links into this machine", /neither 1\/net/, [`self -> ${MACHINE_ROOT}/self`, `net -> ${MACHINE_ROOT}/net`]],
    ["links out of the tree", /neither 1\/net/, ["self -> ../0", "net -> ../0/1/net", "self2 -> 7"]],
    ["a file called net", /neither 1\/net/, ["net"]],
  ])("are missing, and what was looked for is said: %s", (_what, pattern, names) => {
    const procfs = tree(...names);
    for (const read of [() => procfs.net.arp(), () => procfs.net.list(), () => procfs.net.rawText("arp")]) {
      expect(read).toThrow(missing(pattern));
      expect(read).toThrow(
        expect.objectContaining({ path: procfs.root, message: expect.not.stringContaining("hidepid") }),
      );
    }
    const { sockets, skipped } = socketsSync({ procfs, protocol: "all" });
    expect(sockets).toEqual([]);
    expect(skipped.map(({ what, code }) => [what, code])).toContainEqual(["namespace", "ERR_NO_NET"]);
  });

  it("are looked for again until there are some", () => {
    const procfs = tree();
    expect(() => procfs.net.arp()).toThrow(missing(/neither/));
    cpSync(tree("1/net/arp").root, procfs.root, { recursive: true });
    expect(procfs.net.arp()).toEqual([]);
  });
});

describe("a root that is not there", () => {
  it("is said to be none, and no process is blamed", () => {
    const root = join(base, "none", "proc");
    expect(() => new ProcFs({ root }).net.tcp()).toThrow(missing(/there is no directory .*none\/proc \(ERR_NO_NET\)/));
    expect(() => new ProcFs({ root }).process(7).stat()).toThrow(
      expect.objectContaining({
        code: "ESRCH",
        message: expect.stringMatching(/: there is no directory .*none\/proc \(ESRCH\)$/),
      }),
    );
    const { root: file } = tree("net");
    expect(() => new ProcFs({ root: join(file, "net") }).net.tcp()).toThrow(missing(/it is no directory/));
    expect(() => tree("1/stat").process(7).stat()).toThrow(
      expect.objectContaining({
        code: "ESRCH",
        message: expect.stringMatching(/: the captured tree .* has no such process \(ESRCH\)$/),
      }),
    );
  });
});

it("a running procfs elsewhere stays with process 1, whose net is not that of its reader", (context) => {
  skipIf(context, noMounts());
  const place = join(base, "mounted");
  mkdirSync(place);
  expect(spawnSync("mount", ["-t", "proc", "proc", place]).status).toBe(0);
  try {
    expect(new ProcFs({ root: place }).net.directory).toBe(`${place}/1/net`);
  } finally {
    spawnSync("umount", [place]);
  }
});
