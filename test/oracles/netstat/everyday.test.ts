import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Namespace } from "../../support/namespace.ts";
import { inside, sameMoment } from "../../support/netstat/compare.ts";
import { noNetstat } from "../../support/netstat/scene-sockets.ts";
import { run, skipIf } from "../../support/tools.ts";

/*
 * What fingers type, against the real netstat on an ordinary machine's sockets, routes, interfaces and groups.
 */

const skip = noNetstat();
let namespace: Namespace;
let machine: ChildProcess;
beforeAll(async () => {
  if (skip !== undefined) return;
  namespace = new Namespace();
  const ip = (command: string): string => run("ip", ["-n", namespace.name, ...command.split(" ")]);
  ip("link add veth0 type veth peer name veth1");
  for (const link of ["lo", "veth0", "veth1"]) ip(`link set ${link} up`);
  ip("address add 192.0.2.1/24 dev veth0");
  ip("address add 2001:db8:1111:2222:3333:4444:5555:6666/64 dev veth0 nodad");
  ip("route add default via 192.0.2.254");
  ip("route add 198.51.100.0/24 via 192.0.2.253 metric 100");
  ip("route add unreachable 203.0.113.7");
  ip("route add 2001:db8:9::/48 via 2001:db8:1111:2222::1");
  const script = fileURLToPath(new URL("everyday.py", import.meta.url));
  machine = namespace.spawn("python3", [script], { stdio: ["pipe", "pipe", "inherit"] });
  await once(machine.stdout!, "data");
});
afterAll(async () => {
  if (machine !== undefined) {
    machine.stdin!.end();
    await once(machine, "exit");
  }
  namespace?.remove();
});
beforeEach((context) => skipIf(context, skip));

describe("the same text as netstat", () => {
  it.each([
    ["-tan", 13],
    ["-uan", 5],
    ["-xan", 12],
    ["-wan", 2],
    ["-tulpn", 6],
    ["-antop", 14],
    ["-ane", 30],
    ["-aneop", 30],
    ["-nlW", 8],
    ["-rn", 4],
    ["-rn -6", 6],
    ["-i", 3],
    ["-gn", 8],
  ])("netstat %s", (flags, least) => {
    const { theirs, ours } = sameMoment(inside(namespace.name), flags.split(" "));
    expect(ours).toEqual(theirs);
    expect(ours.out.trimEnd().split("\n").length).toBeGreaterThan(least);
    expect(ours.code).toBe(0);
  });
});
