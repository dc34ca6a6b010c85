import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ProcFs } from "../index.ts";
import { interfacesOf } from "./interfaces.ts";
import { showsInterfaces } from "./sysfs.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "procnet-sysfs-"));
  for (const [name, index] of [["lo", 1] as const, ["eth0", 2] as const]) {
    mkdirSync(join(root, "class/net", name), { recursive: true });
    writeFileSync(join(root, "class/net", name, "ifindex"), `${index}\n`);
    writeFileSync(join(root, "class/net", name, "mtu"), "9000\n");
  }
});
afterEach(() => rmSync(root, { recursive: true }));

const NAMES = new Set(["lo", "eth0"]);

it.each([
  ["all names are there", NAMES, {}, true],
  ["indexes are the same", NAMES, { lo: 1, eth0: 2 }, true],
  ["an eth0 has another index: it is of another namespace", NAMES, { eth0: 5 }, false],
  ["an interface is not there", new Set(["lo"]), {}, false],
  ["one more is there", new Set(["lo", "eth0", "eth1"]), {}, false],
  ["an index is of an interface that went meanwhile", NAMES, { wlan0: 9 }, true],
])("a sysfs where %s", (_, names, indexes, shows) => {
  expect(showsInterfaces(names, root, new Map(Object.entries(indexes)))).toBe(shows);
});

it("an interface of another namespace does not get its settings from a sysfs that has one of the same name", () => {
  const place = join(root, "proc/1/net");
  mkdirSync(place, { recursive: true });
  const counters = " 0".repeat(16);
  writeFileSync(join(place, "dev"), `Inter-| Receive\n face |bytes\n    lo:${counters}\n  eth0:${counters}\n`);
  writeFileSync(join(place, "route"), "Iface\tDestination\n");
  const mtus = (index: string): (number | undefined)[] => {
    writeFileSync(join(place, "if_inet6"), `fe800000000000000000000000000001 ${index} 40 20 80     eth0\n`);
    return interfacesOf(new ProcFs({ root: join(root, "proc") }), root).map(({ mtu }) => mtu);
  };
  expect(mtus("02")).toEqual([9000, 9000]);
  expect(mtus("05")).toEqual([undefined, undefined]);
});
