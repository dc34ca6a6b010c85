import type { Finding, WatchedOwner, WatchedSocket } from "procnet";
import { FINDINGS } from "procnet";
import { describe, expect, it } from "vitest";
import { limitsOf } from "../../../../test/support/live/sample.ts";
import { look } from "../../../../test/support/server/looks.ts";
import { ownerNamed, tcpSocket } from "../../../../test/support/sockets/tcp-socket.ts";
import { turnsDuring } from "../../../../test/support/turns.ts";
import type { Look } from "../sampler/sampler.ts";
import type { Expose } from "./expose.ts";
import { type GroupView, groupDocument } from "./groups.ts";
import { questionOf } from "./question.ts";

type Rows = readonly Record<string, unknown>[];

const owner = (pid: number, program: string): WatchedOwner => ({
  ...ownerNamed(program),
  ...{ pid, comm: "secret-comm", cmdline: ["secret"], exe: "/secret/exe", cgroup: "/secret", uid: 33_333 },
});
const WEB = owner(4242, "web");
const OTHER = owner(4343, "web");
const DB = owner(5555, "db");
const PEER = "192.0.2.77";

const listener = tcpSocket({
  state: "LISTEN",
  localAddress: PEER,
  localPort: 80,
  remotePort: 0,
  rxQueue: 7,
  owners: [WEB],
});
const taken = tcpSocket({ localPort: 80, remotePort: 9000, owners: [OTHER] });
const called = (localPort: number, by = DB, remoteAddress = PEER) =>
  tcpSocket({ localAddress: "192.0.2.5", localPort, remoteAddress, remotePort: 443, owners: [by] });
const SOCKETS: readonly WatchedSocket[] = [listener, taken, called(1001), called(1002), called(1003, DB, "192.0.2.78")];

const finding = (subject: Finding["subject"], held: WatchedOwner, limit?: Finding["limit"]): Finding => ({
  ...{
    id: FINDINGS[0]!.id,
    severity: "warn",
    since: "2026-01-01T00:00:00.000Z",
    window: 1,
    namespace: 1,
    evidence: [],
  },
  ...{ subject, limit, summary: "secret", help: "secret" },
  owners: [{ pid: held.pid, startTime: 100, program: held.program, container: undefined, unit: undefined, sockets: 1 }],
});
const BACKLOG = { name: "backlog", value: 6, file: "4242/secret", scope: "listener" } as const;

/** A look with findings about a listener and a destination, and the descriptors of one process. */
function found(sockets: readonly WatchedSocket[] = SOCKETS): Look {
  const plain = look(1, sockets);
  const findings = [
    finding({ kind: "listener", protocol: "tcp", address: PEER, port: 80 }, WEB, BACKLOG),
    finding({ kind: "destination", address: PEER, port: 443 }, DB),
  ];
  const processes = [{ pid: 4242, startTime: 100, program: "web", descriptors: 9, limit: 1024 }];
  return { ...plain, health: { ...plain.health, findings }, sample: { ...plain.sample, processes } };
}

async function rows(view: GroupView, expose: Expose, filter?: string, from = found(), limit = 500): Promise<Rows> {
  const document = JSON.parse(await groupDocument(view, from, questionOf(filter, "all", expose), limit));
  return document[view];
}

describe("processes", () => {
  it("have their ports, descriptors and findings", async () => {
    const [db, ...web] = await rows("processes", "owners");
    expect(db).toMatchObject({ pid: 5555, sockets: 3, listens: [], findings: [{ severity: "warn" }] });
    expect(db).not.toHaveProperty("descriptors");
    expect(web).toMatchObject([
      { pid: 4242, listens: [80], descriptors: 9, descriptorLimit: 1024, findings: [{ id: FINDINGS[0]!.id }] },
      { pid: 4343, listens: [], findings: [] },
    ]);
  });

  it("are programs where the least is told", async () => {
    const told = await rows("processes", "minimal");
    expect(told).toMatchObject([
      { program: "db", sockets: 3 },
      { program: "web", sockets: 2, listens: [80], findings: [{ severity: "warn" }] },
    ]);
    expect(told[1]).not.toHaveProperty("descriptors");
  });

  it("are those of the sockets that pass a filter", async () => {
    expect(await rows("processes", "owners", "dport = :443 and dst 192.0.2.78")).toMatchObject([
      { pid: 5555, sockets: 1 },
    ]);
    expect(await rows("processes", "owners", "dport = :1")).toEqual([]);
  });
});

describe("listeners", () => {
  it("count connections of their port, whatever the filter chooses", async () => {
    expect(await rows("listeners", "owners", "state listening")).toMatchObject([
      {
        localPort: 80,
        waiting: 7,
        fullAt: 7,
        connections: 1,
        owners: [{ pid: 4242 }],
        findings: [{ severity: "warn" }],
      },
    ]);
    expect(await rows("listeners", "owners", "pid = 4343")).toEqual([]);
  });
});

describe("destinations", () => {
  it("are told with who connects, and not those whose connections were taken here", async () => {
    const told = await rows("destinations", "owners");
    expect(told).toMatchObject([
      { remoteAddress: PEER, remotePort: 443, sockets: 2, holders: [{ pid: 5555, program: "db", sockets: 2 }] },
      { remoteAddress: "192.0.2.78", sockets: 1, findings: [] },
    ]);
    expect(told[0]!.findings).toHaveLength(1);
    // What is listened on is known of all sockets, not only of those that pass.
    expect(await rows("destinations", "owners", "sport = :80")).toEqual([]);
  });

  it("are networks and programs where the least is told", async () => {
    expect(await rows("destinations", "minimal")).toMatchObject([
      { remoteAddress: "192.0.2.0/24", sockets: 3, holders: [{ program: "db", sockets: 3 }], findings: [{}] },
    ]);
  });

  it("have their local ports where these are known", async () => {
    const many = Array.from({ length: 60 }, (_, at) => called(40_000 + at));
    const { digestSockets } = await import("procnet");
    const plain = found(many);
    const known = limitsOf({
      "net.ipv4.ip_local_port_range": [40_000, 40_099],
      "net.ipv4.ip_local_reserved_ports": [],
    });
    const sample = { ...plain.sample, sockets: digestSockets(many) };
    const told = await rows("destinations", "owners", undefined, { ...plain, sample, limits: known });
    expect(told).toMatchObject([{ sockets: 60, portsUsed: 60, portsUsable: 100 }]);
  });
});

describe.each(["processes", "listeners", "destinations"] as const)("%s", (view) => {
  it("tell nothing that is hidden", async () => {
    expect(JSON.stringify(await rows(view, "minimal"))).not.toMatch(
      /4242|4343|5555|33333|secret|192\.0\.2\.\d\b(?!\/)|192\.0\.2\.7/,
    );
    const owners = JSON.stringify(await rows(view, "owners"));
    expect(owners).not.toMatch(/secret\/|"cmdline"|"exe"|"cgroup"/);
  });

  it("are as many as are asked for, and say how many there are", async () => {
    const sockets = Array.from({ length: 30 }, (_, at) => [
      tcpSocket({ state: "LISTEN", localPort: 100 + at, remotePort: 0, owners: [owner(100 + at, "many")] }),
      called(2000 + at, owner(100 + at, "many"), `198.51.100.${at}`),
    ]).flat();
    const document = await groupDocument(view, found(sockets), questionOf(undefined, "all", "owners"), 10);
    const parsed = JSON.parse(document);
    expect([parsed.total, parsed[view].length]).toEqual([30, 10]);
  });

  it("let others have their turn", async () => {
    const sockets = Array.from({ length: 50_000 }, (_, at) => called(at % 60_000, DB, `198.51.${at >> 8}.${at % 256}`));
    const from = found(sockets);
    expect(await turnsDuring(() => rows(view, "owners", "dport = :443", from))).toBeGreaterThan(20);
  });

  it("are written once for all who ask the same", async () => {
    const from = found();
    const ask = (filter?: string) => groupDocument(view, from, questionOf(filter, "all", "owners"), 500);
    expect(ask()).toBe(ask());
    expect(ask("sport = :80")).not.toBe(ask());
    // What is kept is bounded: with many questions the last ones are answered anew.
    for (let port = 1; port < 40; port++) await ask(`sport = :${port}`);
    expect(ask("sport = :39")).not.toBe(ask("sport = :39"));
  });
});
