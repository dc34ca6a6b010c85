import type { Finding, PacketSocket, Subject, WatchedSocket } from "procnet";
import { FINDINGS } from "procnet";
import { describe, expect, it } from "vitest";
import { networkOf } from "../network.ts";
import { exposedOwner, exposedSocket } from "./expose.ts";
import { exposedFinding, exposedUnknown } from "./expose-finding.ts";

const OWNER = {
  pid: 4242,
  startTime: 777_777,
  program: "nginx",
  comm: "worker-comm",
  cmdline: ["nginx", "--password=secret"],
  exe: "/secret/nginx",
  uid: 33_333,
  fds: [7],
  cgroup: "/secret.slice",
  container: { runtime: "docker", id: "abc" },
  unit: "secret@33333.service",
} as const;

describe("a network", () => {
  it.each([
    ["192.0.2.77", "192.0.2.0/24"],
    ["127.0.0.53", "127.0.0.0/24"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"],
    ["fe80::1", "fe80::/48"],
    ["::ffff:192.0.2.77", "::ffff:192.0.2.0/120"],
    ["::FFFF:192.0.2.77", "::ffff:192.0.2.0/120"],
    ["::ffff:0.0.0.0", "::ffff:0.0.0.0"],
    ["0.0.0.0", "0.0.0.0"],
    ["127.0.0.1", "127.0.0.1"],
    ["::", "::"],
    ["::1", "::1"],
    ["::2", "::/48"],
    ["no address", ""],
    ["192.0.2.0/32", ""],
  ])("of %s is %s", (address, network) => expect(networkOf(address)).toBe(network));
});

describe("an owner", () => {
  it("keeps what its class tells, and nothing that a later release adds", () => {
    const more = { ...OWNER, environment: "secret" };
    expect(exposedOwner(more, "full")).toBe(more);
    expect(Object.keys(exposedOwner(more, "owners"))).toEqual([
      ...["pid", "startTime", "program", "comm", "uid", "fds", "container", "unit"],
    ]);
    expect(exposedOwner(more, "minimal")).toEqual({ program: "nginx", container: OWNER.container });
  });
});

const CONTEXT = { namespace: 1, owners: [OWNER], ownerless: undefined } as const;
const UNIX: WatchedSocket = {
  ...CONTEXT,
  protocol: "unix",
  refCount: 2,
  flags: 0,
  listening: true,
  type: "STREAM",
  state: "UNCONNECTED",
  inode: 5,
  path: "/secret/path",
};

describe("a row", () => {
  it.each(["owners", "minimal"] as const)("of a unix socket has no path: %s", (expose) => {
    const row = exposedSocket({ ...UNIX, pathBytes: Uint8Array.of(1) }, expose);
    expect(JSON.stringify(row)).not.toContain("secret/");
    expect(Object.keys(row)).not.toContain("pathBytes");
    expect(row).toMatchObject({ inode: 5, commonState: "LISTEN", owners: [{ program: "nginx" }] });
  });
});

const PACKET: PacketSocket = {
  ...CONTEXT,
  protocol: "packet",
  refCount: undefined,
  sk: undefined,
  etherType: 3,
  type: 3,
  ifIndex: 0,
  running: true,
  rmem: 0,
  uid: 0,
  inode: 6,
  version: "TPACKET_V3",
  reserve: 0,
  copyThreshold: 0,
  timestamp: 0,
  packetOptions: { auxdata: true, origdev: false, vnethdr: false, loss: false },
  memberships: [{ ifIndex: 2, count: 1, type: "UNICAST", address: "02:00:00:00:be:ef" }],
  fanout: { id: 7, type: "hash" },
  filter: [{ code: 0x15, jt: 0, jf: 1, k: 0xc000024d }],
};

describe("a row of a packet socket", () => {
  it("has no filter where owners are told: it holds addresses that a program looks for", () => {
    const { version, memberships, fanout } = PACKET;
    expect(exposedSocket(PACKET, "owners")).toMatchObject({ version, memberships, fanout });
    expect(exposedSocket(PACKET, "owners")).not.toHaveProperty("filter");
    expect(exposedSocket(PACKET, "full")).toMatchObject({ filter: PACKET.filter });
  });

  it("has what procfs tells where the least is told", () => {
    expect(Object.keys(exposedSocket(PACKET, "minimal")).sort()).toEqual(
      [
        ...["commonState", "etherType", "ifIndex", "inode", "namespace", "ownerless", "owners", "protocol", "refCount"],
        ...["rmem", "running", "type"],
      ].sort(),
    );
  });
});

const SUBJECTS: readonly Subject[] = [
  { kind: "machine" },
  { kind: "listener", protocol: "tcp", address: "192.0.2.77", port: 80 },
  { kind: "unix-listener", path: "/secret/path" },
  { kind: "process", pid: 4242, program: "nginx" },
  { kind: "destination", address: "192.0.2.77", port: 443, from: "192.0.2.78" },
  { kind: "socket", protocol: "tcp", inode: 5, local: "192.0.2.77:80", remote: "192.0.2.78:81" },
  { kind: "socket", protocol: "unix", inode: 5, local: "/secret/path", remote: "" },
  { kind: "interface", interface: "eth0", index: 2 },
];

function finding(subject: Subject): Finding {
  const words = "nginx (process 4242) at 192.0.2.77:80";
  return {
    id: FINDINGS[0]!.id,
    severity: "warn",
    since: "2026-01-01T00:00:00.000Z",
    window: 1000,
    subject,
    namespace: 1,
    evidence: [{ name: "fd", file: "4242/fd", value: 1 }],
    limit: { name: "Max open files", value: 2, file: "/proc/4242/limits", scope: "process" },
    owners: [{ pid: 4242, startTime: 777_777, program: "nginx", container: undefined, unit: OWNER.unit, sockets: 3 }],
    summary: isOfPath(subject) ? `${words}, /secret/path` : words,
    help: isOfPath(subject) ? "Look at /secret/path." : "Look.",
  };
}

function isOfPath(subject: Subject): boolean {
  return subject.kind === "unix-listener" || (subject.kind === "socket" && subject.protocol === "unix");
}

describe("a finding", () => {
  it.each(SUBJECTS)("names no path where owners are told: $kind", (subject) => {
    const told = JSON.stringify(exposedFinding(finding(subject), "owners"));
    expect(told).not.toContain("/secret");
    expect(told).toContain('"pid":4242');
  });

  it.each(SUBJECTS)("names no process, address or path where the least is told: $kind", (subject) => {
    const told = exposedFinding(finding(subject), "minimal");
    expect(JSON.stringify(told)).not.toMatch(/4242|777777|192\.0\.2\.7|secret/);
    expect(told).toMatchObject({ owners: [{ program: "nginx", sockets: 3 }], summary: FINDINGS[0]!.title });
  });

  it("that is unknown has its reason only where the least is told", () => {
    const unknown = { id: "x", reason: "no-right", message: "cannot read /proc/4242/fd" } as const;
    expect(exposedUnknown(unknown, "minimal")).toEqual({ ...unknown, message: "no-right" });
    expect(exposedUnknown(unknown, "full")).toBe(unknown);
  });
});
