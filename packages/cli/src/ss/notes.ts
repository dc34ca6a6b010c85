/** What ss shows and a source of sockets may not tell, as it is called in a sentence. */
export const UNTOLD = {
  backlog: "Send-Q of listeners",
  unixQueues: "queues of unix sockets",
  unixPeers: "peers of unix sockets",
  details: "cookies, control groups and how far sockets are shut down (-e)",
  unixDetails: "files and waiting connections of unix sockets (-e)",
  packetDetails: "rings and flags of packet sockets (-e)",
  packetFilters: "filters of packet sockets (-b)",
  info: "figures of TCP but for the congestion window (-i)",
  memory: "memory (-m)",
  tos: "type of service (--tos)",
  cgroup: "control groups (--cgroup)",
  sockopt: "options (--inet-sockopt)",
} as const;

export type Untold = keyof typeof UNTOLD;

/** What was left out, to be said once and behind all else. */
export class Notes {
  /** Who tells of the sockets that are shown at the moment: what the kernel does not tell of one it has not. */
  teller: "procfs" | "kernel" = "procfs";
  private readonly untold = new Set<Untold>();
  private readonly tables = new Set<string>();

  /** Something of a socket is not known. */
  lacks(what: Untold): void {
    if (this.teller === "procfs") this.untold.add(what);
  }

  /** Sockets of a table that was named are not known. */
  lacksTable(name: string): void {
    this.tables.add(name);
  }

  /** A sentence; `undefined` where nothing was left out. `help`: what would tell it. */
  sentence(help: string): string | undefined {
    const all = [
      ...[...this.tables].map((name) => `sockets of ${name}`),
      ...[...this.untold].map((what) => UNTOLD[what]),
    ];
    if (all.length === 0) return undefined;
    return `ss: procfs does not tell ${all.join("; ")}${this.untold.size > 0 ? help : ""}`;
  }
}
