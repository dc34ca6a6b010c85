import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";
import { BIN } from "../../support/command/run.ts";
import { goingOn, inside } from "../../support/netstat/compare.ts";
import { expectSame, ours, runIn, theirs, useNetwork } from "../../support/netstat/scene-network.ts";

const scene = useNetwork("python3");
const LONG = "abcdefghijklmno";

const FLAGS = ["-i", "-ia", "-in", "-iW", "-iv", "-iN", "-i -6", "-ian", "-i --ipx", "-ip", "-it"];
const EXTENDED = ["-ie", "-iea", "-iee", "-ien", "-iaeW", "-ieN"];

for (const flags of [...FLAGS, ...EXTENDED]) {
  it(`prints the interfaces of netstat ${flags}`, () => {
    const { namespace } = scene();
    // net-tools has no counters for a name of fifteen letters: see below.
    spawnSync("ip", ["-n", namespace.name, "link", "set", LONG, "name", "abcdefghij9"]);
    expect(expectSame(namespace, flags).out).toContain("abcdefghij9");
  });
}

it("has the counters of an interface whose name has fifteen letters, which net-tools 2.10 shows as zeros", () => {
  const { namespace } = scene();
  spawnSync("ip", ["-n", namespace.name, "link", "set", "abcdefghij9", "name", LONG]);
  const row = new RegExp(`^${LONG} .*$`, "m");
  const mine = row.exec(ours(namespace, "-i").out)![0];
  const real = row.exec(theirs(namespace, "-i").out)![0];
  expect(mine.slice(0, 21)).toBe(real.slice(0, 21));
  expect(mine.split(" ").at(-1)).toBe(real.split(" ").at(-1));
  const dropped = runIn(namespace, "cat", `/sys/class/net/${LONG}/statistics/tx_dropped`).out.trim();
  expect(mine.split(/ +/)[8]).toBe(dropped);
});

it("does not call an interface promiscuous because somebody listens on it, as netstat does not", async () => {
  const { namespace } = scene();
  const LISTEN = `
import socket, struct, sys
listener = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 3)
listener.bind(("abcdefghijk", 0))
listener.setsockopt(263, 1, struct.pack("iHH8s", socket.if_nametoindex("abcdefghijk"), 1, 0, b""))
print("ready", flush=True)
sys.stdin.read()
`;
  const child = namespace.spawn("python3", ["-ISc", LISTEN], { stdio: ["pipe", "pipe", "inherit"] });
  await once(child.stdout!, "data");
  expect(Number(runIn(namespace, "cat", "/sys/class/net/abcdefghijk/flags").out) & 0x100).toBe(0x100);
  spawnSync("ip", ["-n", namespace.name, "link", "set", LONG, "name", "abcdefghij9"]);
  expect(expectSame(namespace, "-i").out).toMatch(/^abcdefghijk .* BMRU$/m);
});

it("prints the title once when it goes on", async () => {
  const { namespace } = scene();
  for (const command of [[process.execPath, BIN, "netstat"], ["netstat"]]) {
    const heads = (out: string): number => out.split("Iface ").length - 1;
    const out = await goingOn([...inside(namespace.name), ...command, "-ic"], (text) => heads(text) > 1);
    expect(out.split("Kernel Interface table")).toHaveLength(2);
  }
});

it("takes flags and MTU from a sysfs of the namespace when the one here is of another", () => {
  const { namespace } = scene();
  const inside = (...command: string[]): string =>
    spawnSync("nsenter", [`--net=/run/netns/${namespace.name}`, ...command], { encoding: "utf8" }).stdout;
  // A process of the scene was started by `ip netns exec`, which gives each a sysfs of its own.
  const columns = (text: string): string[] => text.split("\n").map((line) => line.replace(/ [0-9]+(?= )/g, ""));
  const mine = columns(inside(process.execPath, BIN, "netstat", "-ia"));
  expect(mine).toEqual(columns(inside("netstat", "-ia")));
  expect(mine.length).toBeGreaterThan(10);
});

it("says so when no sysfs shows the namespace, and prints what it knows", () => {
  const { peer } = scene();
  const { stdout, stderr, status } = spawnSync(
    "nsenter",
    [`--net=/run/netns/${peer.name}`, process.execPath, BIN, "netstat", "-i", "--source", "procfs"],
    { encoding: "utf8" },
  );
  expect(status).toBe(0);
  expect(stderr).toBe(
    "netstat: procfs does not tell MTU and flags of a network namespace that no sysfs here shows; --source kernel does\n",
  );
  // What came before the device was up is dropped.
  expect(stdout).toMatch(/^v0 {18}- +[0-9]+ +0 +[0-9]+ 0 +[0-9]+ +0 +[0-9]+ +0 -$/m);
});
