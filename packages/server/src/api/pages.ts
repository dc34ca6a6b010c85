import { Problem } from "../problem.ts";
import type { Look } from "../sampler/sampler.ts";

/** Looks of which somebody reads pages are kept so long after the last page, milliseconds. */
const KEPT = 30_000;

/** Looks that are kept at most. */
const MOST = 4;

/** Where a page begins. */
export interface Place {
  readonly look: Look;
  /** Index of the first socket that is looked at. */
  readonly at: number;
}

interface Kept {
  readonly look: Look;
  used: number;
}

/** Looks whose pages are still read, so that all pages are of one look. */
export class Pages {
  private readonly kept = new Map<number, Kept>();
  private readonly now: () => number;
  private timer: NodeJS.Timeout | undefined;

  constructor(now: () => number = () => performance.now()) {
    this.now = now;
  }

  /** Where a cursor leads. */
  find(cursor: string): Place {
    const parameter = "cursor";
    const [, number, at] = /^([0-9a-z]{1,12})\.([0-9a-z]{1,8})$/.exec(cursor) ?? [];
    if (number === undefined || at === undefined)
      throw new Problem(400, "that is no cursor of this server", { parameter });
    this.forget();
    const found = this.kept.get(Number.parseInt(number, 36));
    if (found === undefined) throw new Problem(410, "the look of this cursor is over: begin anew", { parameter });
    found.used = this.now();
    return { look: found.look, at: Number.parseInt(at, 36) };
  }

  /** The cursor of a place, whose look is kept for a while. */
  cursorOf({ look, at }: Place): string {
    this.forget();
    this.kept.delete(look.number);
    this.kept.set(look.number, { look, used: this.now() });
    for (const number of this.kept.keys()) {
      if (this.kept.size <= MOST) break;
      this.kept.delete(number);
    }
    this.timer ??= setInterval(() => this.forget(), KEPT).unref();
    return `${look.number.toString(36)}.${at.toString(36)}`;
  }

  /** Lets go of all. */
  close(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.kept.clear();
  }

  private forget(): void {
    const oldest = this.now() - KEPT;
    for (const [number, { used }] of this.kept) if (used < oldest) this.kept.delete(number);
    if (this.kept.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
