import { createKernelSource, type KernelSource } from "@procnet/kernel";
import { type InterfaceSource, interfaces, interfacesAsync, ProcFs } from "procnet";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { noRoutedScene } from "../support/kernel/routed-scene.ts";
import { makeSettledScene, type SettledScene } from "../support/kernel/settled-scene.ts";
import { skipIf } from "../support/tools.ts";

/*
 * interfaces() by rtnetlink: what procfs tells too is the same, what it does not is what ip(8) was told to make.
 */

const reason = noRoutedScene();
let scene: SettledScene;
let source: KernelSource;
let pid: number;
beforeAll(async () => {
  if (reason !== undefined) return;
  scene = await makeSettledScene();
  pid = scene.pid;
  source = createKernelSource();
});
afterAll(() => {
  source?.close();
  scene?.remove();
});
beforeEach((context) => skipIf(context, reason));

it("tells what procfs tells of another namespace, and more", async () => {
  const net = new ProcFs().process(pid);
  const own = await interfacesAsync({ net, source });
  const text = interfaces({ net });
  expect(own.map(({ name }) => name)).toEqual(text.map(({ name }) => name));
  for (const [place, one] of own.entries()) {
    const other = text[place]!;
    // What came and went between the two looks.
    const { recvBytes, recvPackets, sentBytes, sentPackets, recvMulticast, ...still } = one.status;
    expect(other.status).toMatchObject(still);
    expect([one.index, recvBytes >= 0]).toEqual([other.index ?? one.index, true]);
    const six = (addresses: typeof one.addresses): string[] =>
      addresses
        .filter(({ family }) => family === "IPv6")
        .map(({ address, prefixLength, scope, flags }) => `${address}/${prefixLength} ${scope} ${flags! & 0xff}`)
        .sort();
    expect(six(one.addresses)).toEqual(six(other.addresses));
  }
  const v0 = own.find(({ name }) => name === "v0")!;
  expect(v0).toMatchObject({
    ...{ mtu: 1400, txQueueLength: 17, group: 7, kind: "veth", alias: "to the other side", lowerNamespace: 0 },
    ...{ hwAddress: "02:00:00:00:00:01", hwType: 1, operState: "up", carrier: true },
    altNames: ["a-name-that-is-longer-than-fifteen-letters", "short"],
  });
  expect(v0).not.toHaveProperty("lower");
  expect(own.find(({ name }) => name === "p0")).toMatchObject({ kind: "veth", master: "br0", lower: "p1" });
  // procfs guesses whose an address of IPv4 is, by its network, and has one without a network of nobody.
  const four = v0.addresses.filter(({ family }) => family === "IPv4");
  expect(four).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ address: "192.0.2.1", prefixLength: 24, broadcast: "192.0.2.255", label: "v0" }),
      expect.objectContaining({ address: "192.0.2.3", prefixLength: 24, label: "v0:more", flags: 0x81 }),
      expect.objectContaining({ address: "198.51.100.1", prefixLength: 25, routeScope: "link" }),
      expect.objectContaining({ address: "10.1.1.1", prefixLength: 32, peer: "10.1.1.2" }),
    ]),
  );
  expect(four.find(({ address }) => address === "198.51.100.1")!.validLifetime).toBeGreaterThan(2900);
  expect(own[0]!.addresses.map(({ address }) => address)).toEqual(["127.0.0.1", "10.2.2.1", "::1"]);
});

it("counts as /proc/net/dev does", async () => {
  const net = new ProcFs().process(pid);
  for (let left = 20; ; left--) {
    const before = interfaces({ net }).map(({ status }) => status);
    const told = (await interfacesAsync({ net, source })).map(({ status }) => status);
    const after = interfaces({ net }).map(({ status }) => status);
    if (JSON.stringify(before) !== JSON.stringify(after) && left > 0) continue;
    expect(told).toEqual(before);
    return;
  }
});

it("tells of this process's own namespace, and leaves to procfs what the kernel does not tell", async () => {
  expect((await interfacesAsync({ source })).map(({ name }) => name)).toEqual(interfaces().map(({ name }) => name));
  const notes: string[] = [];
  const gone: InterfaceSource = {
    name: "kernel",
    interfaces: async () => {
      notes.push("asked");
      return undefined;
    },
  };
  expect(await interfacesAsync({ source: gone, sysfs: false })).toEqual(interfaces({ sysfs: false }));
  const place = { root: "/proc", pid: 2 ** 22 + 1 };
  expect(await source.interfaces(place, (note) => notes.push(note))).toBeUndefined();
  expect(notes).toEqual(["asked", expect.stringMatching(/procfs: .*process 4194305.*ENOENT/)]);
  await expect(interfacesAsync({ source: {} as typeof source })).rejects.toThrow(/interfacesAsync: source/);
});
