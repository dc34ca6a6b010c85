import type { WatchBatch } from "procnet";
import type { Family } from "../metrics/family.ts";
import { OWN } from "./definitions.ts";

type Side = "own" | "other";

/** Counts what came between looks, since this server began. */
export class Events {
  private readonly opened: Record<Side, number> = { own: 0, other: 0 };
  private readonly missed: Record<Side, number> = { own: 0, other: 0 };

  /** `own`: number of the server's own network namespace. */
  take({ opened, traces, missed }: WatchBatch, own: number | undefined): void {
    const sideOf = (namespace: number | undefined): Side =>
      namespace === undefined || namespace === own ? "own" : "other";
    for (const { namespace } of opened) this.opened[sideOf(namespace)]++;
    for (const { namespace } of traces) this.opened[sideOf(namespace)]++;
    for (const { namespace, connections = 0 } of missed) this.missed[sideOf(namespace)] += connections;
  }

  families(): Family[] {
    const values = (counts: Record<Side, number>): Family["values"] =>
      Object.entries(counts).map(([netns, value]) => ({ labels: { netns }, value }));
    return [
      { metric: OWN.opened, values: values(this.opened) },
      { metric: OWN.missed, values: values(this.missed) },
    ];
  }
}
