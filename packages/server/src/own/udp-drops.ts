import type { WatchedSocket } from "procnet";
import type { Family } from "../metrics/family.ts";
import { OWN } from "./definitions.ts";
import { Series } from "./fold.ts";
import { type Group, Groups, REST } from "./labels.ts";
import { Ranks } from "./ranks.ts";

/**
 * Datagrams lost by program. The row of a socket says how many it has lost, and goes with the socket: so what each has lost since the look
 * before is added up, and the number of a program never falls. Programs that lost nothing have none; it goes with
 * the last socket of the program.
 */
export class UdpDrops {
  /** What sockets had lost at the last look; of most none is kept, as they lose nothing. */
  private before: ReadonlyMap<number, number> | undefined;
  private readonly ranks = new Ranks();
  private totals: ReadonlyMap<string, { readonly group: Group; readonly total: number }> = new Map();

  /** Of one look: takes its sockets one by one, and then is done. */
  begin(): { take(socket: WatchedSocket): void; done(): void } {
    const groups = new Groups();
    const now = new Map<number, number>();
    const totals = new Map<string, { readonly group: Group; total: number }>();
    const take = (socket: WatchedSocket): void => {
      if (!("drops" in socket) || !socket.protocol.startsWith("udp")) return;
      const group = groups.of(socket);
      if (group === undefined) return;
      const name = `${group.container} ${group.process}`;
      let counted = totals.get(name);
      if (counted === undefined) {
        counted = { group, total: this.totals.get(name)?.total ?? 0 };
        totals.set(name, counted);
      }
      const drops = socket.drops ?? 0;
      if (drops === 0 || socket.inode === undefined) return;
      now.set(socket.inode, drops);
      // What a socket had lost before it was seen first is of another time.
      if (this.before !== undefined) counted.total += Math.max(0, drops - (this.before.get(socket.inode) ?? 0));
    };
    const done = (): void => {
      this.before = now;
      this.totals = totals;
    };
    return { take, done };
  }

  family(): Family {
    const series = new Series(OWN.udpDrops);
    const lost = new Map([...this.totals].flatMap(([name, { total }]) => (total > 0 ? [[name, total] as const] : [])));
    const placed = this.ranks.take(lost, PLACES);
    for (const [name, total] of lost)
      series.add({ ...(placed.has(name) ? this.totals.get(name)!.group : REST) }, total);
    return series;
  }
}

/** Programs with a series of their own. */
const PLACES = 100;
