import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BIN } from "../../support/command/run.ts";
import {
  goingOn,
  inside,
  netstat,
  ours,
  type Printed,
  sameMoment,
  type Wrapper,
} from "../../support/netstat/compare.ts";
import { removeFiles, setFiles } from "../../support/netstat/scene-network.ts";
import { makeSocketScene, noNetstat, type SocketScene } from "../../support/netstat/scene-sockets.ts";
import { skipIf } from "../../support/tools.ts";

/*
 * The lists of internet sockets against the real netstat in the same namespace, byte for byte.
 */

const skip = noNetstat();
let scene: SocketScene;
let here: Wrapper;
beforeAll(async () => {
  if (skip !== undefined) return;
  scene = await makeSocketScene();
  here = inside(scene.scene.namespace.name);
});
afterAll(() => scene?.remove());
beforeEach((context) => skipIf(context, skip));

describe("what stands still", () => {
  it.each([
    ..."-tan -uan -wan -Uan -San -tn -un -wn -tln -uln -wln -Uln -Sln -4an -6an -46n -t4n -u6n -U6n -w4an".split(" "),
    ..."-tnae -tanee -nltuwU -tanW -nlWt -6tanW -t6nW -nat4W".split(" "),
    ...["-A inet -n", "-A inet6 -n", "--protocol=inet6 -an", "--protocol inet,inet6 -n", "-tuw -4 -ane"],
    ...[
      "--tcp --listening --numeric",
      "--tcp --all --numeric --extend --wide",
      "--udp --numeric -a",
      "-S -u -an",
      "-tUnav",
    ],
  ])("netstat %s", (flags) => {
    const { theirs, ours } = sameMoment(here, flags.split(" "));
    expect(ours).toEqual(theirs);
  });

  it("shows every state that TCP has, queues, and addresses that do not fit", () => {
    const { ours } = sameMoment(here, ["-tan"]);
    const states = [
      "LISTEN",
      "ESTABLISHED",
      "SYN_SENT",
      "SYN_RECV",
      "FIN_WAIT1",
      "FIN_WAIT2",
      "CLOSE_WAIT",
      "LAST_ACK",
    ];
    for (const state of [...states, "TIME_WAIT", "CLOSING"]) expect(ours.out).toMatch(new RegExp(` ${state} *\n`));
    expect(ours.out).toMatch(/^tcp6 +0 +0 2001:db8:1111:22\S*:\d+ 2001:db8:1111:22/m);
    expect(ours.out).toMatch(/^tcp +[1-9]\d* +0 /m);
    expect(ours.out).toMatch(/^tcp +0 [1-9]\d{5,} /m);
    expect(ours.out).toMatch(/^tcp6 .* 192\.0\.2\.1:\d+ /m);
  });
});

describe("timers", () => {
  const TIME = /\((\d+\.\d\d)\//g;
  const times = (text: string): number[] => [...text.matchAll(TIME)].map(([, seconds]) => Number(seconds));

  it.each(["-tano", "-uano", "-wano", "-Uano", "-tuneo", "-tulno"])("netstat %s", (flags) => {
    const look = () => {
      const [before, between, after] = [netstat(here, [flags]), ours(here, [flags]), netstat(here, [flags])];
      const [first, middle, last] = [before, between, after].map(({ out }) => out.replaceAll(TIME, "(/"));
      return { before, between, after, same: first === last && middle === first, first, middle };
    };
    let seen = look();
    for (let attempt = 0; attempt < 8 && !seen.same; attempt++) seen = look();
    expect(seen.middle).toBe(seen.first);
    const [most, shown, least] = [seen.before, seen.between, seen.after].map(({ out }) => times(out));
    shown!.forEach((time, row) => {
      // A timer that was set anew meanwhile bounds nothing.
      if (least![row]! > most![row]!) return;
      expect(time).toBeLessThanOrEqual(most![row]!);
      expect(time).toBeGreaterThanOrEqual(least![row]!);
    });
  });

  it("are of every kind", () => {
    const { out } = ours(here, ["-tano"]);
    for (const kind of ["off", "on", "keepalive", "timewait", "probe"]) {
      expect(out).toMatch(new RegExp(` ${kind} \\(\\d+\\.\\d\\d/\\d+/\\d+\\)\n`));
    }
  });
});

describe("with names, of files only", () => {
  beforeAll(() => {
    if (skip !== undefined) return;
    const { namespace } = scene.scene;
    setFiles(namespace, {
      "nsswitch.conf": "passwd: files\nhosts: files\nservices: files\nprotocols: files\n",
      hosts: "127.0.0.1 localhost\n192.0.2.77 a-name-longer-than-its.column.example\n2001:db8::77 silent\n",
    });
  });
  afterAll(() => scene && removeFiles(scene.scene.namespace));

  /** Unix sockets are looked at in their own test. */
  const internet = (printed: Printed): Printed => ({
    ...printed,
    out: printed.out.replaceAll(/^unix.*\n/gm, ""),
    err: printed.err.replaceAll("warning, got bogus unix line.\n", ""),
  });

  it.each([
    ..."-l -a -t4 -u6 -ta -tW -taW -tae -uae -wa -Ua -tl -46 -v".split(" "),
    ...["-A inet", "-A inet6", "-A unix,inet", "--protocol=inet6", "--numeric-ports -t", "--numeric-hosts -ta"],
  ])("netstat %s", (flags) => {
    const { theirs, ours } = sameMoment(here, flags.split(" "), internet);
    expect(ours).toEqual(theirs);
  });
});

it("prints again and again with -c, as long as it is let", async () => {
  const once = netstat(here, ["-tln"]).out;
  for (const program of [["netstat"], [process.execPath, BIN, "netstat"]]) {
    const text = await goingOn([...here, ...program, "-tlnc"], ({ length }) => length >= 2 * once.length);
    expect(once.repeat(3).startsWith(text.slice(0, 2 * once.length))).toBe(true);
  }
});
