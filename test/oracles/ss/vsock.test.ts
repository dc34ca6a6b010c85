import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { noCompiler } from "../../support/kernel/compiled.ts";
import { noDoor } from "../../support/kernel/netlink-in.ts";
import { type Printed, runIn, type Wrapper } from "../../support/netstat/compare.ts";
import { type Between, between } from "../../support/ss/between.ts";
import { PROCNET_SS } from "../../support/ss/everyday.ts";
import { noSs } from "../../support/ss/scene.ts";
import { skipIf } from "../../support/tools.ts";

/*
 * Sockets between virtual machines and their host. Few kernels have them: both programs get the same messages, by a library that stands between
 * them and the kernel, compiled with the kernel's own headers.
 */

const skip = noSs() ?? noCompiler() ?? noDoor();
let answers: Between;
let answered: Wrapper;
beforeAll(() => {
  if (skip !== undefined) return;
  answers = between("vsock-answers");
  answered = answers.with();
});
afterAll(() => answers?.remove());
beforeEach((context) => skipIf(context, skip));

const both = (line: string): { theirs: Printed; ours: Printed } => {
  const words = line.split(" ");
  const { err: _left, ...theirs } = runIn(answered, ["ss", ...words]);
  const { err: _right, ...ours } = runIn(answered, [...PROCNET_SS, "--source", "kernel", ...words]);
  return { theirs: { ...theirs, err: "" }, ours: { ...ours, err: "" } };
};

it.each([
  ...[
    "--vsock",
    "--vsock -a",
    "--vsock -an",
    "--vsock -l",
    "--vsock -anH",
    "--vsock -ap",
    "-f vsock -a",
    "-A vsock -a",
  ],
  ...["--vsock state established", "--vsock -a state syn-sent state closing", "-A v_str,u_seq -a"],
  ...["--vsock -a sport = :1024", "--vsock -a dport != :22", "--vsock -a dport > :22 and sport < :2000"],
  ...["--vsock -ae", "--vsock -aO", "-A vsock,raw -an"],
])("ss %s", (line) => {
  const { theirs, ours } = both(line);
  expect(ours).toEqual(theirs);
});

it("something is shown: every state, wildcards, long ports", () => {
  const { out } = both("--vsock -a").ours;
  expect(out.trimEnd().split("\n")).toHaveLength(8);
  expect(out).toMatch(/^v_str LISTEN +0 +0 +\*:1024 +\*:\* *$/m);
  expect(out).toMatch(/^v_str ESTAB +0 +0 +2:1024 +3:4294967294 *$/m);
  expect(out).toMatch(/^v_dgr UNCONN +0 +0 +\*:\* +\*:\* *$/m);
});

it("the kernel is asked where they are named, and by no other way are they told", () => {
  expect(runIn(answered, [...PROCNET_SS, "--vsock", "-a"]).out).toContain("2:1024");
  const files = runIn(answered, [...PROCNET_SS, "--source", "procfs", "--vsock", "-a"]);
  expect(files.out).not.toContain("2:1024");
  expect(files.err).toContain("procfs does not tell sockets of vsock");
});
