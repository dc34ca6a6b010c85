import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { untilPhase } from "procnet";
import type { Family } from "../metrics/family.ts";
import { single } from "../metrics/family.ts";
import { OWN } from "../own/definitions.ts";
import { batchesOf, type Teller } from "./batches.ts";
import type { OtlpSettings } from "./destination.ts";
import { written } from "./metrics.ts";
import { Queue, type QueueLimits } from "./queue.ts";
import { type Outcome, send } from "./send.ts";
import { Starts } from "./starts.ts";

const compressed = promisify(gzip);

/** What pushing may take, milliseconds, bytes and times. */
export interface PushLimits extends QueueLimits {
  /** A request with its answer. */
  readonly timeout: number;
  /** The first wait after a failure; each next one is twice as long, up to the longest. */
  readonly firstWait: number;
  readonly longestWait: number;
  /** What is tried at the end, all together. */
  readonly lastTry: number;
}

const LIMITS: PushLimits = {
  bytes: 8 << 20,
  requests: 256,
  timeout: 10_000,
  firstWait: 1000,
  longestWait: 120_000,
  lastTry: 3000,
};

/** What is pushed, and where to. */
export interface PushOptions {
  readonly settings: OtlpSettings;
  readonly teller: Teller;
  /** The machine's place in the interval, milliseconds. */
  readonly phase: number;
  /** When the machine was booted, milliseconds since 1970. */
  readonly boot: number;
  /** All that is to be told now. */
  readonly collect: () => Promise<readonly Family[]>;
  readonly limits?: Partial<PushLimits>;
}

/** Why points were not taken. */
type Reason = "no room" | "refused" | "rejected" | "stopped";

/** Sends metrics at an interval, and again what did not go through, until it is closed. */
export class Push {
  private readonly options: PushOptions;
  private readonly limits: PushLimits;
  private readonly queue: Queue;
  private readonly starts = new Starts();
  private readonly began = Date.now();
  private readonly ends = new AbortController();
  private readonly dropped = new Map<Reason, number>();
  private sent = 0;
  private due = 0;
  private timer: NodeJS.Timeout | undefined;
  private wake: (() => void) | undefined;
  private draining: Promise<void> | undefined;
  private isCollecting = false;
  private isOver = false;
  private trouble = "";

  constructor(options: PushOptions) {
    this.options = options;
    this.limits = { ...LIMITS, ...options.limits };
    this.queue = new Queue(this.limits, (points) => this.drop("no room", points));
    this.schedule();
  }

  /** What became of what was to be sent. */
  families(): Family[] {
    const values = [...this.dropped].map(([reason, value]) => ({ labels: { reason }, value }));
    return [
      single(OWN.otlpSent, this.sent),
      { metric: OWN.otlpDropped, values },
      single(OWN.otlpWaiting, this.queue.points),
    ];
  }

  /** Tries once more to send what waits, for a short time, and ends. */
  async close(): Promise<void> {
    this.isOver = true;
    clearTimeout(this.timer);
    const last = setTimeout(() => this.ends.abort(), this.limits.lastTry);
    this.wake?.();
    await this.drain();
    clearTimeout(last);
    this.ends.abort();
    this.queue.clear();
  }

  private schedule(): void {
    const { settings, phase } = this.options;
    const now = Date.now();
    // A timer may be early by a moment, and a clock may be set back.
    const from = this.due > now && this.due - now < settings.interval / 2 ? this.due : now;
    this.due = from + untilPhase(from, settings.interval, phase);
    this.timer = setTimeout(() => {
      this.schedule();
      void this.round();
    }, this.due - now);
  }

  private async round(): Promise<void> {
    if (this.isCollecting) return;
    this.isCollecting = true;
    try {
      const families = await this.options.collect();
      const moments = { now: Date.now(), boot: this.options.boot, server: this.began };
      for (const { text, points } of batchesOf(written(families, moments, this.starts), this.options.teller)) {
        const body = await compressed(text);
        if (this.isOver) return;
        this.queue.put({ body, points });
      }
      // Not waited for: what is new is put together while what is old waits to go through.
      void this.drain();
    } catch (error) {
      this.tell(`the metrics could not be put together: ${error instanceof Error ? error.message : error}`);
    } finally {
      this.isCollecting = false;
    }
  }

  private drain(): Promise<void> {
    this.draining ??= this.sendAll().finally(() => {
      this.draining = undefined;
    });
    return this.draining;
  }

  private async sendAll(): Promise<void> {
    const { url, headers } = this.options.settings;
    const { signal } = this.ends;
    for (let failures = 0; ; ) {
      const one = this.queue.take();
      if (one === undefined) return;
      const outcome = await send({ url, headers, body: one.body, timeout: this.limits.timeout, signal });
      this.take(outcome, one.points);
      if (outcome.kind !== "later") {
        failures = 0;
        continue;
      }
      this.queue.putBack(one);
      if (this.isOver) return;
      // Who says "at once" each time is not asked without a pause.
      await this.pause(Math.max(outcome.after ?? 0, this.waitAfter(failures++)));
    }
  }

  private take(outcome: Outcome, points: number): void {
    if (outcome.kind === "sent") {
      const rejected = Math.min(points, outcome.rejected);
      this.sent += points - rejected;
      if (rejected > 0) this.drop("rejected", rejected);
      if (outcome.message === "") this.tell("");
      else this.tell(`some data points were not taken: ${outcome.message}`);
    } else if (outcome.kind === "refused") {
      this.drop("refused", points);
      this.tell(`what was sent is not taken: ${outcome.message}`);
    } else if (!this.isOver) this.tell(`it is tried again: ${outcome.message}`);
  }

  /** Says what is wrong when that is news, and when all is well again. */
  private tell(trouble: string): void {
    if (trouble === this.trouble) return;
    this.trouble = trouble;
    const { report, url } = this.options.settings;
    report(trouble === "" ? `metrics reach ${url.href} again` : `not all metrics reach ${url.href}: ${trouble}`);
  }

  private drop(reason: Reason, points: number): void {
    if (points === 0) return;
    const told = reason === "no room" && this.isOver ? "stopped" : reason;
    this.dropped.set(told, (this.dropped.get(told) ?? 0) + points);
  }

  /** Twice as long after each failure, and not the same for all machines that fail at one time. */
  private waitAfter(failures: number): number {
    const { firstWait, longestWait } = this.limits;
    return Math.min(longestWait, firstWait * 2 ** Math.min(failures, 30)) * (0.5 + Math.random() / 2);
  }

  private async pause(milliseconds: number): Promise<void> {
    if (this.isOver) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = undefined;
  }
}
