import { type spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { schemaOf } from "../../packages/procnet/src/view.ts";
import { BIN } from "../support/command/run.ts";
import { Namespace } from "../support/namespace.ts";
import { missingTools, noNamespaces, skipIf } from "../support/tools.ts";

/*
 * procnet health, rates and captures of before and after, in a namespace of their own: with a listener that does not accept, and with
 * nothing wrong.
 */

/** A listener that takes no connection, and clients that try, twenty a second. Prints its process id once the first have begun. */
const STUCK = `
import os, select, socket, sys
s = socket.socket()
s.bind(("127.0.0.1", 8081))
s.listen(3)
print("listening", flush=True)
sys.stdin.readline()
clients = []
def connect():
    c = socket.socket()
    c.setblocking(False)
    try: c.connect(("127.0.0.1", 8081))
    except BlockingIOError: pass
    clients.append(c)
    if len(clients) > 50: clients.pop(4).close()
for _ in range(12): connect()
print(os.getpid(), flush=True)
while not select.select([sys.stdin], [], [], 0.05)[0]: connect()
`;

const reason = noNamespaces() ?? missingTools("python3");
let namespace: Namespace;
const folder = mkdtempSync(join(tmpdir(), "procnet-health-"));
beforeAll(() => {
  if (reason === undefined) namespace = new Namespace();
});
beforeEach((context) => skipIf(context, reason));
afterAll(() => {
  namespace?.remove();
  rmSync(folder, { recursive: true });
});

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function procnet(...args: string[]): Ran {
  return spawnSync("ip", ["netns", "exec", namespace.name, process.execPath, BIN, ...args], { encoding: "utf8" });
}

describe("on a machine in order", () => {
  it("says so, and what it could not judge", () => {
    const { status, stdout, stderr } = procnet("health", "--window", "1s");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^Nothing is wrong that could be judged\.\n/);
    expect(stdout).toMatch(/In order: \d+ of \d+ kinds of findings\./);
    // The memory of TCP is held against a setting that only the first namespace of the machine has.
    expect(stdout).toMatch(/Not judged:\n(.*\n)* +tcp-memory: net\.ipv4\.tcp_mem is not known/);
    // So are the counters of neighbours, whatever the kernel was built with: neigh_table_init, net/core/neighbour.c.
    expect(stdout.replace(/\s+/g, " ")).toContain(
      "stat/arp_cache: no such file or directory (ENOENT); the machine's first network namespace alone has it, with CONFIG_INET",
    );
  });

  it("rates are of two samples, and name what they are asked for", () => {
    const { status, stdout } = procnet("rates", "lo", "Tcp.*", "--every", "100ms", "--rounds", "2", "--json");
    expect(status).toBe(0);
    const documents = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(documents).toHaveLength(2);
    for (const { kind, seconds, rates } of documents) {
      expect(kind).toBe("rates");
      expect(seconds).toBeGreaterThan(0.09);
      const names = rates.map(({ name, of }: { name: string; of?: { interface: string } }) => of?.interface ?? name);
      expect(names).toContain("lo");
      expect(names).toContain("Tcp.RetransSegs");
      expect(names).not.toContain("Udp.InDatagrams");
    }
    const { status: none, stderr } = procnet("rates", "InRecieves", "--every", "50ms", "--rounds", "1");
    expect(none).toBe(4);
    expect(stderr).toContain('no counter or interface is called "InRecieves" (did you mean InReceives?)');
  });
});

describe("a repeated command", () => {
  it.each([
    ["stats", "Udp.OutDatagrams", "stats"],
    ["interfaces", "lo", "interfaces"],
  ])("%s tells from the second round on what numbers do a second", (command, name, field) => {
    const args = [command, name, "--every", "100ms", "--rounds", "2", "--json"];
    const [first, second] = procnet(...args)
      .stdout.trim()
      .split("\n")
      .map((line) => JSON.parse(line)[field][0]);
    expect(first).not.toHaveProperty("perSecond");
    expect(second).toHaveProperty("perSecond");
  });
});

describe("with a listener that does not accept", () => {
  let stuck: ReturnType<typeof spawn>;
  let pid: number;
  const before = join(folder, "before");
  const after = join(folder, "after");
  beforeAll(async () => {
    if (reason !== undefined) return;
    stuck = namespace.spawn("python3", ["-ISc", STUCK], { stdio: ["pipe", "pipe", "inherit"] });
    await once(stuck.stdout!, "data");
    expect(procnet("capture", before).status).toBe(0);
    stuck.stdin!.write("\n");
    pid = Number(String(await once(stuck.stdout!, "data")));
  });
  afterAll(() => stuck?.kill());

  it("names the process, the queue, the limit and what to do, and leaves with 6", () => {
    const { status, stdout } = procnet("health");
    expect(status).toBe(6);
    expect(stdout).toMatch(/^crit {2}tcp-accept-queue-overflow {3}tcp 127\.0\.0\.1:8081 {3}python3\[\d+\]\n/m);
    expect(stdout).toContain(`python3[${pid}]`);
    expect(stdout).toMatch(/TcpExt\.ListenOverflows \+\d+ \([\d.]+\/s\); rxQueue of 127\.0\.0\.1:8081 4/);
    // The queue overflowed, so how long it may be was learnt: listen(3) was asked for.
    expect(stdout).toContain("full at 4 (backlog 3 and one)\n");
    expect(stdout).toContain("-> The handshake is done and the program does not call accept(2) fast enough.");
  });

  it("gives one document by its schema", () => {
    const { status, stdout } = procnet("health", "--window", "2s", "--json");
    expect(status).toBe(6);
    const document = JSON.parse(stdout);
    const finding = document.findings.find(({ id }: { id: string }) => id === "tcp-accept-queue-overflow");
    expect(finding).toMatchObject({ severity: "crit", owners: [{ pid, program: "python3", sockets: 1 }] });
    expect(Object.keys(document).sort()).toEqual([...(schemaOf("health").required as string[])].sort());
  });

  it("is a table of resources, too", () => {
    const { status, stdout } = procnet("health", "--window", "1s", "--use");
    expect(status).toBe(6);
    expect(stdout.split("\n")[0]).toMatch(/^RESOURCE +UTILIZATION +SATURATION +ERRORS/);
    expect(stdout).toMatch(/^accept path .*crit tcp-accept-queue/m);
    const { use } = JSON.parse(procnet("health", "--window", "1s", "--use", "--json").stdout);
    expect(use.map(({ resource }: { resource: string }) => resource)).toContain("accept path");
  });

  it("is told from two captures, too, as far as they hold it", () => {
    expect(procnet("capture", after).status).toBe(0);
    const { status, stdout } = procnet("health", "--root", before, "--after", after, "--json");
    expect([5, 6]).toContain(status);
    const { findings } = JSON.parse(stdout);
    const finding = findings.find(({ id }: { id: string }) => id === "tcp-accept-queue-overflow");
    expect(finding.owners).toMatchObject([{ pid, program: "python3" }]);
    expect(finding.limit).toMatchObject({ name: "net.core.somaxconn" });
  });

  it("has happened since boot, which is worth knowing and no more", () => {
    const { status, stdout } = procnet("health", "--since-boot", "--json");
    expect(status).toBe(0);
    const { findings } = JSON.parse(stdout);
    const ids = findings.map(({ id, severity }: { id: string; severity: string }) => `${severity} ${id}`);
    expect(ids).toContain("info tcp-accept-queue-overflow");
  });
});

describe("its exit code", () => {
  const tree = (name: string, files: Readonly<Record<string, string>>): string => {
    mkdirSync(join(folder, name, "net"), { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, name, "net", file), text);
    return join(folder, name);
  };
  const snmp = (discards: number): string =>
    `Ip: Forwarding InDiscards OutDiscards\nIp: 2 ${discards} 0\nUdp: NoPorts\nUdp: 0\n`;
  const judged = (...args: string[]) => {
    const { status, stdout } = spawnSync(process.execPath, [BIN, "health", ...args], { encoding: "utf8" });
    return { status, stdout };
  };

  it("is 3 where nothing could be judged", () => {
    const { status, stdout } = judged("--root", tree("nothing", { arp: "IP address\n" }));
    expect(stdout).toMatch(/^Nothing could be judged\.\n\nIn order: 0 of \d+ kinds of findings\.\n/);
    expect(status).toBe(3);
  });

  it("is 5 for a warning, 0 for what is only worth knowing and for nothing", () => {
    const before = tree("earlier", { snmp: snmp(100) });
    const codes = [2000, 150, 100].map((discards) => {
      const after = tree(`later-${discards}`, { snmp: snmp(discards) });
      // A captured tree is of when its files were written.
      utimesSync(join(before, "net/snmp"), 1_000_000, 1_000_000);
      utimesSync(join(after, "net/snmp"), 1_000_010, 1_000_010);
      const { status, stdout } = judged("--root", before, "--after", after, "--json");
      const found = JSON.parse(stdout).findings.map(({ id, severity }: Record<string, string>) => `${severity} ${id}`);
      return [status, ...found];
    });
    expect(codes).toEqual([[5, "warn ip-discards"], [0, "info ip-discards"], [0]]);
  });

  it("is 4, as of every command, where there is no network at all", () => {
    mkdirSync(join(folder, "empty", "1"), { recursive: true });
    const { status, stderr } = spawnSync(process.execPath, [BIN, "health", "--root", join(folder, "empty")], {
      encoding: "utf8",
    });
    expect(status).toBe(4);
    expect(stderr).toMatch(/cannot read network files/);
  });
});

it.each([
  [["health", "--window", "1s", "--since-boot"], /window/],
  [["health", "--after", "/tmp"], /--after belongs to --root/],
  [["health", "--root", "/tmp", "--after", "/tmp", "--window", "1s"], /window/],
  [["health", "--columns", "nothing"], /nothing/],
  [["health", "--window", "soon"], /--window: 'soon' cannot be used/],
])("%j is refused in one sentence", (args, message) => {
  const { status, stderr } = spawnSync(process.execPath, [BIN, ...args], { encoding: "utf8" });
  expect(status).toBe(2);
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split("\n").length).toBeLessThanOrEqual(2);
});
