import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FlatRow } from "procnet/view";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ClickHouse } from "../support/fleet/clickhouse.ts";
import { DuckDb, noDuckDb } from "../support/fleet/duckdb.ts";
import type { Answer, Engine, FleetDatabase } from "../support/fleet/engine.ts";
import { ADDRESS, CONTAINERS, type FleetScene, fleetScene, POD } from "../support/fleet/scene.ts";
import { scaled } from "../support/time.ts";
import { missingTools, skipIf } from "../support/tools.ts";

/*
 * Rows that the whole program prints, of sockets that are opened and closed meanwhile, in the engines that people have: the tables and
 * queries are those that are shipped, and what they answer is compared with what was done and printed.
 */

let scene: FleetScene;
let folder: string;
beforeAll(async () => {
  if (missingTools("python3") !== undefined) return;
  folder = mkdtempSync(join(tmpdir(), "procnet-fleet-"));
  scene = await fleetScene();
}, scaled(60_000));
afterAll(() => folder !== undefined && rmSync(folder, { recursive: true, force: true }));

/** Rows as a file. */
function fileOf(name: string, rows: readonly FlatRow[]): string {
  const file = join(folder, `${name}.ndjson`);
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return file;
}

/** The same whether an engine writes numbers of 64 bits as text or not. */
const plain = (answers: readonly Answer[]): Record<string, string | null>[] =>
  answers.map((answer) =>
    Object.fromEntries(
      Object.entries(answer).map(([name, value]) => [name, value === null ? null : String(value).replace(/^\\N$/, "")]),
    ),
  );

interface Kind {
  readonly missing: () => Promise<string | undefined>;
  readonly start: () => Promise<Engine>;
}

const ENGINES: readonly (readonly [name: string, kind: Kind])[] = [
  [
    "ClickHouse",
    {
      missing: async () => missingTools("python3", "clickhouse-server", "clickhouse-client"),
      start: () => ClickHouse.start(),
    },
  ],
  ["DuckDB", { missing: async () => missingTools("python3") ?? (await noDuckDb()), start: async () => new DuckDb() }],
];

describe.each(ENGINES)("%s", (_, { missing, start }) => {
  let reason: string | undefined;
  let engine: Engine | undefined;
  let fleet: FleetDatabase;
  beforeAll(async () => {
    reason = await missing();
    if (reason !== undefined) return;
    engine = await start();
    fleet = await engine.open();
    await fleet.load(fileOf("watched", scene.watched));
    await fleet.load(fileOf("last", scene.last));
  }, scaled(60_000));
  afterAll(() => engine?.close());

  /** What the farm's sockets have in common. */
  const farm = (): { host: string; program: string } => {
    const { pid, port } = scene.farm;
    const { program } = scene.last.find((row) => row.pid === pid && row.local_port === port)!;
    return { host: scene.host, program: program! };
  };

  it("says who listens on a port", async (context) => {
    skipIf(context, reason);
    const { port, pid } = scene.farm;
    expect(plain(await fleet.ask("port", { port }))).toMatchObject([
      { ...farm(), protocol: "tcp", local_address: ADDRESS, pid: String(pid) },
    ]);
    expect(plain(await fleet.ask("port", { port: 5432 })).filter(({ host }) => host !== scene.host)).toMatchObject([
      { host: "web1", program: "postgres", pid: "7", container_id: CONTAINERS.web1 },
      { host: "web2", program: "postgres", pid: "7", container_id: CONTAINERS.web2 },
    ]);
  });

  it("counts the sockets of programs by state", async (context) => {
    skipIf(context, reason);
    const { program } = farm();
    const states = plain(await fleet.ask("states"));
    const of = (name: string): unknown =>
      Object.fromEntries(
        states.flatMap((row) => (row.program === name ? [[row.state, [row.sockets, row.hosts]]] : [])),
      );
    expect(of(program)).toEqual({ LISTEN: ["1", "1"], ESTABLISHED: ["10", "1"], CLOSE_WAIT: ["3", "1"] });
    expect(of("postgres")).toEqual({ LISTEN: ["2", "2"], ESTABLISHED: ["2", "2"], CLOSE_WAIT: ["2", "2"] });
    const all = states.reduce((sum, { sockets }) => sum + Number(sockets), 0);
    expect(all).toBe(scene.last.length);
  });

  it("says who does not close, and has not read", async (context) => {
    skipIf(context, reason);
    const answers = plain(await fleet.ask("close-wait"));
    expect(answers).toContainEqual(expect.objectContaining({ ...farm(), sockets: "3", unread_bytes: "15" }));
    expect(answers.find(({ host }) => host === "web1")).toMatchObject({ program: "postgres", sockets: "1" });
  });

  it("says who was connected to an address, also those that are gone", async (context) => {
    skipIf(context, reason);
    const since = scene.watched[0]!.taken_at;
    const answers = plain(await fleet.ask("connects-to", { address: ADDRESS, since }));
    const own = answers.filter(({ program }) => program === farm().program);
    expect(own).toMatchObject([{ ...farm(), remote_port: String(scene.farm.port), connections: "6" }]);
    const later = new Date(Date.parse(scene.last[0]!.taken_at) + 60_000).toISOString();
    expect(await fleet.ask("connects-to", { address: ADDRESS, since: later })).toEqual([]);
  });

  it("knows the containers with the most sockets", async (context) => {
    skipIf(context, reason);
    const answers = plain(await fleet.ask("containers")).filter(({ host }) => host !== scene.host);
    expect(answers).toEqual([
      ...[["web1", "docker", CONTAINERS.web1, null] as const, ["web2", null, CONTAINERS.web2, POD] as const].map(
        ([host, container_runtime, container_id, pod_uid]) => ({
          host,
          container_runtime,
          container_id,
          pod_uid,
          sockets: "3",
          established: "1",
        }),
      ),
    ]);
  });

  it("counts what was opened and closed", async (context) => {
    skipIf(context, reason);
    const answers = plain(await fleet.ask("churn", { since: scene.watched[0]!.taken_at }));
    const counted = (event: string): Map<string | null, number> => {
      const counts = new Map<string | null, number>();
      for (const row of scene.watched)
        if (row.event === event) counts.set(row.program, (counts.get(row.program) ?? 0) + 1);
      return counts;
    };
    for (const event of ["opened", "closed"]) {
      const summed = new Map<string | null, number>();
      for (const { program = null, [event]: count } of answers)
        if (count !== "0") summed.set(program, (summed.get(program) ?? 0) + Number(count));
      expect(summed).toEqual(counted(event));
      expect(summed.get(farm().program)).toBeGreaterThan(0);
    }
  });

  it("knows what was there at a time, from a snapshot and what happened since", async (context) => {
    skipIf(context, reason);
    const {
      host,
      farm: { clientPort, port },
      watched,
    } = scene;
    const at = async (moment: string): Promise<readonly unknown[]> =>
      plain(await fleet.ask("at", { host, moment })).filter(
        (row) => row.local_port === String(clientPort) && row.remote_port === String(port),
      );
    const events = watched.filter((row) => row.local_port === clientPort && row.event !== "snapshot");
    const [opened] = events;
    const closed = events.findLast(({ event }) => event === "closed")!;
    const before = new Date(Date.parse(opened!.taken_at) - 1).toISOString();
    expect(await at(before)).toEqual([]);
    expect(await at(opened!.taken_at)).toHaveLength(1);
    expect(await at(new Date(Date.parse(closed.taken_at) - 1).toISOString())).toHaveLength(1);
    expect(await at(closed.taken_at)).toEqual([]);
  });

  it("gets to each later snapshot from the first and the events alone", async (context) => {
    skipIf(context, reason);
    const { watched, host } = scene;
    const [first] = watched;
    const isSnapshot = ({ event }: FlatRow): boolean => event === "snapshot";
    const events = watched.filter((row) => !isSnapshot(row) || row.taken_at === first!.taken_at);
    const replay = await engine!.open();
    await replay.load(fileOf("events", events));
    const times = new Set(watched.filter(isSnapshot).map((row) => row.taken_at));
    expect(times.size).toBeGreaterThan(2);
    for (const moment of times) {
      const there = watched.filter((row) => isSnapshot(row) && row.taken_at === moment);
      const replayed = plain(await replay.ask("at", { host, moment }));
      expect(replayed.map(endsOf).sort()).toEqual(
        plain(there.map((row) => ({ ...row })))
          .map(endsOf)
          .sort(),
      );
    }
  });

  it("takes what a machine told last, and of what closed and opened in one look, what opened", async (context) => {
    skipIf(context, reason);
    const listener = scene.last.find(({ state, program }) => state === "LISTEN" && program === "postgres")!;
    const connection = scene.last.find(({ state, program }) => state === "ESTABLISHED" && program === "postgres")!;
    const [first, second, third] = [3000, 2000, 1000].map((ago) => new Date(Date.now() - ago).toISOString());
    const told = (row: FlatRow, event: FlatRow["event"], taken_at = ""): FlatRow => ({ ...row, event, taken_at });
    const database = await engine!.open();
    const rows = [
      ...[told(listener, "snapshot", first), told(connection, "snapshot", first)],
      ...[told(listener, "closed", second), told(connection, "closed", second), told(connection, "opened", second)],
      told({ ...connection, state: "CLOSE_WAIT" }, "snapshot", third),
    ];
    await database.load(fileOf("told", rows));
    const { host = null } = listener;
    const at = async (moment: string | undefined): Promise<unknown[]> =>
      plain(await database.ask("at", { host: host!, moment: moment! })).map(({ state }) => state);
    expect(await at(first)).toEqual(expect.arrayContaining(["ESTABLISHED", "LISTEN"]));
    expect(await at(second)).toEqual(["ESTABLISHED"]);
    expect(await at(third)).toEqual(["CLOSE_WAIT"]);
    expect(await database.ask("port", { port: 5432 })).toEqual([]);
    expect(plain(await database.ask("states"))).toMatchObject([{ state: "CLOSE_WAIT", sockets: "1" }]);
    expect(plain(await database.ask("close-wait"))).toHaveLength(1);
    expect(plain(await database.ask("containers"))).toMatchObject([{ sockets: "1" }]);
    expect(await database.ask("listening-ports")).toEqual([]);
  });

  it("has the table of osquery", async (context) => {
    skipIf(context, reason);
    const {
      farm: { pid, port },
      host,
      last,
    } = scene;
    const answers = plain(await fleet.ask("listening-ports"));
    expect(answers).toHaveLength(last.filter(({ state }) => state === "LISTEN").length);
    expect(answers.find((row) => row.host === host && row.port === String(port))).toMatchObject({
      ...{ pid: String(pid), protocol: "6", family: "2", address: ADDRESS },
    });
  });
});

function endsOf(row: Record<string, string | null>): string {
  const { protocol, state, local_address, local_port, remote_address, remote_port, program } = row;
  return [protocol, state, local_address, local_port, remote_address, remote_port, program].join(" ");
}
