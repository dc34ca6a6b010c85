import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { BIN } from "../../../../test/support/command/run.ts";
import { captured, theirs, withRoot } from "../../../../test/support/netstat/captured.ts";
import { doorlessBin } from "../../../../test/support/readable.ts";
import { noMounts, skipIf } from "../../../../test/support/tools.ts";

/*
 * Files of /proc/net as somebody else may have written them: netstat reads them as the library does.
 */

const HEADER = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

/** A row as gVisor prints it, whose order of sockets is that of a map. */
function row(index: number, port: number, state: "0A" | "01"): string {
  const places = `0100007F:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const peer = state === "0A" ? "00000000:0000" : "0100007F:0050";
  const rest = `${state} 00000000:00000000 00:00000000 00000000     0        0 ${1000 + index} 1 0000000000000000 0 0 0 0 -1`;
  return `${String(index).padStart(4)}: ${places} ${peer} ${rest}\n`;
}

const rows = (count: number): string =>
  Array.from({ length: count }, (_, at) => row(at, 1 + (at % 60_000), at % 2 === 0 ? "0A" : "01")).join("");

/** The local ports of the lines. */
const ports = (out: string): number[] =>
  [...out.matchAll(/^tcp +\d+ +\d+ 127\.0\.0\.1:(\d+) /gm)].map((m) => Number(m[1]));

async function listed(
  text: string,
  ...flags: string[]
): Promise<{ ports: number[]; err: string; code: number | null }> {
  const tree = captured({ tcp: text });
  try {
    const { out, err, code } = await withRoot(tree.root, flags);
    return { ports: ports(out), err, code };
  } finally {
    tree.remove();
  }
}

describe("a line that is longer than any of the kernel's", () => {
  it.each([300_000, 1_000_000, 3_000_000])("costs no row behind it: %d bytes", async (length) => {
    for (const before of [1, 5000]) {
      const found = await listed(`${HEADER}${rows(before)}${"x".repeat(length)}\n${rows(7)}`, "-tan");
      expect(found.ports).toHaveLength(before + 7);
      expect(found).toMatchObject({ code: 0, err: "netstat: tcp: lines that could not be read: 1\n" });
    }
  });

  it("ends the command where it has no end, with what was read before", async () => {
    const tree = captured({ tcp: `${HEADER}${rows(5)}` });
    try {
      truncateSync(`${tree.root}/1/net/tcp`, 100_000_000); // the rest is one hole, of zeros
      const { out, err, code } = await withRoot(tree.root, ["-tan"]);
      expect(ports(out)).toHaveLength(5);
      expect(code).toBe(4);
      expect(err).toContain("/1/net/tcp: a line has no end");
    } finally {
      tree.remove();
    }
  });

  it.each([
    [
      "route",
      "-rn",
      "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n",
      (at: number) => `e${at}\t0001010A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n`,
    ],
    [
      "ipv6_route",
      "-6rn",
      "",
      (at: number) =>
        `20010db8000000000000000000000000 40 ${"0".repeat(32)} 00 ${"0".repeat(32)} 00000100 00000001 00000000 00000001       e${at}\n`,
    ],
  ])("costs no row behind it in %s", async (file, flags, header, print) => {
    const lines = (from: number, to: number): string =>
      Array.from({ length: to - from }, (_, at) => print(from + at)).join("");
    const tree = captured({ [file]: `${header}${lines(0, 2000)}${"x".repeat(300_000)}\n${lines(2000, 2003)}` });
    try {
      const { out, err, code } = await withRoot(tree.root, [flags]);
      expect([...out.matchAll(/ e(\d+)$/gm)].map((match) => Number(match[1]))).toEqual(
        Array.from({ length: 2003 }, (_, at) => at),
      );
      expect({ code, err }).toEqual({ code: 0, err: `netstat: ${file}: lines that could not be read: 1\n` });
    } finally {
      tree.remove();
    }
  });
});

describe("rows in pieces", () => {
  it.each([0, 1, 3, 27, 434, 435, 436, 20_000])("are all there, each once: %d", async (count) => {
    const found = await listed(`${HEADER}${rows(count)}`, "-tan");
    expect(found).toMatchObject({ err: "", code: 0 });
    expect(found.ports).toEqual(Array.from({ length: count }, (_, at) => 1 + (at % 60_000)));
  });

  it("are there once where the heading is missing, as in pasted text", async () => {
    const found = await listed(rows(3000), "-tan");
    expect(found.ports).toHaveLength(3000);
    expect(found.err).toBe("netstat: tcp: lines that could not be read: 1\n");
  });
});

describe("listeners behind connections, as gVisor lists them", () => {
  const TEXT = `${HEADER}${row(0, 80, "01")}${row(1, 8080, "0A")}${row(2, 81, "01")}${row(3, 8081, "0A")}`;

  it("are listed from another root", async () => {
    expect((await listed(TEXT, "-tln")).ports).toEqual([8080, 8081]);
  });

  it("are listed from what is mounted on /proc, as netstat lists them", (context) => {
    skipIf(context, noMounts());
    const tree = captured({ tcp: TEXT });
    try {
      const script = `mount --bind ${tree.root} /proc && exec ${process.execPath} ${BIN} netstat -tln`;
      const mine = spawnSync("unshare", ["--mount", "sh", "-c", script], { encoding: "utf8" });
      expect({ out: mine.stdout, code: mine.status }).toEqual({
        out: theirs(tree.root, ["-tln"]).out,
        code: theirs(tree.root, ["-tln"]).code,
      });
      expect(ports(mine.stdout)).toEqual([8080, 8081]);
    } finally {
      tree.remove();
    }
  });
});

describe("what is no file in the place of one", () => {
  beforeEach((context) => skipIf(context, process.getuid?.() === 0 ? undefined : "needs root, to make devices"));

  const LISTS = [
    ["tcp", "-tan"],
    ["unix", "-xa"],
    ["dev", "-i"],
    ["route", "-rn"],
    ["ipv6_route", "-6rn"],
    ["igmp", "-gn"],
    ["snmp", "-s"],
  ] as const;

  it.each(LISTS)("a pipe called %s is refused at once by netstat %s", (file, flags) => {
    const tree = captured({});
    try {
      const path = `${tree.root}/1/net/${file}`;
      rmSync(path, { force: true });
      spawnSync("mkfifo", [path]);
      const { status, stderr, signal } = spawnSync(process.execPath, [BIN, "netstat", flags, "--root", tree.root], {
        encoding: "utf8",
        timeout: 30_000,
      });
      expect({ status, signal }).toEqual({ status: 4, signal: null });
      expect(stderr).toMatch(/^netstat: .*pipe/);
    } finally {
      tree.remove();
    }
  });

  it("a pipe called cmdline costs the program's name only", () => {
    const tree = captured({ tcp: `${HEADER}${row(0, 80, "0A")}` });
    try {
      mkdirSync(`${tree.root}/7/fd`, { recursive: true });
      spawnSync("ln", ["-s", "socket:[1000]", `${tree.root}/7/fd/3`]);
      spawnSync("mkfifo", [`${tree.root}/7/cmdline`]);
      writeFileSync(`${tree.root}/7/stat`, "");
      const options = { encoding: "utf8", timeout: 30_000 } as const;
      const { status, stdout } = spawnSync(process.execPath, [BIN, "netstat", "-tlnp", "--root", tree.root], options);
      expect(status).toBe(0);
      expect(stdout).toMatch(/^tcp .* LISTEN +- +$/m);
    } finally {
      tree.remove();
    }
  });
});

describe("trees as other hands make them", () => {
  /** Where the tables are: process 1, a real directory, the process that `self` leads to, the only process. */
  const FORMS = [
    ["1/net", []],
    ["net", []],
    ["96008/net", ["self", "96008"]],
    ["42/net", []],
  ] as const;

  it.each(FORMS)("are read where the library reads them: %s", async (place, link) => {
    const root = mkdtempSync(join(tmpdir(), "procnet-netstat-"));
    try {
      mkdirSync(join(root, place), { recursive: true });
      writeFileSync(join(root, place, "tcp"), `${HEADER}${row(0, 80, "0A")}`);
      if (link.length > 0) symlinkSync(link[1]!, join(root, link[0]!));
      const { out, code } = await withRoot(root, ["-tln", "-4"]);
      expect({ ports: ports(out), code }).toEqual({ ports: [80], code: 0 });
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  it("without tables say what was looked for", async () => {
    const root = mkdtempSync(join(tmpdir(), "procnet-netstat-"));
    try {
      const { out, err, code } = await withRoot(root, ["-tln"]);
      expect({ out, code }).toEqual({ out: "", code: 4 });
      expect(err).toMatch(/^netstat: cannot read network files of .*1\/net/);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});

it.for(["-i", "-ie"])("%s prints no heading where the kernel must be asked and cannot", (flag, context) => {
  skipIf(context, isBuiltin("node:ffi") ? "this Node has node:ffi" : undefined);
  const args = [doorlessBin(), "netstat", flag, "--source", "kernel"];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect({ stdout, status }).toEqual({ stdout: "", status: 4 });
  expect(stderr).toMatch(
    /^netstat: --source kernel: @procnet\/kernel has no .* \(koffi is not installed; .*: npm install koffi\n$/,
  );
});
