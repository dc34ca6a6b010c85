import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Namespace } from "../../../../test/support/namespace.ts";
import { noNamespaces, skipIf } from "../../../../test/support/tools.ts";
import { captureProcNet, type Limit, type Limits, limits, ProcFs } from "../index.ts";
import { LIMITS } from "./limit-names.ts";

const allOf = (all: Limits): Limit[] => Object.values(all) as Limit[];

/** What the kernel prints of a setting, as numbers. */
const kernel = (file: string): number[] => readFileSync(`/proc/sys/${file}`, "utf8").trim().split(/\s+/).map(Number);

describe("the settings of this machine", () => {
  it("are what the kernel prints, and what it does not have is told of", () => {
    const found = allOf(limits());
    expect(found.length).toBeGreaterThan(20);
    for (const { name, values, unknown, file } of found) {
      expect(file).toBe(`/proc/sys/${LIMITS[name].file}`);
      if (unknown !== undefined) {
        expect({ name, unknown, values }).toEqual({ name, unknown: "no-file", values: undefined });
        expect(() => readFileSync(file)).toThrow(/ENOENT/);
        continue;
      }
      // Numbers of now differ from one look to the next.
      if (name !== "net.netfilter.nf_conntrack_count" && LIMITS[name].form !== "ports")
        expect(values).toEqual(kernel(LIMITS[name].file));
    }
  });

  it("refuses what it does not know", () => {
    expect(() => limits({ pids: 1 } as object)).toThrow(/^limits has no option "pids": did you mean "pid"/);
  });
});

describe("another network namespace", () => {
  let namespace: Namespace;
  beforeEach((context) => {
    skipIf(context, noNamespaces());
    namespace = new Namespace();
    namespace.sysctl("net.core.somaxconn=77");
  });
  afterEach(() => namespace?.remove());

  it("has settings that procfs does not show: never the reader's own", async () => {
    const child = namespace.spawn("sleep", ["100000"]);
    // The program is `ip` until it has entered the namespace.
    const own = new ProcFs().self().networkNamespace();
    for (let entered = false; !entered; await new Promise((resolve) => setTimeout(resolve, 5)))
      entered = new ProcFs().process(child.pid!).networkNamespace() !== own;
    const found = limits({ pid: child.pid! });
    expect(found["net.core.somaxconn"]).toMatchObject({ values: undefined, unknown: "other-namespace" });
    // What is of the machine is of it there too.
    expect(found["net.ipv4.tcp_mem"].values).toEqual(limits()["net.ipv4.tcp_mem"].values);
    expect(limits({ pid: process.pid })["net.core.somaxconn"].values).toEqual(kernel("net/core/somaxconn"));
  });

  it("seen from within has its own, and none of the machine's", () => {
    const door = new URL("../../dist/index.js", import.meta.url).href;
    const program = `import { limits } from ${JSON.stringify(door)}; console.log(JSON.stringify(limits()))`;
    const found = JSON.parse(namespace.run(process.execPath, ["--input-type=module", "-e", program]));
    expect(found["net.core.somaxconn"].values).toEqual([77]);
    expect(found["net.ipv4.tcp_mem"]).toMatchObject({ scope: "machine", unknown: "no-file" });
  });
});

describe("a captured tree", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "procnet-limits-"));
    mkdirSync(join(root, "1/net"), { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const put = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, "sys", file)), { recursive: true });
    writeFileSync(join(root, "sys", file), text);
  };

  it.each([
    ["net/core/somaxconn", "4096\n", [4096]],
    ["net/ipv4/ip_local_port_range", "32768\t60999\n", [32_768, 60_999]],
    ["net/ipv4/ip_local_reserved_ports", "\n", []],
    ["net/ipv4/ip_local_reserved_ports", "80,8000-8080\n", [80, 80, 8000, 8080]],
    ["net/ipv4/tcp_mem", "1 2 3\n", [1, 2, 3]],
    ["net/ipv4/tcp_mem", "4096\t131072\t6291456\n", [4096, 131_072, 6_291_456]],
    ["net/core/netdev_budget", "-1\n", [-1]],
  ])("%s of %j is %j", (file, text, values) => {
    put(file, text);
    const name = file.replaceAll("/", ".") as keyof typeof LIMITS;
    expect(limits({ procfs: new ProcFs({ root }) })[name]).toEqual({
      name,
      scope: LIMITS[name].scope,
      file: join(root, "sys", file),
      values,
    });
  });

  it.each([
    ...["", "many\n", "1 2 x\n", "1 2\n", "0x10\n", "1e3\n", "+1\n", "1.5\n", "Infinity\n"].map(
      (text) => ["net.core.somaxconn", text] as const,
    ),
    ...["80-", "-80", ",", "80,,81", "80-90-100", "http"].map(
      (text) => ["net.ipv4.ip_local_reserved_ports", text] as const,
    ),
    ["net.ipv4.tcp_mem", "4096\n"],
  ] as const)("%s of %j is no setting, and not 0", (name, text) => {
    put(LIMITS[name].file, text);
    expect(limits({ procfs: new ProcFs({ root }) })[name]).toMatchObject({ values: undefined, unknown: "unreadable" });
  });

  it("of another process of the tree are not known: they are those of the captured namespace", () => {
    put("net/core/somaxconn", "77\n");
    const procfs = new ProcFs({ root });
    expect(limits({ procfs, pid: 1 })["net.core.somaxconn"].values).toEqual([77]);
    expect(limits({ procfs, pid: 7 })["net.core.somaxconn"]).toMatchObject({ unknown: "other-namespace" });
  });

  it("that cannot be read is not called missing", () => {
    mkdirSync(join(root, "sys/net/core/somaxconn"), { recursive: true });
    const { unknown } = limits({ procfs: new ProcFs({ root }) })["net.core.somaxconn"];
    expect(unknown).toBe("unreadable");
  });

  it("that may not be read is not called missing", (context) => {
    skipIf(context, process.getuid?.() === 0 ? "root may read all files" : undefined);
    put("net/ipv4/tcp_syncookies", "1\n");
    chmodSync(join(root, "sys/net/ipv4/tcp_syncookies"), 0);
    expect(limits({ procfs: new ProcFs({ root }) })["net.ipv4.tcp_syncookies"].unknown).toBe("unreadable");
  });

  it("holds the settings of the machine that was captured", () => {
    const copy = join(root, "copy");
    captureProcNet(copy, { processes: false });
    const there = limits({ procfs: new ProcFs({ root: copy }) });
    for (const { name, values, unknown } of allOf(limits())) {
      if (name === "net.netfilter.nf_conntrack_count") continue;
      expect(there[name]).toMatchObject({ name, values, ...(unknown && { unknown }) });
    }
    expect(readFileSync(join(copy, "uptime"), "utf8")).toMatch(/^\d+\.\d\d \d+\.\d\d\n$/);
  });
});
