import { type ChildProcess, execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type KernelDoor, openDoor, type TrafficLook, traffic } from "@procnet/kernel";
import { type BaseProcFs, baseProcFs } from "procnet";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TrafficNamespaces } from "../../packages/kernel/dist/traffic/namespaces.js";
import { noKernelScene } from "../support/kernel/scene.ts";
import { Namespace } from "../support/namespace.ts";
import { until } from "../support/time.ts";

/* Network namespaces that come, are entered, and go, against what the kernel counts and lists itself. */

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const why = noKernelScene();
if (why !== undefined) console.warn(`no traffic of namespaces that come and go: ${why}`);

/** Datagrams to nobody, on loopback. */
const DATAGRAMS = `
import socket
one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for _ in range(20000): one.sendto(b"x", ("127.0.0.1", 9))`;

/** The procfs of this machine; whoever goes into a namespace with it finds that this process has ended on the way. */
function endingOnTheWay(child: ChildProcess): BaseProcFs {
  return new Proxy(baseProcFs(), {
    get(target, name) {
      if (name === "root" && !child.killed && new Error().stack?.includes("Entrance.sockets") === true) {
        child.kill("SIGKILL");
        // Without a turn of the event loop it is a zombie then, which is in no namespace.
        while (/^State:\s+[^ZX]/m.test(readFileSync(`/proc/${child.pid}/status`, "utf8")));
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

const ENOENT = 2;

/** The door here, at which the kernel tells nothing over sockets that are of other namespaces: those that a thread opened. */
function muteElsewhere(): KernelDoor {
  const door = openDoor();
  const own = new Set<number>();
  return {
    ...door,
    socket: (...given) => {
      const fd = door.socket(...given);
      own.add(fd);
      return fd;
    },
    send: (fd, ...given) => (own.has(fd) ? door.send(fd, ...given) : -ENOENT),
  };
}

describe.skipIf(why !== undefined)("other network namespaces", () => {
  let namespace: Namespace;

  beforeEach(() => {
    namespace = new Namespace();
  });

  afterEach(() => namespace.remove());

  async function inside(): Promise<ChildProcess> {
    const child = namespace.spawn("sh", ["-c", "echo up; exec sleep 100"], { stdio: ["ignore", "pipe", "inherit"] });
    await once(child.stdout!, "data");
    return child;
  }

  it("one that was there before is not new when a process goes into it", async () => {
    namespace.run("python3", ["-IS", "-c", DATAGRAMS]);
    const { ino } = statSync(`/run/netns/${namespace.name}`);
    const looks: TrafficLook[] = [];
    for await (const look of traffic({ every: 300, namespaces: [ino] })) {
      looks.push(look);
      if (looks.length === 1) await inside();
      if (look.totals !== undefined || looks.length > 60) break;
    }
    expect(looks[0]!.namespaces).toBe(0);
    expect(looks.at(-1)!.namespaces).toBe(1);
    // The kernel itself says how many there were, before anybody looked.
    expect(Number(/^Udp: (?:\d+ ){3}(\d+)/m.exec(namespace.run("cat", ["/proc/net/snmp"]))?.[1])).toBe(20_000);
    expect(looks.at(-1)!.totals!.udpDatagramsOut).toBe(0);
  });

  it("one is entered through its next process where the first has ended meanwhile", async () => {
    const first = await inside();
    const second = await inside();
    const { ino } = statSync(`/proc/${second.pid}/ns/net`);
    const ending = first.pid! < second.pid! ? first : second;
    const procfs = endingOnTheWay(ending);
    const looks = traffic({ every: 100, namespaces: [ino], procfs });
    const { value } = await looks.next();
    await looks.return();
    expect(value).toMatchObject({ namespaces: 1, notes: [] });
    expect(ending.killed).toBe(true);
  });

  it("has its owners of IPv6 in another one, though there is none of IPv6 where it is looked from", () => {
    const held = namespace.spawn("python3", [
      "-IS",
      "-c",
      `
import socket, time
server = socket.create_server(("::1", 7200), family=socket.AF_INET6)
client = socket.create_connection(("::1", 7200))
end, _ = server.accept()
while True:
    client.sendall(b"x" * 1000)
    end.recv(1000)
    time.sleep(.02)`,
    ]);
    const code = `
      import { traffic } from "@procnet/kernel";
      import { statSync } from "node:fs";
      const namespaces = [statSync("/proc/${held.pid}/ns/net").ino];
      let looks = 0;
      for await (const { connections } of traffic({ every: 100, namespaces })) {
        const programs = connections.map(({ socket: { protocol, owners } }) => protocol + " " + owners.map(({ program }) => program));
        // A look may find what one end sent, and not yet that the other has it.
        if (programs.length < 2 && ++looks < 600) continue;
        console.log(programs.join("\\n"));
        break;
      }
      process.exit();`;
    const node = [process.execPath, "--input-type=module", "-e", code];
    const { stdout, stderr } = spawnSync("unshare", ["-n", ...node], { cwd: ROOT, encoding: "utf8", timeout: 110_000 });
    expect({ stdout, stderr }).toEqual({ stdout: "tcp6 python3\ntcp6 python3\n", stderr: "" });
  });

  it("what the kernel counted is read through the next process where one has ended", async () => {
    const [first, second] = [await inside(), await inside()];
    const { ino } = statSync(`/proc/${second.pid}/ns/net`);
    let sum = 0;
    let looks = 0;
    for await (const { totals, notes } of traffic({ every: 100, namespaces: [ino] })) {
      expect(notes).toEqual([]);
      sum += totals!.udpDatagramsOut;
      if (looks === 0) {
        first.kill("SIGKILL");
        await once(first, "exit");
        namespace.run("python3", ["-IS", "-c", DATAGRAMS]);
      }
      if (++looks === 4) break;
    }
    expect(sum).toBe(20_000);
  });

  it("one that has ended is let go of while nobody asks for a look", async () => {
    const device = `pn${process.pid}`;
    execFileSync("ip", ["link", "add", device, "type", "veth", "peer", "name", "e0", "netns", namespace.name]);
    const isThere = (): boolean => spawnSync("ip", ["link", "show", device]).status === 0;
    const child = await inside();
    const looks = traffic({ every: 100, namespaces: "all" });
    await looks.next();
    child.kill("SIGKILL");
    namespace.remove();
    await until(() => !isThere(), "the end of the namespace");
    await looks.return();
  });

  it("one of which the kernel tells no table is left out, and the others are looked at", async () => {
    await inside();
    const [own, other] = ["/proc/self/ns/net", `/run/netns/${namespace.name}`].map((path) => statSync(path).ino);
    const wanted = { namespaces: [own!, other!], closings: true, protocols: ["tcp", "tcp6"] } as const;
    const places = new TrafficNamespaces(muteElsewhere(), baseProcFs(), wanted);
    for (let look = 0; look < 3; look++) {
      const seen = await places.seen(() => {});
      expect(seen.map(([{ inode }]) => inode)).toEqual([own]);
      expect(places.notes).toEqual([expect.stringMatching(new RegExp(`${other} is not looked at: .*ENOENT`))]);
    }
    await places.close();
  });

  it("without a thread that may go into others, the own one is looked at and it is said why", async () => {
    await inside();
    const code = `
      import { traffic } from "@procnet/kernel";
      for await (const { namespaces, notes } of traffic({ every: 10, namespaces: "all" })) {
        console.log(JSON.stringify({ namespaces, notes }));
        break;
      }`;
    // What may be kept from a program: of threads here, while it may load the library that calls the kernel.
    const isStable = process.allowedNodeEnvironmentFlags.has("--permission");
    const args = [
      isStable ? "--permission" : "--experimental-permission",
      "--allow-addons",
      "--allow-fs-read=*",
      "--no-warnings",
      "--input-type=module",
      "--eval",
      code,
    ];
    const { stdout } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8", timeout: 60_000 });
    const { namespaces, notes } = JSON.parse(stdout);
    expect(namespaces).toBe(1);
    expect(notes).toEqual([expect.stringContaining("other network namespaces are not looked at")]);
  });
});
