import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BIN } from "../../support/command/run.ts";
import { cgroup2, makeKernelScene } from "../../support/kernel/scene.ts";
import { inside, ours, runIn, sameMoment, type Wrapper } from "../../support/netstat/compare.ts";
import type { SocketScene } from "../../support/netstat/scene-sockets.ts";
import { type MaskName, masked } from "../../support/ss/masks.ts";
import { makeSsScene, noSs } from "../../support/ss/scene.ts";
import { missingTools, skipIf } from "../../support/tools.ts";

/*
 * With the kernel as its source procnet shows all that ss shows of internet sockets: the same messages, so nothing is masked but what moves.
 */

/** The program beside the packages that it needs to ask the kernel. */
const PROCNET = [process.execPath, BIN, "ss", "--source", "kernel"];

/** Why the kernel cannot be asked here; `undefined` when it can. */
function noSource(): string | undefined {
  const missing = missingTools("ip");
  if (missing !== undefined) return missing;
  const { code, err } = runIn(["env"], [...PROCNET, "-tl"]);
  return code === 0 ? undefined : err;
}

const skip = noSs() ?? noSource();
let scene: SocketScene;
let here: Wrapper;
beforeAll(async () => {
  if (skip !== undefined) return;
  scene = await makeSsScene("kernel");
  here = inside(scene.scene.namespace.name);
});
afterAll(() => scene?.remove());
beforeEach((context) => skipIf(context, skip));

function expectSame(line: string, ...masks: MaskName[]): string {
  const run = ([first, ...rest]: readonly string[]) => {
    return runIn(here, first === "ss" ? [first, ...rest] : [...PROCNET, ...rest.slice(2)]);
  };
  const { theirs, ours: mine } = sameMoment(here, line.split(" ").filter(Boolean), masked(...masks), "ss", run);
  expect(mine).toEqual(theirs);
  return mine.out;
}

describe("as ss shows them", () => {
  it.each([
    ..."-tan -tln -uan -tuan -4tan -6tan".split(" "),
    ...["-tane", "-uane", "-tlne", "-tuaneO", "-uanm", "-tlnm", "-uanie"],
    ...["-tuan --inet-sockopt", "-tuanO --inet-sockopt", "-tuan --tos", "-tuan --cgroup", "-tlne state listening"],
  ])("ss %s", (line) => {
    expectSame(line, "times");
  });

  it.each([
    "-tani",
    "-tai",
    "-tanie",
    "-tanimO",
    "-tlnim",
    "-tanim --tos --inet-sockopt",
    "-tni state established",
    "-tanioe",
  ])("ss %s", (line) => {
    expectSame(line, "times", "clocks");
  });

  it.each(["-x", "-xan", "-xlp", "-xanm", "-xap", "-A u_str,u_seq -a", "-xa state established"])("ss %s", (line) => {
    expectSame(line, "rawNames", "rawPaths");
  });

  it.each(["-xae", "-xlemO"])("ss %s", (line) => {
    expectSame(line, "devices", "rawNames", "rawPaths");
  });

  it.each(["-0", "-0p", "-0m", "-0an"])("ss %s", (line) => {
    expectSame(line);
  });

  it.each(["-f netlink", "-f netlink -n", "-A netlink -ae"])("ss %s", (line) => {
    expectSame(line, "ownNetlink");
  });

  it.each(["", "-n", "-l", "-an"])("ss %s", (line) => {
    expectSame(line, "ownNetlink", "rawPaths", "widths");
  });

  it.each(["-M", "-Man", "-Manie", "-ManimO", "-A tcp,mptcp -an"])("ss %s", (line) => {
    expectSame(line, "times", "clocks");
  });

  it.each([
    ...[
      "-tuan dev = v0",
      "-tuan dev != v0",
      "-tan dev v0",
      "-uan dev == 1",
      "-tan dev eq lo",
      "-0 dev = v0",
      "-xan dev = v0",
    ],
    ...["-tan fwmark = 0xbeef", "-tan fwmark = 0xbe00/0xff00", "-tan fwmark != 0xbeef", "-tuan fwmark 0"],
    ...["-tan fwmark = 0137357", "-tan fwmark = 1/0", "-tuan autobound", "-tuan not autobound", "-xan autobound"],
    ...["-xan not autobound", "-0an autobound", "-0an not autobound", "-f netlink autobound"],
    ...[
      "-tan ( dst 127.0.0.1 or fwmark = 0xbeef ) and not autobound",
      "-tan dev = v0 or fwmark = 0xbeef",
      "-tan autobound or sport = :5007",
      "-Man autobound",
    ],
    ...["-tan dport = :81", "-tan src 127.0.0.0/8 or dst [::1]", "-tan not src 127.0.0.1 and sport gt :1024"],
    ...["-uan src 0.0.0.0 or fwmark = 5", "-tan dst inet6:*", "-tan src unix:/x"],
  ])("ss %s", (line) => {
    expectSame(line, "rawNames", "rawPaths", "times", "ownNetlink");
  });

  it("something passes, each time", () => {
    const count = (line: string): number => expectSame(line, "times").trimEnd().split("\n").length - 1;
    expect(count("-tuan dev = v0")).toBe(4);
    expect(count("-tan fwmark = 0xbeef")).toBe(2);
    expect(count("-tan not autobound and sport = :5007")).toBe(1);
    expect(count("-tan autobound")).toBeGreaterThan(5);
  });

  it("interfaces, and parts of a connection of MPTCP", () => {
    expect(expectSame("-uan")).toMatch(/ \[2001:db8::1\]%v0:\d+ /);
    const hasMptcp = expectSame("-Man").split("\n").length > 2;
    if (hasMptcp) expect(expectSame("-tani", "clocks")).toMatch(/ tcp-ulp-mptcp flags:\w+ token:/);
  });

  it("figures, memory and cookies", () => {
    const out = expectSame("-tani", "clocks");
    expect(out).toMatch(/ wscale:\d+,\d+ rto:\d+(?: backoff:\d+)? rtt:[\d.]+\/[\d.]+ /);
    expect(expectSame("-tae", "times")).toMatch(/ ino:\d+ sk:[\da-f]+ cgroup:\S+ v6only:1 <->/);
    expect(expectSame("-tanm", "times")).toMatch(/\n\t skmem:\(r\d+,rb\d+,t\d+,tb\d+,f\d+,w\d+,o\d+,bl\d+,d\d+\)/);
  });
});

it("says nothing of what it does not lack", () => {
  // Connections that are over have no figures and no memory: nothing is kept from who asks.
  for (const flags of ["-tanieml", "-tuanieom", "-xaem"]) expect(runIn(here, [...PROCNET, flags]).err).toBe("");
  expect(ours(here, ["-tl"], "ss").err).toMatch(
    /^ss: procfs does not tell Send-Q of listeners, and the kernel cannot be asked: .*npm install @procnet\/kernel koffi\n$/,
  );
});

it("a control group is that of its path", async (context) => {
  const kernel = await makeKernelScene();
  try {
    skipIf(context, kernel.cgroup === undefined ? "no cgroup2 is mounted to be written to" : undefined);
    // In a namespace of ip-netns(8) there is another /sys, without control groups.
    const there: Wrapper = ["nsenter", `--net=/run/netns/${kernel.namespace.name}`];
    const folder = `${cgroup2()}/procnet-test-${process.pid}`;
    for (const [path, count] of [
      [folder, 3],
      [folder.slice(cgroup2()!.length), 3],
      [folder.slice(cgroup2()!.length + 1), 3],
    ] as const) {
      const theirs = masked("times")(runIn(there, ["ss", "-tan", "cgroup", "=", path]));
      expect(masked("times")(runIn(there, [...PROCNET, "-tan", "cgroup", "=", path]))).toEqual(theirs);
      expect(theirs.out.trimEnd().split("\n")).toHaveLength(count + 1);
      const others = masked("times")(runIn(there, ["ss", "-tan", "cgroup", "!=", path]));
      expect(masked("times")(runIn(there, [...PROCNET, "-tan", "cgroup", "!=", path]))).toEqual(others);
    }
    const none = runIn(there, [...PROCNET, "-tan", "cgroup", "=", "no/such"]);
    expect(none).toMatchObject({
      out: "",
      code: 2,
      err: expect.stringContaining('there is no control group "no/such"'),
    });
  } finally {
    kernel.remove();
  }
});

it.each([
  ["dev = nope", 'there is no device "nope"'],
  ["fwmark = zz", '"zz" is no mark'],
  ["fwmark = 1/2/3", '"1/2/3" is no mark'],
  ["dev < 5", "compared with = or != only"],
  ["dev =", "expected what it is compared with"],
])("%s is one sentence", (line, sentence) => {
  const { out, err, code } = runIn(here, [...PROCNET, "-tan", ...line.split(" ")]);
  expect({ out, code }).toEqual({ out: "", code: 2 });
  expect(err).toContain(sentence);
});

it("asks the kernel by itself for such a word, and says where it may not", () => {
  const auto = PROCNET.slice(0, 3);
  expect(runIn(here, [...auto, "-tan", "fwmark", "=", "0xbeef"]).out).toContain("127.0.0.1:5007");
  const sent = runIn(here, [...auto, "-tnH", "bytesSent", ">", "0"])
    .out.trimEnd()
    .split("\n");
  expect(sent.length).toBeGreaterThan(0);
  expect(sent.length).toBeLessThan(runIn(here, [...auto, "-tnH"]).out.split("\n").length - 1);
  for (const line of sent) expect(line).toMatch(/^(ESTAB|SYN|FIN-WAIT|CLOS|LAST-ACK)/);
  const figures = runIn(here, [...auto, "--source", "procfs", "-tn", "rtt", ">", "0"]);
  expect(figures).toMatchObject({ out: "", code: 2, err: expect.stringContaining("procfs does not tell rtt") });
  const files = runIn(here, [...auto, "--source", "procfs", "-tan", "fwmark", "=", "0xbeef"]);
  expect(files).toMatchObject({ out: "", code: 2, err: expect.stringContaining("procfs does not tell the mark") });
  const root = runIn(here, [...auto, "--root", "/proc", "-tan", "autobound"]);
  expect(root).toMatchObject({ out: "", code: 4, err: expect.stringContaining("procfs does not tell autobound, and") });
});

it("tells of this machine alone", () => {
  const { code, err } = ours(here, ["--source=kernel", "--root", "/proc", "-t"], "ss");
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("--root cannot be used with it") });
});
