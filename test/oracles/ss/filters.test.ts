import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { inside, ours as run, sameMoment, type Wrapper } from "../../support/netstat/compare.ts";
import { removeFiles, setFiles } from "../../support/netstat/scene-network.ts";
import type { SocketScene } from "../../support/netstat/scene-sockets.ts";
import { type MaskName, masked } from "../../support/ss/masks.ts";
import { makeSsScene, noSs } from "../../support/ss/scene.ts";
import { skipIf } from "../../support/tools.ts";

/*
 * Filters behind the flags, and names of services and hosts, against the real ss.
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

/** Words as a shell gives them; a name stands for a port of the scene. */
function words(line: string): string[] {
  const ports: Readonly<Record<string, number>> = { ...scene.scene.ports };
  return line
    .split(" ")
    .filter(Boolean)
    .map((word) => word.replace(/:@([\w-]+)$/, (_, name: string) => `:${ports[name]}`));
}

function expectSame(line: string, ...more: MaskName[]): string {
  const mask = masked("backlog", "rawNames", "rawPaths", "unixQueues", "unixPeers", ...more);
  const { theirs, ours } = sameMoment(here, words(line), mask, "ss");
  expect(ours).toEqual(theirs);
  return ours.out;
}

describe("what passes", () => {
  it.each([
    "-tn sport = :@listen",
    "-tan sport = :@listen",
    "-tan sport :@listen",
    "-tan dport = :@listen or sport = :@listen",
    "-tan ( dport = :@listen or sport = :@listen )",
    "-tan sport = :@listen or sport = :@waiting and dst 127.0.0.1",
    "-tan dst 127.0.0.1 or dst [::1] and sport = :@6-listen",
    "-tan not sport = :@listen",
    "-tan ! ( sport = :@listen or dport = :@listen ) src 127.0.0.1",
    "-tan src 127.0.0.0/8",
    "-tan src 127.0.0.1:@narrow",
    "-tan src [::1]:@6-narrow",
    "-tan src inet6:[::1]",
    "-tan src [::ffff:192.0.2.1]",
    "-tan not src [::ffff:192.0.2.1]",
    "-tan dst = [::ffff:192.0.2.1]",
    "-tan dst inet:192.0.2.0/24",
    "-tan sport >= :@listen and sport < :65000",
    "-tan dport gt :1024 dport lt :40000",
    "-tan dport != :81",
    "-tan state listening state established src 0.0.0.0",
    "-tn state syn-sent dport = :81",
    "-uan sport = :53",
  ])("ss %s", (line) => {
    expectSame(line);
  });

  it.each(["-xan src /tmp/*", "-xa src unix:@*", "-an src unix:/tmp/*stream"])("ss %s", (line) => {
    expectSame(line, "widths");
  });

  it("something, each time", () => {
    expect(
      expectSame("-tan sport = :@listen or sport = :@waiting and dst 127.0.0.1").split("\n").length,
    ).toBeGreaterThan(3);
    expect(expectSame("-tan src 127.0.0.0/8").split("\n").length).toBeGreaterThan(10);
    expect(expectSame("-xan src /tmp/*", "widths").split("\n").length).toBeGreaterThan(4);
  });
});

describe("names, of files only", () => {
  beforeAll(() => {
    if (skip !== undefined) return;
    setFiles(scene.scene.namespace, {
      "nsswitch.conf": "passwd: files\nhosts: files\nservices: files\nprotocols: files\n",
      services: "ssh 22/tcp\ndomain 53/udp\ndomain 53/tcp\nhttps 443/tcp\nhttps 443/udp # HTTP/3\ndiscard 9/udp sink\n",
      protocols: "icmp 1 ICMP\nospf 89 OSPFIGP\nipv6-icmp 58 IPv6-ICMP\n",
      hosts: "127.0.0.1 localhost\n::1 six\n192.0.2.77 a-name-longer-than-its.column.example\n",
    });
  });
  afterAll(() => scene && removeFiles(scene.scene.namespace));

  it.each([
    "-t",
    "-ta",
    "-tl",
    "-ua",
    "-wa",
    "-tar",
    "-tnr",
    "-uar",
    "-ta sport = :ssh",
    "-ta sport = https",
    "-tan dst localhost",
    "-uan src localhost:domain",
  ])("ss %s", (line) => {
    expectSame(line);
  });

  it("are those of services", () => {
    expect(expectSame("-tl")).toMatch(/ 127\.0\.0\.1:https +0\.0\.0\.0:\*$/m);
  });
});

describe("what cannot be read", () => {
  it.each([
    ["-t state establishd", 'there is no state "establishd" (did you mean established?)'],
    ["-t sport = :nothing-so", '"nothing-so" is no port'],
    ["-t ( sport = :1", "this parenthesis is not closed"],
    ["-t dst 10.0.0.0.1", "is no address"],
    ["-t exclude all", "no state is left"],
    ["-t pid = 7", "procnet sockets"],
    ["--source=procfs -t dev lo", "procfs does not tell"],
  ])("%s is one sentence", (line, sentence) => {
    const { out, err, code } = run(here, words(line), "ss");
    expect({ out, code }).toEqual({ out: "", code: 2 });
    expect(err).toContain(sentence);
    expect(err).toMatch(/^ss: [^\n]*\n$/);
  });
});
