/** Things that are gone through between two turns of the event loop, at most. */
const STEP = 2048;

/** Milliseconds after which others have their turn, however few things were gone through: some cost a hundred times what others do. */
const SLICE = 5;

/** Things between two looks at the clock. */
const UNWATCHED = 32;

/** Goes through many things, and lets others have their turn now and then. */
export async function eachInTurns<Item>(
  items: readonly Item[],
  from: number,
  take: (item: Item, at: number) => void,
  step: number = STEP,
): Promise<void> {
  const slices = new Slices(step);
  for (let at = from; at < items.length; at++) {
    if (slices.isOver()) await slices.turn();
    take(items[at]!, at);
  }
}

/** The same of what cannot be counted before. */
export async function inTurns<Item>(
  items: Iterable<Item>,
  take: (item: Item) => void,
  step: number = STEP,
): Promise<void> {
  const slices = new Slices(step);
  for (const item of items) {
    take(item);
    if (slices.isOver()) await slices.turn();
  }
}

/** Work in slices: asked before each thing whether it is the turn of others. */
export class Slices {
  private readonly step: number;
  private count = 0;
  private began = performance.now();

  constructor(step: number = STEP) {
    this.step = step;
  }

  /** Whether others are to have their turn before the next thing. */
  isOver(): boolean {
    this.count++;
    if (this.count >= this.step) return true;
    return this.count % UNWATCHED === 0 && performance.now() - this.began >= SLICE;
  }

  /** Lets others have their turn. */
  async turn(): Promise<void> {
    await turn();
    this.count = 0;
    this.began = performance.now();
  }
}

/** The next turn of the event loop. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
