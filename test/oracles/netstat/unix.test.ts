import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { inside, type Printed, sameMoment } from "../../support/netstat/compare.ts";
import { makeSocketScene, noNetstat, type SocketScene } from "../../support/netstat/scene-sockets.ts";
import { skipIf } from "../../support/tools.ts";

const skip = noNetstat();
let scene: SocketScene | undefined;
afterAll(() => scene?.remove());
beforeAll(async () => {
  if (skip === undefined) scene = await makeSocketScene();
});
beforeEach((context) => skipIf(context, skip));

/** Sockets whose names hold what netstat prints raw, and procnet escaped. */
const RAW = ["escape", "binary"];

/** Without these sockets, netstat's complaint about a name of two lines, and ours about forged rows. */
function comparable({ out, err, code }: Printed): Printed {
  const inodes = RAW.map((name) => ` ${scene!.scene.inodes[name]} `);
  const lines = out.split("\n").filter((line) => !inodes.some((inode) => line.includes(inode)));
  return {
    out: lines.join("\n"),
    err: err.replace(/^(?:warning, got bogus unix line\.|netstat: rows of unix sockets .*)\n/gm, ""),
    code,
  };
}

it.each([
  ..."-x -xa -xl -xan -xlp -xp -xap -nl -na -n -an -ane -anee -nlW -anW -anv -nv".split(" "),
  ...["-A unix,inet -n", "-A unix -a", "--unix --all --programs", "-x4n", "-x6an", "-xt -n", "-xu6 -an"],
])("netstat %s", (flags) => {
  const { theirs, ours } = sameMoment(inside(scene!.scene.namespace.name), flags.split(" "), comparable);
  expect(ours).toEqual(theirs);
});

it("has sockets of every kind before it", () => {
  const { ours } = sameMoment(inside(scene!.scene.namespace.name), ["-xa"]);
  for (const type of ["STREAM", "DGRAM", "SEQPACKET"]) expect(ours.out).toContain(` ${type} `);
  for (const state of ["LISTENING", "CONNECTED", "CONNECTING"]) expect(ours.out).toContain(` ${state} `);
  for (const name of ["@abstract@with\n", "/victim\n", "/a\n", "/first\n", "\\x1b[2J\n", "/\\xff\\xfe\n"]) {
    expect(ours.out).toContain(name);
  }
});
