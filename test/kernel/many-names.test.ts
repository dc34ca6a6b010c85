import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { allRows, eachRowInTurns, links, NETLINK_ROUTE, type NetlinkSocket } from "../../packages/kernel/src/index.ts";
import { netlinkIn } from "../support/kernel/netlink-in.ts";
import { noRoutedScene } from "../support/kernel/routed-scene.ts";
import { Namespace } from "../support/namespace.ts";
import { skipIf } from "../support/tools.ts";

/*
 * Interfaces with so many alternative names that one is larger than a datagram usually is: the kernel makes room for the largest where it is
 * asked for more than the least, and ends before it otherwise. ip(8) tells how many there are.
 */

const PAIRS = 45;
const NAMES = 440;

const reason = noRoutedScene();
let namespace: Namespace;
let socket: NetlinkSocket;
beforeAll(() => {
  if (reason !== undefined) return;
  namespace = new Namespace();
  const lines: string[] = [];
  for (let pair = 0; pair < PAIRS; pair++) lines.push(`link add d${pair} type veth peer name p${pair}`);
  for (let pair = 0; pair < PAIRS; pair++)
    for (let name = 0; name < NAMES; name++)
      lines.push(`link property add dev d${pair} altname name-${pair}-${name}-${"x".repeat(100)}`);
  namespace.ip(lines.join("\n"));
  socket = netlinkIn(namespace, NETLINK_ROUTE);
});
afterAll(() => {
  socket?.close();
  namespace?.remove();
});
beforeEach((context) => skipIf(context, reason));

it.each([true, false])("all of them are told, with statistics %s, at once and in turns", async (statistics) => {
  const all = JSON.parse(namespace.run("ip", ["-j", "link"])) as { ifname: string }[];
  expect(all.length).toBe(2 * PAIRS + 1);
  const names = all.map(({ ifname }) => ifname).sort();
  const dump = links({ statistics });
  expect(
    allRows(socket, dump)
      .rows.map(({ name }) => name)
      .sort(),
  ).toEqual(names);
  const told: string[] = [];
  await eachRowInTurns(socket, dump, ({ name }) => told.push(name));
  expect(told.sort()).toEqual(names);
});
