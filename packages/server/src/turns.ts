/** Things that are gone through between two turns of the event loop. */
const STEP = 2048;

/** Goes through many things, and lets others have their turn now and then. */
export async function eachInTurns<Item>(
  items: readonly Item[],
  from: number,
  take: (item: Item, at: number) => void,
  step: number = STEP,
): Promise<void> {
  for (let at = from; at < items.length; at++) {
    if (at % step === step - 1) await turn();
    take(items[at]!, at);
  }
}

/** The same of what cannot be counted before. */
export async function inTurns<Item>(
  items: Iterable<Item>,
  take: (item: Item) => void,
  step: number = STEP,
): Promise<void> {
  let count = 0;
  for (const item of items) {
    take(item);
    if (++count % step === 0) await turn();
  }
}

/** The next turn of the event loop. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
