import { expect, it } from "vitest";
import { tcp } from "../../../../../test/support/sockets/explain-cells.ts";
import { FINDINGS } from "../health/facts.ts";
import type { Finding } from "../health/finding.ts";
import { explain } from "./explain.ts";
import { explainFinding } from "./finding.ts";

const FOUND: Finding = {
  id: "tcp-accept-queue-overflow",
  severity: "crit",
  since: "2026-01-01T00:00:00.000Z",
  window: 5000,
  subject: { kind: "listener", protocol: "tcp", address: "127.0.0.1", port: 8080 },
  namespace: 1,
  evidence: [
    { name: "TcpExt.ListenOverflows", file: "net/netstat", value: 31, before: 7, delta: 24, perSecond: 4.8123 },
    { name: "rxQueue of 127.0.0.1:8080", file: "net/tcp", value: 4 },
  ],
  limit: { name: "net.core.somaxconn", value: 4096, file: "/proc/sys/net/core/somaxconn", scope: "namespace" },
  owners: [{ pid: 42, startTime: 1, program: "nginx", container: undefined, unit: undefined, sockets: 1 }],
  summary: "24 connections were dropped in 5.0 s because an accept queue was full",
  help: "Make it accept faster.",
};

it("says of a finding what was seen, in words and with its numbers, what would help, and what is not known", () => {
  const { text, kind, id, unknown } = explain(FOUND);
  expect([kind, id]).toEqual(["finding", "tcp-accept-queue-overflow"]);
  expect(text).toContain("24 connections were dropped in 5.0 s because an accept queue was full. Severity crit,");
  expect(text).toContain("TcpExt.ListenOverflows grew by 24, 4.81 a second, to 31 (net/netstat).");
  expect(text).toContain("rxQueue of 127.0.0.1:8080 is 4 (net/tcp).");
  expect(text).toContain(
    "The limit of the listener is not known; it is at most net.core.somaxconn, 4,096 (/proc/sys/net/core/somaxconn).",
  );
  expect(text).toContain("Concerned: nginx (process 42, 1 socket).");
  expect(text).toContain("Make it accept faster.");
  expect(unknown).toEqual([
    { what: "the backlog it asked listen(2) for, which may be lower than somaxconn", where: "Send-Q of ss -lt" },
  ]);
});

it("says once when a queue is full whose backlog was learnt, and not that it cannot be told", () => {
  const limit = { name: "backlog", value: 1500, file: "learnt while ListenOverflows rose", scope: "listener" } as const;
  const { text, unknown } = explain({ ...FOUND, limit });
  expect(text).toContain("It is full at 1,501: at one more than its backlog, which is 1,500 (learnt while ");
  expect(text).not.toContain("limit");
  expect(unknown).toEqual([]);
});

it("says that owners are not known where there are none, and keeps the summary of a finding of another version", () => {
  const other = explain({ ...FOUND, id: "of-another-version", owners: [], limit: undefined });
  expect(other.title).toBe(FOUND.summary);
  expect(other.sources).toEqual([]);
  expect(other.unknown.map(({ what }) => what)).toEqual([
    "which processes are concerned",
    "the backlog of the listener",
  ]);
  expect(explain({ ...FOUND, subject: { kind: "machine" }, owners: [] }).unknown).toEqual([]);
});

it("explains every finding by its id, with its marks and sources", () => {
  for (const { id, title, help, sources, thresholds } of FINDINGS) {
    const found = explain(id);
    expect(found).toMatchObject({ kind: "finding", id, title, help, sources });
    for (const source of sources) expect(found.text).toContain(source);
    for (const mark of Object.values(thresholds)) expect(found.text).toContain(String(mark));
  }
});

it("tells sockets, counters and findings apart", () => {
  expect(explain(tcp({})).kind).toBe("socket");
  expect(explain("TcpExt.ListenDrops").kind).toBe("counter");
  expect(explain("tcp-accept-queue-overflow").kind).toBe("finding");
});

it("refuses what is none of them", () => {
  expect(explainFinding("nothing")).toBeUndefined();
  expect(() => explain("nothing\u001b[31m")).toThrow(
    /^explain: no counter and no finding is called "nothing\\x1b\[31m"/,
  );
  expect(() => explain("x".repeat(1e5))).toThrow(/^.{60,200}$/);
  const wrong: readonly unknown[] = [undefined, null, 7, {}, []];
  for (const one of wrong) {
    expect(() => Reflect.apply(explain, undefined, [one])).toThrow(
      /^explain: expected a socket, a finding, or the name/,
    );
  }
});
