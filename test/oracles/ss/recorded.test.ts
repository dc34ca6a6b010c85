import { writeFileSync } from "node:fs";
import { endianness } from "node:os";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { noCompiler } from "../../support/kernel/compiled.ts";
import { RECORDINGS, type Recording } from "../../support/kernel/recorded.ts";
import { Namespace } from "../../support/namespace.ts";
import { inside, runIn, type Wrapper } from "../../support/netstat/compare.ts";
import { type Between, between } from "../../support/ss/between.ts";
import { asTyped, makeEveryday, noDropIn } from "../../support/ss/everyday.ts";
import { MASKS } from "../../support/ss/masks.ts";
import { skipIf } from "../../support/tools.ts";

/*
 * ss and procnet are given the same answers of a kernel, which were recorded once: no time goes by between them, and not a byte may differ.
 */

/** Names of the files, as the library looks for them: the family and the protocol of the question. */
const FILES = [
  ["tcp", "2-6"],
  ["tcp6", "10-6"],
  ["udp", "2-17"],
  ["udp6", "10-17"],
  ["unix", "1-0"],
] as const;

const skip = noDropIn() ?? noCompiler();
let answers: Between;
let namespace: Namespace;
let here: Wrapper;
beforeAll(() => {
  if (skip !== undefined) return;
  answers = between("recorded-answers");
  // What is not recorded is looked for where there is nothing else.
  namespace = new Namespace();
  here = [...inside(namespace.name), ...answers.with({ RECORDED_ANSWERS: answers.folder })] as unknown as Wrapper;
});
afterAll(() => {
  answers?.remove();
  namespace?.remove();
});
beforeEach((context) => skipIf(context, skip));

function expectEqual(
  line: string,
  columns: number | undefined,
  comparable = (text: string) => text,
  where: Wrapper = here,
): string {
  const run = asTyped(where, columns);
  const text = (out: string): string => MASKS.tls(columns === undefined ? comparable(out) : MASKS.errors(out));
  const words = line.split(" ");
  const theirs = run(["ss", ...words]);
  const ours = run(["node", "procnet", "ss", ...words]);
  expect(ours.err).toBe("");
  expect(text(ours.out), line).toBe(text(theirs.out));
  expect(ours.code).toBe(theirs.code);
  return ours.out;
}

/** Puts what a kernel said where the library finds it. */
function answerBy({ scenes }: Recording, scene: keyof Recording["scenes"]): void {
  for (const [name, file] of FILES)
    writeFileSync(`${answers.folder}/${file}`, Buffer.from(scenes[scene].netlink[name]!, "base64"));
}

const LINES = ["-tan", "-ti", "-tm", "-to", "-tulpn", "-tano state time-wait", "-tuanieomO --tos --inet-sockopt"];

/** Programs of this machine read what kernels say in its order of bytes. */
const OWN = RECORDINGS.filter(({ littleEndian }) => littleEndian === (endianness() === "LE"));

describe.each(OWN.map((recording) => [recording.name, recording] as const))("Linux %s", (_, recording) => {
  it.each(["sockets", "states"] as const)("%s", (scene) => {
    answerBy(recording, scene);
    for (const line of LINES) expectEqual(line, undefined);
    for (const line of ["-tan", "-to"]) expectEqual(line, 120);
  });

  it("unix sockets, but for a name of two lines, which is escaped", () => {
    answerBy(recording, "sockets");
    const others = (text: string): string => MASKS.widths(text).replaceAll(/^.*\/no .*\n(?:new line .*\n)?/gm, "");
    for (const line of ["-xan", "-xanm"]) expect(expectEqual(line, undefined, others)).toContain("@abstract@with@NULs");
  });
});

it("what ss records of this kernel: timers, figures and times of the same moment", async () => {
  const { namespace: scene, remove } = await makeEveryday();
  const fresh = between("recorded-answers");
  try {
    const inScene = inside(scene.name);
    for (const [flag, file] of [
      ["-4", "2-6"],
      ["-6", "10-6"],
    ] as const)
      runIn(inScene, ["ss", flag, "-tanim", "--tos", "-D", `${fresh.folder}/${file}`]);
    const there = [...inScene, ...fresh.with({ RECORDED_ANSWERS: fresh.folder })] as unknown as Wrapper;
    for (const columns of [undefined, 80, 120, 200])
      for (const line of ["-tan", "-to", "-ti", "-tm"]) expectEqual(line, columns, undefined, there);
    const out = expectEqual("-tuanieomO", undefined, undefined, there);
    expect(out).toMatch(/ timer:\(keepalive,\d+min,0\)/);
    expect(out).toMatch(/ lastsnd:\d+ lastrcv:\d+ lastack:\d+ /);
    expect(out).toMatch(/ timer:\(on,(?:\d\.)?\d\d[1-9]ms,\d+\)/);
  } finally {
    fresh.remove();
    remove();
  }
});
