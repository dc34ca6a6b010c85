import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { inside, runIn, sameMoment, type Wrapper } from "../../support/netstat/compare.ts";
import { asTyped, noDropIn, PROCNET_SS } from "../../support/ss/everyday.ts";
import { masked } from "../../support/ss/masks.ts";
import { makeNetlinkScene, type NetlinkScene } from "../../support/ss/netlink.ts";
import { skipIf } from "../../support/tools.ts";

/*
 * Peers and groups of netlink sockets, byte for byte those of ss. The name of the program that has them is longer than those of ss and node, whose
 * sockets are left out: they would make a column wider.
 */

const reason = noDropIn();
let scene: NetlinkScene;
let here: Wrapper;
beforeAll(async () => {
  if (reason !== undefined) return;
  scene = await makeNetlinkScene();
  here = inside(scene.namespace.name);
});
afterAll(() => scene?.remove());
beforeEach((context) => skipIf(context, reason));

const LINES = [
  "-f netlink",
  "-f netlink -n",
  "-f netlink -e",
  "-A netlink -aem",
  "-f netlink -Hm",
  "-0 -A netlink -an",
];

describe.each([undefined, 80, 120])("on a terminal of %s columns", (columns) => {
  it.each(LINES)("ss %s", (line) => {
    const { theirs, ours } = sameMoment(here, line.split(" "), masked("ownNetlink"), "ss", asTyped(here, columns));
    expect(ours).toEqual(theirs);
    expect(ours).toMatchObject({ code: 0, err: "" });
  });
});

it("has something of each", () => {
  const { out } = runIn(here, [...PROCNET_SS, "-f", "netlink"]);
  const count = (text: RegExp): number => out.match(text)?.length ?? 0;
  expect(count(/ rtnl:fifteen letters\/\d+ +\* /g)).toBe(1);
  expect(count(/ rtnl:-294967294 +\* /g)).toBe(2);
  expect(count(/ rtnl:-294967292 +0:0 /g)).toBe(1);
  expect(count(/ rtnl:-294967291 +3:0 /g)).toBe(1);
  expect(count(/ usersock:-294967289 +32:-294967290 /g)).toBe(2);
  expect(count(/ genl:-294967288 +0:77 /g)).toBe(1);
});

it("procfs tells no peers, and each socket once", () => {
  const { out } = runIn(here, [...PROCNET_SS, "--source", "procfs", "-f", "netlink"]);
  expect(out.match(/ usersock:-294967289 +\* /g)).toHaveLength(1);
});
