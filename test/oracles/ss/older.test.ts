import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { noCompiler } from "../../support/kernel/compiled.ts";
import { inside, runIn, type Wrapper } from "../../support/netstat/compare.ts";
import { type Between, between } from "../../support/ss/between.ts";
import { type Everyday, makeEveryday, noDropIn, PROCNET_SS } from "../../support/ss/everyday.ts";
import { skipIf } from "../../support/tools.ts";

/*
 * Kernels that tell less: made of this one by a library that stands between it and the programs.
 */

const skip = noDropIn() ?? noCompiler();
let everyday: Everyday;
let kernel: Between;
beforeAll(async () => {
  if (skip !== undefined) return;
  kernel = between("older-kernel");
  everyday = await makeEveryday();
});
afterAll(() => {
  kernel?.remove();
  everyday?.remove();
});
beforeEach((context) => skipIf(context, skip));

const HEADING = "State Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\n";
const WHY =
  /^ss: no connections of MPTCP are told: sock_diag of mptcp: ENOENT; Linux has them since 5\.9, with CONFIG_MPTCP\n$/;

describe.each([
  ["absent", "a kernel without MPTCP"],
  ["old", "Linux before 5.9"],
])("%s: %s", (mptcp) => {
  const run = (program: readonly string[]) => {
    const here = [...inside(everyday.namespace.name), ...kernel.with({ MPTCP: mptcp })] as unknown as Wrapper;
    return runIn(here, program);
  };

  it("has no connections of MPTCP, which is said where they were asked for", () => {
    expect(run([...PROCNET_SS, "-Man"])).toEqual({ out: HEADING, err: expect.stringMatching(WHY), code: 0 });
    expect(run([...PROCNET_SS, "-tan", "--inet-sockopt"]).err).toBe("");
  });

  it("ss 6.1 says nothing, and takes those of TCP for some where the kernel does not read its question", () => {
    const { out, err } = run(["ss", "-Man"]);
    expect(err).toBe("");
    if (mptcp === "absent") expect(out).toBe(HEADING);
    else expect(out).toMatch(/^LISTEN +0 +128 +0\.0\.0\.0:22 /m);
  });

  it("all else is as before", () => {
    const lines = ["-tan", "-A", "tcp,mptcp", "-an"];
    const theirs = run(["ss", ...lines]).out.split("\n");
    const ours = run([...PROCNET_SS, ...lines]).out.split("\n");
    const tcp = (all: readonly string[]) => all.filter((line) => line.startsWith("tcp "));
    expect(tcp(ours).map((line) => line.trimEnd())).toEqual(tcp(theirs).map((line) => line.trimEnd()));
    expect(ours.filter((line) => line.startsWith("mptcp "))).toEqual([]);
  });
});
