import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { inside, runIn, sameMoment, type Wrapper } from "../../support/netstat/compare.ts";
import { asTyped, noDropIn, PROCNET_SS } from "../../support/ss/everyday.ts";
import { makePacketScene, type PacketScene } from "../../support/ss/packet.ts";
import { skipIf } from "../../support/tools.ts";

/*
 * Rings, groups, options and filters of packet sockets, byte for byte those of ss.
 */

const reason = noDropIn();
let scene: PacketScene;
let here: Wrapper;
beforeAll(async () => {
  if (reason !== undefined) return;
  scene = await makePacketScene();
  here = inside(scene.namespace.name);
});
afterAll(() => scene?.remove());
beforeEach((context) => skipIf(context, reason));

const LINES = ["-0e", "-0eO", "-0b", "-0be", "-0bm", "-0beOm", "-0pe", "-0ae", "-0bpO", "-0ben", "-A p_dgr -be"];

describe.each([undefined, 80, 120])("on a terminal of %s columns", (columns) => {
  it.each(LINES)("ss %s", (line) => {
    const { theirs, ours } = sameMoment(here, line.split(" "), undefined, "ss", asTyped(here, columns));
    expect(ours).toEqual(theirs);
    expect(ours).toMatchObject({ code: 0, err: "" });
  });
});

it("has something of each", () => {
  const { out } = runIn(here, [...PROCNET_SS, "-0be"]);
  for (const part of [
    "flags( 0 )",
    "flags(  auxdata )",
    "flags( running auxdata origdev loss )",
    "flags( running vnethdr )",
    "cpy_thresh:-1 ",
    "tmo:123,features:0x1)",
    "\n\tring_tx(blk_size:16384,",
    ...["hash", "lb", "cpu", "roll", "random", "qm", "0x6", "0x7"].map((type) => `,type:${type})`),
    "\n\tbpf filter (1):  0x06 0 0 4294967295,",
    "\n\tbpf filter (404):  0x28 0 0 12, 0x15 0 3 2048, 0x30 0 0 23, 0x15 255 254 17,",
  ])
    expect(out).toContain(part);
});

it("-b sets -o, as that of ss", () => {
  for (const line of ["-tab", "-xb", "-wb"]) {
    const { theirs, ours } = sameMoment(here, [line], (all) => ({ ...all, err: "" }), "ss", asTyped(here, undefined));
    expect(ours).toEqual(theirs);
  }
});

describe("without CAP_NET_ADMIN", () => {
  const RIGHT = "ss: filters of packet sockets (-b) are told to CAP_NET_ADMIN alone, which root has\n";
  const run = (flags: string) => {
    const without: Wrapper = [...here, "setpriv", "--bounding-set=-net_admin"];
    return { theirs: runIn(without, ["ss", flags]), ours: runIn(without, [...PROCNET_SS, flags]) };
  };

  it.each(["-0e", "-0eO", "-0ae"])("ss %s", (flags) => {
    const { theirs, ours } = run(flags);
    expect(ours).toEqual(theirs);
  });

  it("no filter is shown, and that says why; ss shows an empty one of every socket", () => {
    for (const flags of ["-0b", "-0be"]) {
      const { theirs, ours } = run(flags);
      expect(theirs.out.match(/\n\tbpf filter \(0\): (?=\s)/g)).toHaveLength(Object.keys(scene.sockets).length);
      const blanks = (text: string): string => text.replaceAll(/ +$/gm, "");
      expect(blanks(ours.out)).toBe(blanks(theirs.out.replaceAll(/\n\tbpf filter \(0\): */g, "")));
      expect(ours).toMatchObject({ err: RIGHT, code: 0 });
    }
  });
});

it("procfs tells none of it, and a line says so", () => {
  const { out, err, code } = runIn(here, [...PROCNET_SS, "-0be", "--source", "procfs"]);
  expect({ err, code }).toEqual({
    err: "ss: procfs does not tell rings and flags of packet sockets (-e); filters of packet sockets (-b); --source kernel does\n",
    code: 0,
  });
  expect(out).not.toContain("\t");
});

it("a socket of which the kernel has no room to tell hides none", async () => {
  const hidden = await makePacketScene("too-long");
  try {
    const there = inside(hidden.namespace.name);
    const count = Object.keys(hidden.sockets).length;
    const inodes = (out: string): number => new Set(out.match(/ ino:\d+/g)).size;
    // It asks for filters always: what comes behind that socket it does not see, and not the socket.
    expect(inodes(runIn(there, ["ss", "-0e"]).out)).toBe(count - 3);
    expect(inodes(runIn(there, [...PROCNET_SS, "-0e"]).out)).toBe(count);
    const { out, err } = runIn(there, [...PROCNET_SS, "-0be"]);
    expect(inodes(out)).toBe(count);
    expect(out).toContain("bpf filter (404)");
    expect(err).toBe(
      "ss: filters of 3 packet sockets are not told: the kernel has no room in its answer for one of them\n",
    );
  } finally {
    hidden.remove();
  }
});
