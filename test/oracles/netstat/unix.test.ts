import { parseUnix } from "procnet/parse";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { Page } from "../../../packages/cli/src/netstat/page.ts";
import { printUnix, type UnixView, unixHeading } from "../../../packages/cli/src/netstat/unix.ts";
import { testIo } from "../../support/command/io.ts";
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

function shown(rows: string, view: Partial<UnixView> = {}): string {
  const io = testIo();
  const page = new Page(io);
  const text = `Num       RefCount Protocol Flags    Type St Inode Path\n${rows}`;
  printUnix(parseUnix(Buffer.from(text)), { owner: undefined, all: true, listening: false, ...view }, page);
  page.flush();
  return io.printed.out;
}

it("names flags, types and states, known or not", () => {
  const row = (flags: string, type: string, state: string, protocol = "00000000"): string =>
    shown(`0000000000000000: 00000003 ${protocol} ${flags} ${type} ${state} 4242 @x\n`);
  expect(row("00010000", "0001", "01")).toBe("unix  3      [ ACC ]     STREAM     LISTENING     4242     @x\n");
  expect(row("00070000", "0002", "03")).toBe("unix  3      [ ACC W N ] DGRAM      CONNECTED     4242     @x\n");
  expect(row("00000000", "0003", "04")).toBe("unix  3      [ ]         RAW        DISCONNECTING 4242     @x\n");
  expect(row("00000000", "0004", "00")).toBe("unix  3      [ ]         RDM        FREE          4242     @x\n");
  expect(row("00000000", "0009", "09", "00000001")).toBe(
    "??    3      [ ]         UNKNOWN    UNKNOWN       4242     @x\n",
  );
});

it("shows a path as one word, and lets nothing steer the terminal", () => {
  const path = (name: string): string =>
    shown(`0000000000000000: 00000002 00000000 00010000 0001 01 1 ${name}\n`).slice(58);
  expect(path("/run/a b")).toBe(" /run/a\n");
  expect(path("  b c")).toBe(" b\n");
  expect(path("/a\tb")).toBe(" /a\n");
  expect(path("   ")).toBe(" \n");
  expect(path("C:\\x")).toBe(" C:\\x\n");
  expect(path("/\u202eab")).toBe(" /\\u{202e}ab\n");
  expect(path("/\u00fc\u00a0z")).toBe(" /\u00fc\\xa0z\n");
});

it("has the owner before the path", () => {
  const owner = (inode: number): string => `${inode}/me`;
  expect(unixHeading({ owner, all: false, listening: false }).split("\n")[1]).toBe(
    "Proto RefCnt Flags       Type       State         I-Node   PID/Program name     Path",
  );
  expect(shown("0000000000000000: 00000002 00000000 00000000 0001 01 7 /p\n", { owner })).toContain(
    " 7        7/me                 /p\n",
  );
});
