import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { BIN } from "../../support/command/run.ts";
import { expectSame, ours, runIn, theirs, useNetwork } from "../../support/netstat/scene-network.ts";
import { noMounts, skipIf } from "../../support/tools.ts";

const scene = useNetwork();

const FAMILIES = ["", " -4", " -6", " -4 -6", " -6 -4", " -A inet,inet6", " --inet6", " -A inet6"];
const COLUMNS = ["-rn", "-rne", "-rnee", "-rneee", "-rneeee", "-rneeeee", "-rneeeeee"];
const OTHERS = [
  "-rnW",
  "-rnv",
  "-rnF",
  "-rnC",
  "-rnFC",
  "-rnCe",
  "-rnCee",
  "-rnFCee",
  "-rnt",
  "-rna",
  "--route --numeric",
];
const NAMES = ["-r", "-rW", "-re", "-ree", "-rFC", "-rN", "-r --numeric-hosts", "-r --numeric-ports"];

for (const flags of [...COLUMNS, ...OTHERS, ...NAMES]) {
  it(`prints the tables of netstat ${flags}, of each family and of both`, () => {
    for (const family of FAMILIES) expectSame(scene().namespace, `${flags}${family}`);
  });
}

it("has routes of every kind to print", () => {
  const four = ours(scene().namespace, "-r").out;
  for (const text of ["default ", "gateway.with.a. ", "short ", "link-local ", "seven ", " !H ", " -   "]) {
    expect(four).toContain(text);
  }
  const six = ours(scene().namespace, "-r -6").out;
  for (const text of ["[::]/0", "router6", "host.with.a.name.that.is.longer", " !n ", " Ue "]) {
    expect(six).toContain(text);
  }
});

it("prints what there is of a namespace in which nothing was ever done", () => {
  const inNew = (...command: string[]) => {
    const { status, stdout, stderr } = spawnSync("unshare", ["--net", ...command], { encoding: "utf8" });
    return { status, stdout, stderr };
  };
  for (const flags of ["-rn", "-rn6", "-rn4", "-rnee", "-rnC", "-rn46", "-rn64", "-rnFC", "-gn", "-gn4"]) {
    expect(inNew(process.execPath, BIN, "netstat", flags)).toEqual(inNew("netstat", flags));
  }
  expect(inNew(process.execPath, BIN, "netstat", "-rn").status).toBe(1);
});

it("ends with the codes of netstat where a family has no routes", () => {
  const { namespace } = scene();
  for (const flags of ["-rnx", "-rn -4 -x", "-rn -x -6", "-rn -A unix,inet"]) expectSame(namespace, flags);
  for (const family of ["ipx", "ax25", "netrom", "x25", "rose"]) {
    const [mine, real] = [ours(namespace, `-rn4 --${family}`), theirs(namespace, `-rn4 --${family}`)];
    // What netstat says of them, partly among the data, names files that no kernel has any more.
    expect(mine.code).toBe(real.code);
    expect(real.out.startsWith(mine.out)).toBe(true);
    expect(mine.err).toBe(`netstat: no support for \`AF ${family.toUpperCase()}' on this system.\n`);
  }
});

it("prints tables that are longer than what is read at a time", () => {
  const { namespace } = scene();
  const routes: string[] = [];
  for (let number = 0; number < 5000; number++) {
    const [high, low] = [number >> 8, number & 255];
    routes.push(`route add 10.${128 + (high >> 6)}.${high & 63}.${low}/32 dev d0`);
    routes.push(`route add 2001:db8:ffff:${number.toString(16)}::/64 dev d0`);
  }
  namespace.ip(routes.map((route) => `${route}\n`).join(""));
  for (const flags of ["-rn", "-rn6"]) {
    expect(expectSame(namespace, flags).out.split("\n").length).toBeGreaterThan(5000);
  }
});

it("makes control characters in names of interfaces visible, and bytes that are no text", () => {
  const { namespace } = scene();
  const names = ["e\\x1b[31m", "a\\xffb", "a\\xfeb", "back\\x5cslash"];
  for (const name of names) {
    const shell = (command: string) => runIn(namespace, "sh", "-c", command);
    const raw = `"$(printf '${name.replace(/\\x(..)/g, (_, hex) => `\\${Number.parseInt(hex, 16).toString(8)}`)}')"`;
    shell(`ip tuntap add mode tap name ${raw} && ip link set ${raw} up`);
  }
  for (const flags of ["-i", "-ie", "-gn", "-rn6"]) {
    const { out } = ours(namespace, flags);
    for (const name of names.slice(0, 3)) if (flags !== "-rn6") expect(out).toContain(name);
    expect(out).not.toContain("\u001b");
    expect(out).not.toContain("\ufffd");
  }
  expect(ours(namespace, "-i").out).toContain("back\\slash ");
});

describe("tables of other kernels", () => {
  const HEADING = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n";
  const CACHE =
    "Iface\tDestination\tGateway \tFlags\t\tRefCnt\tUse\tMetric\tSource\t\tMTU\tWindow\tIRTT\tTOS\tHHRef\tHHUptod\tSpecDst\n";
  const bits = Array.from({ length: 32 }, (_, bit) => (1 << bit) >>> 0);
  const hex = (number: number, digits = 8): string => number.toString(16).padStart(digits, "0");
  const route = (flags: number): string =>
    `v0\t${hex(0x010200c0)}\t${hex(0x020200c0)}\t${hex(flags, 4)}\t3\t7\t-1\t${hex(0x00ffffff)}\t1500\t65535\t300\n`;
  const cached = (flags: number): string =>
    `v0\t${hex(0x010200c0)}\t${hex(0x020200c0)}\t${hex(flags)}\t3\t7\t0\t${hex(0x030200c0)}\t1500\t40\t300\t10\t-1\t1\t${hex(0x040200c0)}\n`;
  const route6 = (flags: number): string =>
    `20010db8000500000000000000000000 30 ${"0".repeat(32)} 00 20010db8000000000000000000000002 ffffffff 0000000a 00000003 ${hex(flags)}     v0\n`;
  const FILES: readonly (readonly [file: string, text: string, flags: readonly string[]])[] = [
    [
      "route",
      HEADING + bits.map((bit) => route((bit | 1) >>> 0) + route(bit)).join(""),
      ["-rn", "-rne", "-rnee", "-r", "-ree"],
    ],
    ["rt_cache", CACHE + bits.map(cached).join(""), ["-rnC", "-rnCe", "-rnCee", "-rC"]],
    ["ipv6_route", bits.map(route6).join(""), ["-rn6", "-rnC6", "-rnFC6", "-r6"]],
  ];

  it.each(FILES)("are printed as netstat prints them: %s", (file, text, flags) => {
    const directory = mkdtempSync("/tmp/procnet-");
    try {
      writeFileSync(join(directory, file), text);
      // Each process has its own directory of these: what is mounted there is seen by the program that takes its place.
      const mounted = (...command: string[]) => {
        const script = `mount --bind ${directory} /proc/$$/net && exec "$@"`;
        return runIn(scene().namespace, "unshare", "--mount", "sh", "-c", script, "sh", ...command);
      };
      for (const each of flags) {
        const mine = mounted(process.execPath, BIN, "netstat", ...each.split(" "));
        expect(mine).toEqual(mounted("netstat", ...each.split(" ")));
        expect(mine.code).toBe(0);
        expect(mine.out.split("\n").length).toBeGreaterThan(each.includes("C6") ? 3 : 20);
      }
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it("can be put in the place of these", (context) => skipIf(context, noMounts()));
});
