import type { Socket } from "procnet";
import { containerName, hasHiddenOwner, stateOf } from "procnet/view";
import type { SOCKETS } from "../flags/definitions.ts";
import type { OptionsOf } from "../flags/spec.ts";
import { type Report, tableOf } from "../output/report.ts";
import type { Column } from "../output/table.ts";

/** How many sockets have something in common. */
interface Count {
  readonly key: string | number;
  readonly count: number;
}

interface Key {
  /** Whether owners have to be looked for. */
  readonly owners: boolean;
  /** What is counted; nothing for sockets that have no such thing. */
  readonly of: (socket: Socket) => readonly (string | number)[];
}

export type CountKey = NonNullable<OptionsOf<typeof SOCKETS.options>["countBy"]>;

/** What sockets can be counted by. A socket that several processes hold counts for each of them. */
export const COUNT_KEYS: Readonly<Record<CountKey, Key>> = {
  state: { owners: false, of: (socket) => [stateOf(socket)] },
  port: { owners: false, of: (socket) => ("localPort" in socket ? [socket.localPort] : []) },
  process: { owners: true, of: processesOf },
  peer: { owners: false, of: peerOf },
  protocol: { owners: false, of: (socket) => [socket.protocol] },
  uid: { owners: false, of: (socket) => ("uid" in socket && socket.uid !== undefined ? [socket.uid] : []) },
  container: { owners: true, of: containersOf },
  netns: { owners: false, of: (socket) => (socket.namespace === undefined ? [] : [socket.namespace]) },
};

const COLUMNS = (key: CountKey): Column<Count>[] => [
  { key: "count", title: "COUNT", align: "right", value: ({ count }) => count },
  { key, title: key.toUpperCase(), value: ({ key: counted }) => counted },
];

/** Counts of sockets as they go by. */
export class Counts {
  private readonly by: CountKey;
  private readonly totals = new Map<string | number, number>();

  constructor(by: CountKey) {
    this.by = by;
  }

  take(socket: Socket): void {
    for (const key of new Set(COUNT_KEYS[this.by].of(socket))) this.totals.set(key, (this.totals.get(key) ?? 0) + 1);
  }

  /** The most common first. */
  report(total: number, takenAt: Date, { notes = [], exitCode = 0 }: Pick<Report, "notes" | "exitCode">): Report {
    const { by } = this;
    const counts = [...this.totals].map(([key, count]): Count => ({ key, count }));
    counts.sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : Number(a.key > b.key)));
    return {
      document: { kind: "counts", takenAt, by, total, counts },
      items: counts,
      table: tableOf(COLUMNS(by), counts),
      notes,
      exitCode,
    };
  }
}

function processesOf(socket: Socket): string[] {
  const { owners = [] } = socket;
  if (owners.length === 0) return [hasHiddenOwner(socket) ? "?" : "-"];
  return owners.map((owner) => owner.program);
}

function peerOf(socket: Socket): string[] {
  return "remoteAddress" in socket && socket.remotePort !== 0 ? [socket.remoteAddress] : [];
}

function containersOf({ owners = [] }: Socket): string[] {
  return owners.flatMap((owner) => containerName(owner) ?? []);
}
