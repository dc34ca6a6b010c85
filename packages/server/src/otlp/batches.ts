import { attributesText, type Written } from "./metrics.ts";

/** Bytes of a request before it is compressed: collectors take 4 MB and more. */
const MOST = 512 * 1024;

/** A request to be sent. */
export interface Batch {
  readonly text: string;
  /** Data points in it. */
  readonly points: number;
}

/** Who tells. */
export interface Teller {
  /** Attributes of the resource. */
  readonly resource: ReadonlyMap<string, string>;
  readonly version: string;
}

/** Shares metrics out to requests, in their order; one that does not fit is told in parts. */
export function* batchesOf(metrics: Iterable<Written>, teller: Teller, most: number = MOST): Generator<Batch> {
  const [before, after] = envelope(teller);
  const limit = most - before.length - after.length;
  let done: string[] = [];
  let size = 0;
  let points = 0;
  const whole = (): Batch => ({ text: `${before}${done.join(",")}${after}`, points });
  for (const metric of metrics) {
    const frame = Buffer.byteLength(metric.head) + metric.tail.length + 1;
    let part: string[] = [];
    size += frame;
    for (const text of metric.points) {
      const bytes = Buffer.byteLength(text) + 1;
      if (size + bytes > limit && points > 0) {
        if (part.length > 0) done.push(`${metric.head}${part.join(",")}${metric.tail}`);
        yield whole();
        [done, part, points, size] = [[], [], 0, frame];
      }
      part.push(text);
      points++;
      size += bytes;
    }
    if (part.length > 0) done.push(`${metric.head}${part.join(",")}${metric.tail}`);
  }
  if (points > 0) yield whole();
}

function envelope({ resource, version }: Teller): readonly [string, string] {
  const scope = JSON.stringify({ name: "procnet", version });
  const text = `{"resourceMetrics":[{"resource":{"attributes":${attributesText(resource)}},"scopeMetrics":[{"scope":${scope},"metrics":[`;
  return [text, "]}]}]}"];
}
