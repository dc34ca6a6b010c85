import type { Finding, FindingLimit } from "../../live/health/finding.ts";

/** A finding about a row, in short. */
export interface RowFinding {
  /** Which finding. */
  readonly id: string;
  /** How bad it is. */
  readonly severity: Finding["severity"];
}

/** What of a finding tells which rows it is about: all of one has it. */
export type AboutFinding = Pick<Finding, "id" | "severity" | "subject" | "owners" | "limit">;

/** Findings by what they are about. */
export class FindingsAbout {
  private readonly findings = new Map<string, AboutFinding[]>();

  constructor(findings: readonly AboutFinding[] = []) {
    for (const finding of findings) for (const key of new Set(keysOf(finding))) this.put(key, finding);
  }

  /** Of a process: those about it, and those that it has to do with. */
  process(pid: number | undefined): RowFinding[] {
    return pid === undefined ? [] : this.of(processKey(pid));
  }

  /** Of a socket that waits for connections. */
  listener(protocol: string, address: string, port: number): RowFinding[] {
    return this.of(listenerKey(protocol, address, port));
  }

  /** Of where connections lead to. */
  destination(address: string, port: number): RowFinding[] {
    const all = [...this.of(destinationKey(address, port)), ...this.of(destinationKey(address, undefined))];
    return distinct(all);
  }

  /** How many connections may wait for a listener, where that was learnt. */
  backlog(protocol: string, address: string, port: number): FindingLimit | undefined {
    const about = this.findings.get(listenerKey(protocol, address, port)) ?? [];
    return about.find(({ limit }) => limit?.scope === "listener")?.limit;
  }

  private put(key: string, finding: AboutFinding): void {
    const known = this.findings.get(key);
    if (known === undefined) this.findings.set(key, [finding]);
    else known.push(finding);
  }

  private of(key: string): RowFinding[] {
    return distinct(this.findings.get(key) ?? []);
  }
}

/** One of each. */
export function distinct(findings: readonly RowFinding[]): RowFinding[] {
  const seen = new Map<string, RowFinding>();
  for (const { id, severity } of findings) if (!seen.has(id)) seen.set(id, { id, severity });
  return [...seen.values()];
}

function keysOf({ subject, owners }: AboutFinding): string[] {
  const holders = owners.map(({ pid }) => processKey(pid));
  switch (subject.kind) {
    case "process":
      return [processKey(subject.pid), ...holders];
    case "listener":
      return [listenerKey(subject.protocol, subject.address, subject.port), ...holders];
    case "destination":
      return [destinationKey(subject.address, subject.port), ...holders];
    default:
      return holders;
  }
}

function processKey(pid: number): string {
  return `process ${pid}`;
}

function listenerKey(protocol: string, address: string, port: number): string {
  return `listener ${protocol} ${address} ${port}`;
}

function destinationKey(address: string, port: number | undefined): string {
  return `destination ${address} ${port ?? "*"}`;
}
