import { readFileSync, statSync } from "node:fs";
import { until } from "../time.ts";
import { makeRoutedScene, type RoutedScene } from "./routed-scene.ts";

/** Interfaces with an address of IPv6 that the kernel gives them, and tries out. */
const LINK_LOCAL = ["v0", "p0", "p1", "br0"];
const TENTATIVE = 0x40;

/** The scene of routes with a process that is in it. */
export interface SettledScene extends RoutedScene {
  readonly pid: number;
}

/** The scene of routes once it stays as it is: addresses of IPv6 are tried out for a second or two. */
export async function makeSettledScene(): Promise<SettledScene> {
  const scene = makeRoutedScene();
  const { namespace } = scene;
  try {
    const { pid = 0 } = namespace.spawn("sleep", ["1000"]);
    const { ino } = statSync(`/run/netns/${namespace.name}`);
    await until(() => statSync(`/proc/${pid}/ns/net`).ino === ino, "a process in the namespace");
    await until(() => isTriedOut(pid), "addresses of IPv6 that were tried out");
    return { ...scene, pid };
  } catch (error) {
    scene.remove();
    throw error;
  }
}

/** net/if_inet6: address, index, prefix length, scope, flags, name. */
function isTriedOut(pid: number): boolean {
  const rows = readFileSync(`/proc/${pid}/net/if_inet6`, "latin1")
    .split("\n")
    .map((line) => line.split(/ +/));
  const own = rows.filter(([address]) => address?.startsWith("fe80") === true).map(([, , , , , name]) => name);
  return (
    LINK_LOCAL.every((name) => own.includes(name)) &&
    rows.every(([, , , , flags = "0"]) => (Number.parseInt(flags, 16) & TENTATIVE) === 0)
  );
}
