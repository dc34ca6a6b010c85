import { Slices } from "../../turns.ts";
import { documentText } from "../documents.ts";

/**
 * Rows of a part, and characters: it ends with the row that reaches one of them, so that neither side has a text of tens of megabytes,
 * and a page reads one between two frames.
 */
const ROWS = 2000;
const CHARACTERS = 1 << 18;

/** Rows between two turns of the event loop, at most. */
const STEP = 256;

/** Bytes of parts that are kept for other clients who take them, too; further ones are made for each. */
const KEPT = 1 << 22;

/** Rows of one kind, as texts. */
export interface RowList {
  readonly name: string;
  readonly length: number;
  readonly text: (at: number) => string;
}

/** An event whose rows may be too many for one text. */
export interface RowsEvent {
  readonly event: string;
  /** What it says besides its rows. */
  readonly head: object;
  /** What the events say that go on with its rows. */
  readonly next: object;
  readonly lists: readonly RowList[];
}

/** All that is told of a look. */
export interface TellingOptions {
  /** Number of the look. */
  readonly number: number;
  /** What who comes back says to have seen it all. */
  readonly id: string;
  readonly rows: RowsEvent | undefined;
  readonly others: readonly (readonly [event: string, data: string])[];
}

/** Some events of a telling. */
export interface Part {
  readonly bytes: Uint8Array;
  /** Index of the row that comes next; `undefined` after the last. */
  readonly next: number | undefined;
}

/** What all clients of a channel are told of a look, in parts that are made when they are taken. */
export class Telling {
  /** Number of the look. */
  readonly number: number;
  /** Rows in all parts. */
  readonly length: number;
  private readonly options: TellingOptions;
  private readonly parts = new Map<number, Part>();
  private kept = 0;

  constructor(options: TellingOptions) {
    this.options = options;
    this.number = options.number;
    this.length = (options.rows?.lists ?? []).reduce((sum, { length }) => sum + length, 0);
  }

  /** The part that begins with this row. One is made at a time. */
  async part(at: number): Promise<Part> {
    const known = this.parts.get(at);
    if (known !== undefined) return known;
    const part = await this.make(at);
    if (this.kept + part.bytes.length <= KEPT || at === 0) {
      this.parts.set(at, part);
      this.kept += part.bytes.length;
    }
    return part;
  }

  private async make(at: number): Promise<Part> {
    const { id, rows, others } = this.options;
    if (rows === undefined) return { bytes: eventsOf(others, id), next: undefined };
    const { texts, end } = await textsOf(rows.lists, at);
    const next = end < this.length ? end : undefined;
    const isFirst = at === 0;
    const head = documentText("watch", {
      ...(isFirst ? rows.head : rows.next),
      ...(next !== undefined && { more: true }),
    });
    const lists = rows.lists.map(({ name }, index) => ({ name, texts: texts[index]! }));
    // The first has all lists, also empty ones.
    const told = lists.filter((list) => isFirst || list.texts.length > 0);
    const data = told.reduce((text, list) => `${text},"${list.name}":[${list.texts.join(",")}]`, head.slice(0, -1));
    const event = [isFirst ? rows.event : "rows", `${data}}`] as const;
    // Who has only some of the rows must not say to have seen this look, nor the one before: its rows may be forgotten.
    const said = next === undefined ? id : isFirst ? "" : undefined;
    return { bytes: eventsOf(isFirst ? [event, ...others] : [event], said), next };
  }
}

/** Texts of the rows of a part by list, and where the next part begins. */
async function textsOf(
  lists: readonly RowList[],
  from: number,
): Promise<{ readonly texts: readonly string[][]; readonly end: number }> {
  const texts: string[][] = lists.map(() => []);
  let rows = 0;
  let characters = 0;
  let before = 0;
  const slices = new Slices(STEP);
  for (const [index, { length, text }] of lists.entries()) {
    for (let at = Math.max(0, from + rows - before); at < length; at++) {
      if (rows === ROWS || characters >= CHARACTERS) return { texts, end: from + rows };
      const one = text(at);
      texts[index]!.push(one);
      characters += one.length;
      rows++;
      if (slices.isOver()) await slices.turn();
    }
    before += length;
  }
  return { texts, end: from + rows };
}

function eventsOf(events: readonly (readonly [event: string, data: string])[], id: string | undefined): Uint8Array {
  const said = id === undefined ? "" : `id: ${id}\n`;
  return Buffer.from(events.map(([event, data]) => `event: ${event}\n${said}data: ${data}\n\n`).join(""));
}
