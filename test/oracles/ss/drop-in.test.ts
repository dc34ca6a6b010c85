import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { runIn, sameMoment } from "../../support/netstat/compare.ts";
import { asTyped, PROCNET_SS } from "../../support/ss/everyday.ts";
import { type MaskName, masked } from "../../support/ss/masks.ts";
import { useEveryday } from "../../support/ss/use-everyday.ts";

/*
 * procnet in the place of ss, with no option of its own: the same bytes through a pipe and on terminals, but for what goes by between two
 * looks.
 */

const here = useEveryday({
  "nsswitch.conf": "hosts: files\nservices: files\nprotocols: files\n",
  services: "ssh 22/tcp\ndomain 53/udp\nhttp 80/tcp\nntp 123/udp\nhttps 443/tcp\nbootpc 68/udp\n",
  protocols: "icmp 1 ICMP\nipv6-icmp 58 IPv6-ICMP\n",
  hosts: "127.0.0.1 localhost\n127.0.0.53 a-name-longer-than-its.column.example\n",
});

/** What is not the same twice: times that go by, and sums that are of all namespaces. */
const MOVING: readonly MaskName[] = ["times", "clocks", "machineWide", "errors"];

function expectSame(line: string, columns: number | undefined, ...masks: MaskName[]): string {
  const run = asTyped(here(), columns);
  const { theirs, ours } = sameMoment(here(), line.split(" ").filter(Boolean), masked(...MOVING, ...masks), "ss", run);
  expect(ours.out).toBe(theirs.out);
  expect(ours.code).toBe(theirs.code);
  return ours.out;
}

const EACH = ["-tulpn", "-tan", "-xan", "-s", "-ti", "-tm", "-to", "-tn state established", "-tan state time-wait"];

describe.each([undefined, 120, 80, 200])("at %s columns", (columns) => {
  it.each(EACH)("ss %s", (line) => {
    expect(expectSame(line, columns).length).toBeGreaterThan(50);
  });
});

describe("as fingers type it", () => {
  it.each([
    ..."-tunap -tulpen -plnt -antop -xp -w -wan -0 -0p -tH -tO -tuanieomO".split(" "),
    ..."-t -ta -tl -ua -uap -ulp -tlp -l6t -4tulpn -6tulpn -t4an -t6 -x4n -tpi -tanr -xlp".split(" "),
    ...["-tan sport = :22", "-ta ( dport = :443 or dport = :80 )", "-tan dst 10.0.0.0/8", "-tan dst 127.0.0.0/8"],
    ...["state established", "-tan exclude listening", "-o state established", "-tno state fin-wait-2"],
    ...["-x src *", "-xa src */s", "-ua sport = :domain", "-4tan src 127.0.0.1", "-tan sport gt :1024 dst [::1]"],
    ...["--tcp --listen --numeric", "-A tcp,udp -anp", "-f inet6 -tan", "-tan --tos --inet-sockopt", "-sH -tn"],
  ])("ss %s", (line) => {
    expectSame(line, undefined);
  });

  it.each(["-tunap", "-tulpen", "-ta", "-xap", "-tuanieomO", "state established", "-0p", "-wan", "-tanr"])(
    "on a terminal: ss %s",
    (line) => {
      expectSame(line, 120);
    },
  );
});

it("without a word on stderr", () => {
  for (const [line] of [["-tulpn"], ["-tan"], ["-xanp"], ["-s"], ["-tiemo"]] as const)
    expect(runIn(here(), [...PROCNET_SS, line])).toMatchObject({ code: 0, err: "" });
});

/*
 * The kernel takes a closed netlink socket out of the sum only after an RCU grace period, so what ran before can still be counted. That
 * adds only: the least of several answers is the one to hold a program to, and one that looks with a socket of its own open never tells it.
 */
it("-s counts the sockets that there are, of which neither program has one when it looks", async () => {
  const counted = (words: readonly string[], text: RegExp): number => Number(text.exec(runIn(here(), words).out)?.[1]);
  let there = Number.POSITIVE_INFINITY;
  for (let look = 0; look < 10; look++) {
    there = Math.min(there, counted(["cat", "/proc/net/sockstat"], /^sockets: used (\d+)$/m));
    await setTimeout(50);
  }
  expect(there).toBeGreaterThan(400);
  const programs = [["ss"], PROCNET_SS, [...PROCNET_SS, "--source", "kernel"], [...PROCNET_SS, "--source", "procfs"]];
  for (const program of programs) {
    const total = () => counted([...program, "-s"], /^Total: (\d+)$/m);
    await expect.poll(total, { timeout: 20_000, interval: 200, message: program.join(" ") }).toBe(there);
  }
});

it("the scene has what is hard: names over the width of a screen, devices, both families, queues", () => {
  expect(expectSame("-tulpn", undefined)).toMatch(
    / 127\.0\.0\.53%lo:53 .*users:\(\("fifteen-letters",pid=\d+,fd=\d+\)\)$/m,
  );
  expect(expectSame("-xan", undefined)).toMatch(/ LISTEN 1 +16 .*@\/org\/example\/(?:abstract){9} \d+ +\* 0/);
  expect(expectSame("-ta", undefined)).toMatch(/ \[2001:db8:1111:2222:3333:4444:5555:6666\]:8443 /);
  expect(expectSame("-tan", 80).split("\n").length).toBeGreaterThan(400);
  expect(expectSame("-tl", undefined)).toMatch(/^LISTEN +3 +5 +127\.0\.0\.1:http /m);
});
