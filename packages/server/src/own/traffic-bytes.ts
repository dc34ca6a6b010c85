import type { SocketOwner } from "procnet";
import type { Family } from "../metrics/family.ts";
import { OWN } from "./definitions.ts";
import { Series } from "./fold.ts";
import { type Group, Groups, REST } from "./labels.ts";
import { Ranks } from "./ranks.ts";

/** What one connection sent and received since the look before. */
export interface MovedBytes {
  readonly socket: { readonly owners: readonly SocketOwner[] | undefined };
  readonly sent: number;
  readonly received: number;
}

/** Programs whose bytes are known at most, as they choose their names themselves: those that come later are told together. */
const KNOWN = 1000;
/** Programs with series of their own. */
const PLACES = 100;

/** Bytes of TCP by program and container, since the server began. */
export class TrafficBytes {
  private readonly ranks = new Ranks();
  private readonly totals = new Map<string, { readonly group: Group; sent: number; received: number }>();

  /** Of one look. Connections whose process is not known are left out. */
  take(connections: readonly MovedBytes[]): void {
    const groups = new Groups();
    for (const { socket, sent, received } of connections) {
      const found = groups.of(socket);
      if (found === undefined) continue;
      const total = this.totalOf(found);
      total.sent += sent;
      total.received += received;
    }
  }

  families(): Family[] {
    const counts = new Map([...this.totals].map(([name, { sent, received }]) => [name, sent + received]));
    const placed = this.ranks.take(counts, PLACES);
    const [sent, received] = [new Series(OWN.processSent), new Series(OWN.processReceived)];
    for (const [name, total] of this.totals) {
      const shown = placed.has(name) ? total.group : REST;
      sent.add({ ...shown }, total.sent);
      received.add({ ...shown }, total.received);
    }
    return [sent, received];
  }

  private totalOf(found: Group): { sent: number; received: number } {
    const isKnown = this.totals.has(nameOf(found)) || this.totals.size < KNOWN;
    const group = isKnown ? found : REST;
    const name = nameOf(group);
    const total = this.totals.get(name) ?? { group, sent: 0, received: 0 };
    this.totals.set(name, total);
    return total;
  }
}

const nameOf = ({ process, container }: Group): string => `${container} ${process}`;
