import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, expectTypeOf, it } from "vitest";
import { useTables } from "../../../test/support/tables-scene.ts";
import { missingTools, ROOT, run, skipIf } from "../../../test/support/tools.ts";
import { CATALOGUE, tableNamed } from "./catalogue.ts";
import {
  type DeviceStatus,
  type Net,
  net,
  ProcFs,
  type ProcfsError,
  type Snmp,
  type TableName,
  type TcpNetEntry,
  type UnixNetEntry,
} from "./index.ts";
import { rpcChannel, vlan, vlanConfig } from "./tables.ts";

const NET = "/proc/self/net";
const folder = mkdtempSync(join(tmpdir(), "procnet-catalogue-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Files that say "leave me alone": their names in the catalogue. */
const CHANGING = CATALOGUE.filter(({ sideEffect }) => sideEffect !== undefined).map(({ name }) => name);

/** A capture with a file of each name, a `*` filled in; no content. */
function treeOf(names: readonly string[]): Net {
  const root = mkdtempSync(join(folder, "tree-"));
  for (const name of names) {
    const path = join(root, "1", "net", name.replaceAll("*", "any"));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, "");
  }
  return new ProcFs({ root }).net;
}

describe("list", () => {
  it("names every file of the directory, and nothing else", () => {
    const walk = (directory: string): string[] =>
      readdirSync(directory, { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? walk(join(directory, entry.name)) : [join(directory, entry.name)],
      );
    const names = walk(NET).map((path) => path.slice(NET.length + 1));
    expect(net.list()).toEqual(names.sort());
    expect(names).toEqual(expect.arrayContaining(["tcp", "dev_snmp6/lo"]));
  });

  it("names what find names", (context) => {
    skipIf(context, missingTools("find"));
    const { stdout } = spawnSync("find", [".", "-type", "f"], { cwd: NET, encoding: "utf8" });
    const names = stdout.split("\n").filter(Boolean);
    expect(net.list()).toEqual(names.map((name) => name.slice("./".length)).sort());
  });
});

/** All tables, at a time when no file came or went: on this machine others make interfaces, each with files of its own. */
function readStill(from: Net): ReturnType<Net["readAll"]> & { names: string[] } {
  let names = from.list();
  for (let left = 20; ; left--) {
    const all = from.readAll();
    const after = from.list();
    if (left === 0 || after.join() === names.join()) return { ...all, names: after };
    names = after;
  }
}

/** What reading all tables of a namespace must give: everything, without an issue. */
function expectWhole(from: Net, isRoot: boolean): void {
  const { names, tables, issues, skipped } = readStill(from);
  // On this machine others may have sockets whose names pass for rows.
  expect(issues.filter(({ code }) => from !== net || code !== "ERR_SUSPECT")).toEqual([]);
  expect(names.filter((name) => tableNamed(name) === undefined)).toEqual([]);
  const left = skipped.filter(({ code }) => code !== "ERR_SIDE_EFFECT");
  expect(left.filter(({ name, code }) => isRoot || code !== "EACCES" || tableNamed(name)?.readers !== "root")).toEqual(
    [],
  );
  expect([...tables.keys(), ...skipped.map(({ name }) => name)].sort()).toEqual(names);
}

describe("every file is read and in the catalogue:", () => {
  it("of this machine", () => expectWhole(net, process.geteuid?.() === 0));

  describe("of a namespace with devices, addresses, groups and rules", () => {
    const scene = useTables();

    it("all tables", () => {
      expectWhole(scene().net, true);
      const names = scene().net.list();
      const made = (what: string, file: string): void => {
        if (!scene().missing.includes(what)) expect(names).toContain(file);
      };
      made("vlan", "vlan/v0.5");
      made("bond", "bonding/bond7");
      made("iptables -m recent", "xt_recent/seen");
      made("iptables -m hashlimit", "ipt_hashlimit/limit");
      expect(names).toEqual(expect.arrayContaining(["dev_snmp6/v0", "igmp6", "mcfilter"]));
    });

    it("those that change by being read, when they are asked for", () => {
      const { net } = scene();
      for (const name of net.list().filter((one) => tableNamed(one)?.sideEffect !== undefined)) {
        expect(net.read(name as TableName)).toBeDefined();
      }
    });

    it("with rows in the tables that were filled", () => {
      const { tables } = scene().net.readAll();
      const size = (name: string): number => (tables.get(name) as unknown[]).length;
      for (const name of ["tcp", "udp", "udp6", "raw", "raw6", "netlink", "packet", "igmp", "igmp6", "mcfilter"]) {
        expect(size(name), name).toBeGreaterThan(0);
      }
      const filled = ["xt_recent/seen", "ipt_hashlimit/limit"].filter((name) => tables.has(name));
      for (const name of filled) expect(size(name), name).toBeGreaterThan(0);
    });

    it("of a fresh namespace, whatever is in it", async () => {
      const child: ChildProcess = spawn("unshare", ["--net", "cat"], { stdio: ["pipe", "pipe", "inherit"] });
      try {
        child.stdin!.write("ready\n");
        await once(child.stdout!, "data");
        expectWhole(new ProcFs().process(child.pid!).net, true);
      } finally {
        child.kill("SIGKILL");
      }
    });
  });
});

describe("files whose reading changes something", () => {
  it("are those of the field guide", () => {
    expect(CHANGING).toEqual(
      expect.arrayContaining(["can/reset_stats", "nf_conntrack", "rpc/*/channel", "rpc/*/content", "wireless"]),
    );
  });

  const here = net.list().filter((name) => tableNamed(name)?.sideEffect !== undefined);
  const noneHere = here.length === 0 ? "this kernel has no file whose reading changes something" : undefined;

  it("are left out by readAll of a running kernel, which says why", (context) => {
    skipIf(context, noneHere);
    const { tables, skipped } = net.readAll();
    const left = skipped.filter(({ code }) => code === "ERR_SIDE_EFFECT");
    expect(left.map(({ name }) => name)).toEqual(here);
    for (const { reason } of left) expect(reason).toMatch(/^[a-z]/);
    for (const name of here) expect(tables.has(name)).toBe(false);
  });

  it("are read in a captured tree, where reading changes nothing", () => {
    const tree = treeOf([...CHANGING, "xfrm_stat"]);
    const { tables, skipped, issues } = tree.readAll();
    expect([...tables.keys()]).toEqual(tree.list());
    expect([issues, skipped]).toEqual([[], []]);
  });

  it("are not even opened in a running kernel", (context) => {
    skipIf(context, missingTools("strace") ?? noneHere);
    const dist = join(ROOT, "packages", "procnet", "dist", "index.js");
    if (!existsSync(dist)) throw new Error("not built: run `npm run build` first");
    const script = (then: string): string => `import { net } from ${JSON.stringify(dist)}; net.readAll(); ${then}`;
    const log = join(folder, "strace.log");
    const args = ["-f", "-qq", "-e", "trace=open,openat,openat2", "-o", log, process.execPath, "--input-type=module"];
    const opened = (then: string): string[] => {
      try {
        run("strace", [...args, "-e", script(then)]);
      } catch (error) {
        skipIf(context, /ptrace|not permitted/.test(String(error)) ? "this process may not trace others" : undefined);
        throw error;
      }
      const text = readFileSync(log, "utf8");
      return ["dev", ...here].filter((name) => text.includes(`/net/${name}"`));
    };
    expect(opened("")).toEqual(["dev"]);
    // The one that is named: the log sees what is opened.
    expect(opened(`net.rawText(${JSON.stringify(here[0])});`)).toEqual(["dev", here[0]]);
  });

  it("can be read by whoever names them", () => {
    const tree = treeOf(["can/reset_stats"]);
    expect(tree.read("can/reset_stats")).toBe("");
    expect(tree.rawText("can/reset_stats")).toEqual(new Uint8Array());
  });
});

describe("names", () => {
  const thrown = (act: () => unknown): ProcfsError => {
    try {
      act();
    } catch (error) {
      return error as ProcfsError;
    }
    throw new Error("nothing was thrown");
  };

  it.each(["", ".", "..", "../x", "a/../b", "/etc/passwd", "dev_snmp6/", "dev_snmp6//lo", "a\0b"])(
    "that lead elsewhere are refused: %j",
    (name) => {
      const acts: readonly ((name: never) => unknown)[] = [
        (name) => net.read(name),
        (name) => net.each(name),
        (name) => net.count(name),
        (name) => net.rawText(name),
      ];
      for (const act of acts) {
        const error = thrown(() => act(name as never));
        expect(error).toMatchObject({ name: "ProcfsError", code: "ERR_INVALID_ARG" });
      }
    },
  );

  it("that nobody knows have no table, but may have a text", () => {
    const tree = treeOf(["new_in_linux_9"]);
    expect(thrown(() => tree.read("new_in_linux_9" as TableName))).toMatchObject({
      code: "ERR_INVALID_ARG",
      message: expect.stringContaining("rawText"),
    });
    expect(tree.rawText("new_in_linux_9")).toEqual(new Uint8Array());
    expect(tree.readAll().skipped).toEqual([
      { name: "new_in_linux_9", code: "ERR_UNKNOWN", reason: expect.any(String) },
    ]);
  });

  it("of tables this kernel lacks are errors that say what brings them, never empty tables", () => {
    const tree = treeOf(["xfrm_stat"]);
    expect(thrown(() => tree.read("tcp6"))).toMatchObject({
      code: "ENOENT",
      message: expect.stringContaining("CONFIG_IPV6"),
    });
    expect(thrown(() => tree.rawText("tcp6"))).toMatchObject({ code: "ENOENT" });
  });

  it("of the parts of objects are no names", () => {
    for (const name of ["constructor", "__proto__", "toString"]) {
      expect(tableNamed(name)).toBeUndefined();
      expect(thrown(() => net.read(name as TableName))).toMatchObject({ code: "ERR_INVALID_ARG" });
    }
  });

  it("in a directory fall under the closest entry", () => {
    expect(tableNamed("vlan/config")).toBe(vlanConfig);
    expect(tableNamed("vlan/eth0.5")).toBe(vlan);
    expect(tableNamed("rpc/nfsd.fh/channel")).toBe(rpcChannel);
    expect(tableNamed("dev_snmp6/a/b")).toBeUndefined();
    expect(tableNamed("dev_snmp6/")).toBeUndefined();
  });
});

it("a table has the type of its name", () => {
  expectTypeOf(net.read("tcp")).toEqualTypeOf<TcpNetEntry[]>();
  expectTypeOf(net.read("unix")).toEqualTypeOf<UnixNetEntry[]>();
  expectTypeOf(net.read("snmp")).toEqualTypeOf<Snmp<number>>();
  expectTypeOf(net.read("snmp", { bigint: true })).toEqualTypeOf<Snmp<bigint>>();
  expectTypeOf(net.read("dev", { bigint: true })).toEqualTypeOf<DeviceStatus<bigint>[]>();
  expectTypeOf(net.read("dev")[0]!.recvBytes).toEqualTypeOf<number>();
  expectTypeOf(net.read("dev", { bigint: true })[0]!.recvBytes).toEqualTypeOf<bigint>();
  // A name of a directory's file has the type of the directory; a file of its own in it has its own.
  const files = [() => net.read("dev_snmp6/eth0"), () => net.read("dev_snmp6/lo")] as const; // not every machine has them
  expectTypeOf(files[0]).toEqualTypeOf(files[1]);
  expectTypeOf<TableName>().extract<"softnet_stat">().toEqualTypeOf<"softnet_stat">();
  // @ts-expect-error: no such table
  expect(() => net.read("no_such_table")).not.toBeNull();
  // @ts-expect-error: `where` is for sockets
  expect(() => net.read("arp", { where: {} })).not.toBeNull();
  const bytes: bigint = net.read("dev", { bigint: true })[0]!.recvBytes;
  expect(typeof bytes).toBe("bigint");
});
