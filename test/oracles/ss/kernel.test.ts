import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BIN } from "../../support/command/run.ts";
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
    expectSame(line, "ownNetlink", "twice");
  });

  it.each(["", "-n", "-l", "-an"])("ss %s", (line) => {
    expectSame(line, "ownNetlink", "twice", "rawPaths", "widths");
  });

  it.each(["-M", "-Man", "-Manie", "-ManimO", "-A tcp,mptcp -an"])("ss %s", (line) => {
    expectSame(line, "times", "clocks");
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
  expect(runIn(here, [...PROCNET, "-tanieml"]).err).toBe("");
  expect(ours(here, ["-tl"], "ss").err).toBe("ss: procfs does not tell Send-Q of listeners; --source kernel does\n");
});

it("tells of this machine alone", () => {
  const { code, err } = ours(here, ["--source=kernel", "--root", "/proc", "-t"], "ss");
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("--root cannot be used with it") });
});
