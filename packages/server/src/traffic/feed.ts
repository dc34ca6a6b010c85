import type { TrafficKind, TrafficLook, TrafficSums } from "@procnet/kernel";
import type { BaseProcFs } from "procnet";
import type { TrafficRow } from "procnet/view";
import { networkOf } from "../network.ts";
import { Problem } from "../problem.ts";
import type { TrafficWhen } from "./when.ts";

type Kernel = typeof import("@procnet/kernel");

/** What the last look found, and what it came to. */
export interface TrafficTold {
  readonly look: TrafficLook;
  /** What each group does, and did since it was asked for; `isCut` where networks are told in place of addresses. */
  readonly rows: (by: TrafficKind, isCut: boolean) => readonly TrafficRow[];
}

/** Whether traffic is told at all, and why it is not. */
export type TrafficTelling = { readonly told: true } | { readonly told: false; readonly why: string };

/** Milliseconds between two looks. */
const EVERY = 1000;
/** Milliseconds after which nobody is taken to want it any more. */
const QUIET = 30_000;
/** Milliseconds for which it is said, after looks failed, that they do: what failed may be otherwise then. */
const FAILING = 60_000;

/** What can be summed by. */
export const TRAFFIC_KINDS: readonly TrafficKind[] = ["program", "pid", "container", "unit", "peer", "port"];

/**
 * Traffic, which the kernel is asked for as long as somebody wants it. Sums begin anew when it is wanted again: what was meanwhile nobody
 * has counted.
 */
export class TrafficFeed {
  private readonly procfs: BaseProcFs;
  private readonly when: TrafficWhen;
  private readonly onLook: (look: TrafficLook) => void;
  private running: Running | undefined;
  private wantedAt = Number.NEGATIVE_INFINITY;
  private trial: Promise<TrafficTelling> | undefined;
  private failure: { readonly why: string; readonly at: number } | undefined;
  private isOver = false;

  constructor(procfs: BaseProcFs, when: TrafficWhen, onLook: (look: TrafficLook) => void) {
    this.procfs = procfs;
    this.when = when;
    this.onLook = onLook;
  }

  /** Begins where it goes on without being asked. @throws Problem where the kernel cannot be asked */
  async begin(): Promise<void> {
    if (this.when === "always") await (await this.now()).first;
  }

  /** Whether it can be told, so that who may not be answered need not ask. The kernel is tried once, without a look. */
  async telling(): Promise<TrafficTelling> {
    const { failure } = this;
    if (failure !== undefined && performance.now() - failure.at < FAILING) return { told: false, why: failure.why };
    this.trial ??= this.tried();
    return this.trial;
  }

  /** What the last look found; the first one takes a second. @throws Problem where the kernel cannot be asked */
  async told(): Promise<TrafficTold> {
    if (this.when === "never") throw refused(NEVER);
    this.wantedAt = performance.now();
    const running = await this.now();
    return running.last ?? running.first;
  }

  async close(): Promise<void> {
    this.isOver = true;
    await this.running?.close();
  }

  private async tried(): Promise<TrafficTelling> {
    try {
      if (this.when === "never") throw refused(NEVER);
      const kernel = await kernelPackage();
      // It finds out whether the kernel can be asked, and ends before it has looked.
      await kernel.traffic({ procfs: this.procfs, signal: AbortSignal.abort() }).next();
      return { told: true };
    } catch (error) {
      return { told: false, why: reasonOf(error) };
    }
  }

  private async now(): Promise<Running> {
    if (this.running !== undefined) return this.running;
    const kernel = await kernelPackage();
    if (this.isOver) throw refused("the server has ended");
    this.running ??= new Running(kernel, this.procfs, {
      onLook: this.onLook,
      isWanted: () => this.when === "always" || performance.now() - this.wantedAt < QUIET,
      onEnd: (why) => {
        this.running = undefined;
        if (why !== undefined) this.failure = { why, at: performance.now() };
      },
    });
    return this.running;
  }
}

interface RunningOptions {
  readonly onLook: (look: TrafficLook) => void;
  readonly isWanted: () => boolean;
  /** Told why it ended, where that is a failure. */
  readonly onEnd: (why?: string) => void;
}

/** Looks, one after the other, until nobody wants them. */
class Running {
  /** What the first look finds. */
  readonly first: Promise<TrafficTold>;
  /** What the last one found; `undefined` before the first. */
  last: TrafficTold | undefined;
  private readonly ending = new AbortController();
  private readonly ended: Promise<void>;

  constructor(kernel: Kernel, procfs: BaseProcFs, options: RunningOptions) {
    let tell: (told: TrafficTold) => void = () => {};
    let fail: (why: unknown) => void = () => {};
    this.first = new Promise((resolve, reject) => {
      tell = resolve;
      fail = reject;
    });
    this.first.catch(() => {}); // whoever waits for it is told
    this.ended = this.run(kernel, procfs, options, tell).then(
      () => {
        fail(refused("the server has ended"));
        options.onEnd();
      },
      (error: unknown) => {
        const why = reasonOf(error);
        fail(new Problem(503, why));
        options.onEnd(why);
      },
    );
  }

  async close(): Promise<void> {
    this.ending.abort();
    await this.ended;
  }

  private async run(
    kernel: Kernel,
    procfs: BaseProcFs,
    { onLook, isWanted }: RunningOptions,
    tell: (told: TrafficTold) => void,
  ): Promise<void> {
    const sums = new Sums(kernel);
    const { signal } = this.ending;
    for await (const look of kernel.traffic({ every: EVERY, namespaces: "all", procfs, signal })) {
      sums.take(look);
      onLook(look);
      this.last = { look, rows: (by, isCut) => sums.rows(by, isCut) };
      tell(this.last);
      if (!isWanted()) return;
    }
  }
}

/** What all kinds of groups come to, of addresses and of networks. */
class Sums {
  private readonly sums: ReadonlyMap<string, TrafficSums>;
  private readonly found = new Map<string, readonly TrafficRow[]>();

  constructor(kernel: Kernel) {
    const named = TRAFFIC_KINDS.flatMap((by) => [true, false].map((isCut) => [keyOf(by, isCut), by] as const));
    this.sums = new Map(named.map(([key, by]) => [key, new kernel.TrafficSums(by)]));
  }

  take(look: TrafficLook): void {
    const cut = { ...look, connections: look.connections.map(cutConnection) };
    for (const [key, sums] of this.sums) this.found.set(key, sums.take(key.endsWith(CUT) ? cut : look));
  }

  rows(by: TrafficKind, isCut: boolean): readonly TrafficRow[] {
    return this.found.get(keyOf(by, isCut)) ?? [];
  }
}

const CUT = " cut";

/** Only where connections lead to is told in other words. */
function keyOf(by: TrafficKind, isCut: boolean): string {
  return isCut && (by === "peer" || by === "port") ? by + CUT : by;
}

/** The same connection, to a network. */
export function cutConnection(one: TrafficLook["connections"][number]): TrafficLook["connections"][number] {
  return { ...one, socket: { ...one.socket, remoteAddress: networkOf(one.socket.remoteAddress) } };
}

const NEVER = "the server reads procfs alone, which does not tell it (--source)";

function refused(why: string): Problem {
  return new Problem(503, `traffic cannot be told: ${why}`);
}

/** The same words, whoever could not tell it. */
function reasonOf(error: unknown): string {
  return (error instanceof Problem ? error : refused((error as Error).message)).message;
}

/** It is a package of its own, that a server may be without. */
async function kernelPackage(): Promise<Kernel> {
  try {
    return await import("@procnet/kernel");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw refused(
      "the package @procnet/kernel is not installed beside @procnet/server: npm install @procnet/kernel koffi",
    );
  }
}
