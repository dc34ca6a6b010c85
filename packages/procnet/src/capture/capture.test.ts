import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Namespace, veth } from "../../../../test/support/namespace.ts";
import { missingTools, noNamespaces, ROOT, skipIf } from "../../../../test/support/tools.ts";
import { expectSame, useScene } from "../../../../test/support/use-scene.ts";
import {
  captureProcNet,
  interfaces,
  isProcfsError,
  type Net,
  networkNamespaces,
  ProcFs,
  type Socket,
  socketsSync,
} from "../index.ts";

const base = mkdtempSync(join(tmpdir(), "procnet-capture-"));
afterAll(() => rmSync(base, { recursive: true }));
let count = 0;
const fresh = (): string => join(base, String(count++));

/** A procfs that shows only these processes, the first of them also as process 1. */
function procfsOf(...pids: number[]): ProcFs {
  const root = fresh();
  mkdirSync(root);
  symlinkSync(`/proc/${pids[0]}`, join(root, "1"));
  for (const pid of pids) symlinkSync(`/proc/${pid}`, join(root, String(pid)));
  return new ProcFs({ root });
}

/** Everything that a sleeping process leaves as it is. */
function stable(socket: Socket): unknown {
  return { ...socket, timer: 0, timerExpires: 0, retransmits: 0, probes: 0, refCount: 0, rto: 0, cwnd: 0, locks: 0 };
}

const FIXTURE = join(ROOT, "test", "fixtures", "6.18");

describe("a capture", () => {
  it("is not written over anything", () => {
    const directory = fresh();
    mkdirSync(directory);
    writeFileSync(join(directory, "mine"), "");
    const procfs = new ProcFs({ root: FIXTURE });
    const refused = (path: string, options = {}): unknown => {
      try {
        captureProcNet(path, { procfs, ...options });
      } catch (error) {
        return error;
      }
      return undefined;
    };
    expect(refused(directory)).toMatchObject({ name: "ProcfsError", code: "ERR_INVALID_ARG", path: directory });
    expect(readdirSync(directory)).toEqual(["mine"]);
    expect(refused(join(directory, "mine"))).toMatchObject({ name: "ProcfsError" });
    expect(refused(fresh(), { namespaces: "some" })).toMatchObject({ code: "ERR_INVALID_ARG" });
    expect(refused("")).toMatchObject({ code: "ERR_INVALID_ARG" });
    expect(refused(fresh(), { procfs: new ProcFs({ root: base }) })).toMatchObject({
      name: "ProcfsError",
      code: "ERR_NO_NET",
      path: base,
    });
  });

  it("of a capture is the same", () => {
    const directory = fresh();
    const procfs = new ProcFs({ root: FIXTURE });
    const { files } = captureProcNet(directory, { procfs });
    const copy = new ProcFs({ root: directory }).net;
    const names = procfs.net.list();
    expect(copy.list()).toEqual(names);
    expect(files).toBe(names.length);
    for (const name of names) expect(copy.rawText(name)).toEqual(procfs.net.rawText(name));
    expect(statSync(directory).mode & 0o777).toBe(0o700);
  });

  it("of a tree leaves out what is unknown, and says so; reading a copy changes nothing", () => {
    const root = fresh();
    mkdirSync(join(root, "1", "net", "can"), { recursive: true });
    const known = ["can/reset_stats", "nf_conntrack", "wireless", "xfrm_stat"];
    for (const name of [...known, "new_in_linux_9"]) writeFileSync(join(root, "1", "net", name), "");
    const directory = fresh();
    const { skipped, files } = captureProcNet(directory, { procfs: new ProcFs({ root }), processes: false });
    expect(files).toBe(4);
    expect(skipped.filter(({ name }) => name.startsWith("1/net/"))).toMatchObject([
      { name: "1/net/new_in_linux_9", code: "ERR_UNKNOWN" },
    ]);
    expect(new ProcFs({ root: directory }).net.list()).toEqual(known);
  });

  it("of a running kernel leaves out what changes when it is read, and says so", (context) => {
    const left = new ProcFs().net
      .list()
      .filter((name) => ["can/reset_stats", "nf_conntrack", "wireless"].includes(name));
    skipIf(context, left.length === 0 ? "this kernel has no such file" : undefined);
    const directory = fresh();
    const { skipped } = captureProcNet(directory, { processes: false });
    for (const name of left) {
      expect(skipped).toContainEqual(expect.objectContaining({ name: `1/net/${name}`, code: "ERR_SIDE_EFFECT" }));
      expect(existsSync(join(directory, "1", "net", name))).toBe(false);
    }
  });

  it("refuses a place where no directory can be made", () => {
    expect(() => captureProcNet("/proc/procnet-test/capture", { processes: false })).toThrow(
      expect.toSatisfy((error) => isProcfsError(error) && error.message.includes("/proc/procnet-test")),
    );
  });

  it("names the tables that may not be read", (context) => {
    skipIf(context, process.geteuid?.() === 0 ? "root may read everything" : undefined);
    const root = fresh();
    mkdirSync(join(root, "1", "net"), { recursive: true });
    writeFileSync(join(root, "1", "net", "arp"), "");
    chmodSync(join(root, "1", "net", "arp"), 0);
    const { skipped } = captureProcNet(fresh(), { procfs: new ProcFs({ root }) });
    expect(skipped).toContainEqual(expect.objectContaining({ name: "1/net/arp", code: "EACCES" }));
  });
});

describe("a capture of a scene", () => {
  const scene = useScene();

  it("gives the same sockets with the same owners", () => {
    const procfs = procfsOf(scene().pid);
    const ours = (from: ProcFs): unknown[] => {
      const { sockets, skipped } = socketsSync({ procfs: from, protocol: "all", onIssue: () => {} });
      expect(skipped).toEqual([]);
      return sockets.map(stable);
    };
    expectSame(
      () => ours(procfs),
      () => {
        const root = fresh();
        captureProcNet(root, { procfs });
        return ours(new ProcFs({ root }));
      },
    );
    const owned = socketsSync({ procfs, onIssue: () => {} }).sockets.filter(({ owners }) => owners?.length === 2);
    expect(owned.length).toBeGreaterThan(20);
  });

  it("reads without an issue of its own, table for table", () => {
    const root = fresh();
    const { skipped } = captureProcNet(root, { procfs: procfsOf(scene().pid) });
    const { tables, issues, skipped: unread } = new ProcFs({ root }).net.readAll();
    expect(issues.map(({ code }) => code)).toEqual(["ERR_SUSPECT"]); // the name that forges a row
    expect(unread).toEqual([]);
    const left = skipped.filter(({ name }) => name.startsWith("1/net/"));
    expect(new Set(left.map(({ code }) => code))).toEqual(new Set(left.length > 0 ? ["ERR_SIDE_EFFECT"] : []));
    expect(tables.size + left.length).toBe(new ProcFs().process(scene().pid).net.list().length);
  });

  it("keeps counts of states and the sockets' relations when it is anonymised", () => {
    const procfs = procfsOf(scene().pid);
    const counts = (net: Net): unknown =>
      (["tcp", "tcp6", "udp", "udp6", "unix"] as const).map((name) => [...net.count(name, { onIssue: () => {} })]);
    expectSame(
      () => counts(procfs.net),
      () => {
        const root = fresh();
        captureProcNet(root, { procfs, anonymise: true });
        return counts(new ProcFs({ root }).net);
      },
    );
  });
});

const CHILD = `
import os, socket, sys
open("/proc/self/comm", "w").write("secretcomm")
os.mkdir(sys.argv[1] + "/secretdir")
kept = []
def tcp(family, address):
    server = socket.socket(family); server.bind((address, 0)); server.listen()
    client = socket.socket(family); client.connect(server.getsockname()[:2])
    kept.extend([server, client, server.accept()[0]])
tcp(socket.AF_INET, "10.77.1.9")
tcp(socket.AF_INET6, "fd77:88:99:aa::9")
for kind in (socket.SOCK_DGRAM, socket.SOCK_RAW):
    one = socket.socket(socket.AF_INET, kind, 89 if kind == socket.SOCK_RAW else 0)
    one.bind(("10.77.1.9", 0)); kept.append(one)
group = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
group.setsockopt(0, socket.IP_ADD_MEMBERSHIP, socket.inet_aton("239.77.1.2") + socket.inet_aton("10.77.1.9"))
unix = socket.socket(socket.AF_UNIX); unix.bind(sys.argv[1] + "/secretdir/secretsocket"); unix.listen()
name = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); name.bind("\\0secretabstract")
kept += [group, unix, name, open(sys.argv[1] + "/secretfile", "w")]
for _ in range(2):
    if os.fork() == 0: break
print(os.getpid(), flush=True)
sys.stdin.read()
`;

describe("an anonymised capture", () => {
  const reason = noNamespaces() ?? missingTools("python3");
  const pids: number[] = [];
  const spaces: Namespace[] = [];
  beforeEach((context) => skipIf(context, reason));
  beforeAll(async () => {
    if (reason !== undefined) return;
    const [one, other] = [new Namespace(), new Namespace()];
    spaces.push(one, other);
    veth(one, "secretveth", other, "secretpeer");
    one.ip(
      "link set secretveth address 52:54:77:12:34:56\nlink set secretveth up\naddress add 10.77.1.9/24 dev secretveth\n" +
        "address add fd77:88:99:aa::9/64 dev secretveth nodad\nroute add default via 10.77.1.1 dev secretveth\n" +
        "route add 172.23.0.0/16 via 10.77.1.2\nneigh add 10.77.1.77 lladdr 52:54:77:aa:bb:cc dev secretveth nud permanent\n",
    );
    other.ip("link set secretpeer up\naddress add fd77:88:99:aa::a/64 dev secretpeer nodad\n");
    const child = one.spawn("python3", ["-IS", "-c", CHILD, base], { stdio: ["pipe", "pipe", "inherit"] });
    let text = "";
    child.stdout!.on("data", (piece) => {
      text += piece;
    });
    while (text.split("\n").length < 4) await once(child.stdout!, "data");
    pids.push(...text.split("\n").filter(Boolean).map(Number));
    const sleeper = other.spawn("python3", ["-IS", "-c", "print(1, flush=True); input()"], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    await once(sleeper.stdout!, "data");
    pids.push(sleeper.pid!);
  });
  afterAll(() => {
    for (const space of spaces) space.remove();
  });

  const capture = (anonymise: boolean): ProcFs => {
    const root = fresh();
    captureProcNet(root, { procfs: procfsOf(...pids), namespaces: "all", anonymise });
    return new ProcFs({ root });
  };

  it("holds no address and no name of the original, in any form", () => {
    const text = [...everything(capture(true).root)].join("\n");
    const plain = [...everything(capture(false).root)].join("\n");
    const forms = [
      ...["10.77.1.", "09014D0A", "0A4D0109", "4D0A", "172.23.", "000017AC", "EF4D0102", "02014DEF", "239.77."],
      ...["fd77", "77FD", "fd7700880099", "880077FD", "52:54:77", "525477", "5254", "5477", "ff123456", "12:34:56"],
      ...["secret", "python", "procnet"],
    ];
    // Four digits can stand in any inode, counter or hashed pointer: they count as a group of an address only.
    const isIn = (all: string, form: string): boolean =>
      form.length > 4 ? all.includes(form) : new RegExp(`:${form}\\b|\\b${form}:`).test(all);
    const found = (all: string): string[] => forms.filter((form) => isIn(all.toLowerCase(), form.toLowerCase()));
    expect(found(text)).toEqual([]);
    expect(found(plain).length).toBeGreaterThan(12);
  });

  it("has the same namespaces, processes, descriptors and owners", () => {
    const [before, after] = [capture(false), capture(true)];
    const shape = (from: ProcFs): unknown => ({
      namespaces: networkNamespaces(from),
      owners: socketsSync({ procfs: from, protocol: "all", namespaces: "all" }).sockets.map(
        ({ protocol, namespace, inode, owners }) => ({
          ...{ protocol, namespace, inode },
          owners: owners?.map(({ pid, startTime, uid, fds }) => ({ pid, startTime, uid, fds })),
        }),
      ),
    });
    expect(shape(after)).toEqual(shape(before));
    expect(networkNamespaces(before).map(({ pids }) => pids)).toEqual(
      expect.arrayContaining([[1, ...pids.slice(0, 3)].sort((a, b) => a - b), [pids[3]]]),
    );
    const live = socketsSync({ procfs: procfsOf(...pids), protocol: "all", namespaces: "all" });
    const owners = (sockets: readonly Socket[]): unknown => sockets.map(({ inode, owners }) => ({ inode, owners }));
    const captured = socketsSync({ procfs: before, protocol: "all", namespaces: "all" });
    expect(owners(captured.sockets)).toEqual(owners(live.sockets));
  });

  it("reads without an issue, and keeps what belongs together", () => {
    const procfs = capture(true);
    const { issues, skipped } = procfs.net.readAll();
    expect([issues, skipped]).toEqual([[], []]);
    const [route] = procfs.net.route().filter(({ destination }) => destination === "0.0.0.0");
    const [device] = interfaces({ net: procfs.net }).filter(({ name }) => name === route!.iface);
    const own = device!.addresses.find(({ family }) => family === "IPv4")!.address;
    expect(own).toBe("192.0.2.9");
    expect(route!.gateway).toBe("192.0.2.1");
    const [client] = procfs.net.tcp({ where: { state: "ESTABLISHED" } });
    expect([client!.localAddress, client!.remoteAddress]).toEqual([own, own]);
    expect(procfs.net.arp()[0]).toMatchObject({
      ipAddress: "192.0.2.77",
      hwAddress: expect.stringMatching(/^02:00:00:/),
    });
    const global6 = device!.addresses.find(({ family, scope }) => family === "IPv6" && scope === 0)!.address;
    expect(procfs.net.tcp6().map(({ localAddress }) => localAddress)).toContain(global6);
    expect(global6).toMatch(/^2001:db8:/);
    expect(procfs.net.read("igmp").map(({ group }) => group)).toContain("233.252.0.1");
    const abstract = procfs.net.unix().map(({ path }) => path);
    expect(abstract).toContainEqual(expect.stringMatching(/^@name\d+$/));
    const process = procfs.process(pids[0]!);
    expect([process.comm(), process.stat().comm]).toEqual([expect.stringMatching(/^name\d+$/), process.comm()]);
    expect(process.exe()).toMatch(/^\/(name\d+\/)+name\d+$/);
  });
});

/** The paths of everything below a directory, what is in the files, and where the links lead. */
function* everything(directory: string): Generator<string> {
  for (const name of readdirSync(directory)) {
    const path = join(directory, name);
    yield name;
    const stat = lstatSync(path);
    if (stat.isSymbolicLink()) yield readlinkSync(path);
    else if (stat.isDirectory()) yield* everything(path);
    else yield readFileSync(path, "latin1");
  }
  expect(existsSync(directory)).toBe(true);
}
