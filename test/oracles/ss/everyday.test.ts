import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { inside, ours, sameMoment, type Wrapper } from "../../support/netstat/compare.ts";
import type { SocketScene } from "../../support/netstat/scene-sockets.ts";
import { type MaskName, masked } from "../../support/ss/masks.ts";
import { makeSsScene, noSs } from "../../support/ss/scene.ts";
import { skipIf } from "../../support/tools.ts";

/*
 * What fingers type, against the real ss in the same namespace: through a pipe, byte for byte but for what the masks name.
 */

const skip = noSs();
let scene: SocketScene;
let here: Wrapper;
beforeAll(async () => {
  if (skip !== undefined) return;
  scene = await makeSsScene();
  here = inside(scene.scene.namespace.name);
});
afterAll(() => scene?.remove());
beforeEach((context) => skipIf(context, skip));

function expectSame(line: string, ...masks: MaskName[]): string {
  const { theirs, ours: mine } = sameMoment(here, line.split(" ").filter(Boolean), masked(...masks), "ss");
  expect(mine.out).toBe(theirs.out);
  expect(mine.code).toBe(theirs.code);
  return mine.out;
}

describe("internet sockets", () => {
  it.each([
    ..."-tn -un -wn -uan -wan -u6an -u4an -4wn -6wan -nuwa".split(" "),
    ..."-tunw -tnH -tnO -tunHO -t4n -t6n -46tn -64tn".split(" "),
    ...["-A tcp -n", "-A udp,raw -n", "-A tcp,!tcp,udp -an", "-f inet -n", "-f inet6 -un"],
    ...[
      "-tn state established",
      "-tan state time-wait",
      "-tan state fin-wait-1 state fin-wait-2",
      "-tan exclude listening",
    ],
    ...["-tan state bucket", "-tan state connected exclude established", "-tan state big exclude listening"],
    ...["-t state established -n", "--tcp --numeric --no-header", "-un state unconnected"],
  ])("ss %s", (line) => {
    expectSame(line);
  });

  it.each(["-tan", "-tln", "-tuan", "-4tln", "-6tln", "-tanHO", "-tan state big"])("ss %s", (line) => {
    expectSame(line, "backlog");
  });

  it("have every state there is, and both families at one port", () => {
    const out = expectSame("-tan", "backlog");
    for (const state of ["LISTEN", "ESTAB", "SYN-SENT", "SYN-RECV", "FIN-WAIT-1", "FIN-WAIT-2", "CLOSE-WAIT"]) {
      expect(out).toMatch(new RegExp(`^${state} `, "m"));
    }
    for (const state of ["TIME-WAIT", "LAST-ACK", "CLOSING"]) expect(out).toMatch(new RegExp(`^${state} `, "m"));
    expect(out).toMatch(/^LISTEN .* \[::\]:\d+ +\[::\]:\*/m);
    expect(out).toMatch(/^LISTEN .* \*:\d+ +\*:\*/m);
    expect(out).toMatch(/ \[::ffff:127\.0\.0\.1\]:\d+ /);
    expect(expectSame("-un")).toMatch(/ \[2001:db8::c000:201\]:9 /);
  });
});

describe("with what has them", () => {
  it.each(["-tlpn", "-tulpn", "-tanp", "-uanp", "-ulpn", "-wanp"])("ss %s", (line) => {
    expect(expectSame(line, "backlog", "rawNames")).toContain("users:((");
  });

  it("threads", () => {
    expect(expectSame("-tlnT", "backlog", "rawNames")).toMatch(
      /users:\(\("holder of more",pid=(\d+),tid=(?!\1,)\d+,fd=/,
    );
  });

  it("users and inodes", () => {
    expect(expectSame("-tne", "cookies", "times")).toContain(" ino:");
    expect(expectSame("-uane", "cookies")).toContain(" uid:4294967293 ");
  });

  it("timers", () => {
    expect(expectSame("-tano", "backlog", "times")).toContain("timer:(keepalive,");
  });

  it("timers that stand still", () => {
    expect(expectSame("-tno state established", "times")).toContain("timer:(keepalive,");
    const { ours, theirs } = sameMoment(
      here,
      ["-tnoH"],
      ({ out, code }) => ({
        out: out
          .split("\n")
          .filter((line) => / timer:\(keepalive,\d{3}min,/.test(line))
          .join("\n"),
        err: "",
        code,
      }),
      "ss",
    );
    expect(ours).toEqual(theirs);
    expect(ours.out).toContain("timer:(keepalive,53");
  });
});

describe("unix sockets", () => {
  it.each(["-xl", "-xln", "-A unix_stream,u_seq -l", "-xl state listening"])("ss %s", (line) => {
    expectSame(line, "rawPaths", "unixQueues");
  });

  it.each(["-x", "-xa", "-A u_dgr -n", "-xan", "-A u_seq -a", "-xan state established"])("ss %s", (line) => {
    expectSame(line, "rawPaths", "unixQueues", "unixPeers");
  });

  it.each(["-xlp", "-xap"])("ss %s", (line) => {
    expectSame(line, "rawNames", "rawPaths", "unixQueues", "unixPeers");
  });
});

describe("other families", () => {
  it.each(["-0", "-0n", "-0p", "-0H", "-f link", "-A packet -a"])("ss %s", (line) => {
    expectSame(line);
  });

  it("packets of a protocol on an interface", () => {
    expect(expectSame("-0")).toMatch(/^p_raw \d+ +0 +arp:v0 +\* /m);
  });

  it.each(["-f netlink", "-f netlink -n", "-A netlink -a", "-f netlink -e", "-Hf netlink"])("ss %s", (line) => {
    expectSame(line, "ownNetlink", "twice");
  });
});

it("leaves out queues with -Q, as later versions do", () => {
  const { out, code } = ours(here, ["-tnQ"], "ss");
  expect({ head: out.split("\n", 1)[0]?.replaceAll(/ +/g, " "), code }).toEqual({
    head: "State Local Address:Port Peer Address:Port Process",
    code: 0,
  });
});

describe("the whole", () => {
  it.each(["-s", "-s -t -n"])("ss %s", (line) => {
    expectSame(line);
  });

  it.each(["", "-n", "-an", "-a", "-l", "-4a", "-6a", "-A all -n"])("ss %s", (line) => {
    expectSame(line, "ownNetlink", "twice", "rawPaths", "backlog", "unixQueues", "unixPeers", "widths");
  });
});
