import { History, type HistoryOptions, historyValues } from "procnet";
import { jsonText } from "procnet/view";
import type { Look } from "../sampler/sampler.ts";
import { turn } from "../turns.ts";
import { documentText, ratesOf } from "./documents.ts";

/** Series between two turns of the event loop. */
const STEP = 50;

/** A thousandth is enough for what is drawn, and half as long. */
const PARTS = 1000;

/** The last minutes of what a page draws, so that one that is opened has them at once. */
export class Past {
  private readonly history: History;
  private written: Promise<string> | undefined;

  constructor(options: HistoryOptions = {}) {
    this.history = new History(options);
  }

  /** Takes what a look found. */
  add(look: Look): void {
    this.history.add(look.item.at.getTime(), historyValues(look.item.counts, ratesOf(look).rates));
    this.written = undefined;
  }

  /** All series with their times. It looks at nothing itself. */
  document(): Promise<string> {
    this.written ??= this.write();
    return this.written;
  }

  private async write(): Promise<string> {
    const { history } = this;
    const names = history.names();
    // All at once: a look that comes while this is written has later times.
    const points = names.map((name) => history.points(name).values);
    const times = [...history.points("").times];
    const series: string[] = [];
    for (const [at, name] of names.entries()) {
      if (at % STEP === STEP - 1) await turn();
      const values = Array.from(points[at]!, (value) =>
        Number.isNaN(value) ? null : Math.round(value * PARTS) / PARTS,
      );
      series.push(`{"name":${jsonText(name)},"values":${JSON.stringify(values)}}`);
    }
    return `${documentText("history", { times }).slice(0, -1)},"series":[${series.join(",")}]}`;
  }
}
