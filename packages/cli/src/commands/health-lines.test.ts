import type { Finding } from "procnet";
import { expect, it } from "vitest";
import { healthLines } from "./health-lines.ts";

const HOSTILE = "/run/x\u001b[31m\u202e.sock";

it("nothing that a program chose steers a terminal: path, name, summary, evidence, help, reason", () => {
  const owner = { pid: 7, startTime: 1, program: HOSTILE, container: undefined, unit: undefined, sockets: 1 };
  const finding: Finding = {
    ...{ id: "unix-accept-queue", severity: "warn", since: "2026-01-01T00:00:00.000Z", window: 5000, namespace: 1 },
    subject: { kind: "unix-listener", path: HOSTILE },
    evidence: [{ name: `waiting at ${HOSTILE}`, file: "net/unix", value: 3 }],
    limit: undefined,
    owners: [owner],
    summary: `3 wait at ${HOSTILE}`,
    help: `See ${HOSTILE}.`,
  };
  const unknown = [{ id: "tls-errors", reason: "no-file", message: HOSTILE } as const];
  const health = { findings: [finding], unknown, ok: [], window: 5000, samples: 2 };
  const text = healthLines(health, undefined).join("\n");
  expect(text).not.toMatch(/\u001b|\u202e/);
  expect(text.match(/\\x1b\[31m\\u\{202e\}/g)).toHaveLength(6);
});

it("calls the network namespace that is looked at this one, and another by its number", () => {
  const finding: Finding = {
    ...{ id: "tcp-bind-ports", severity: "warn", since: "2026-01-01T00:00:00.000Z", window: 5000, namespace: 5 },
    ...{ subject: { kind: "namespace", namespace: 5 }, evidence: [], limit: undefined, owners: [] },
    ...{ summary: "ports", help: "wider" },
  };
  const health = { findings: [finding], unknown: [], ok: [], window: 5000, samples: 2 };
  expect(healthLines(health, undefined, 5)[0]).toBe("warn  tcp-bind-ports   this network namespace");
  expect(healthLines(health, undefined)[0]).toBe("warn  tcp-bind-ports   network namespace 5");
});
