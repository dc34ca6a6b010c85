/** What an iterator holds open. It must not lead back to the iterator, or neither would ever be collected. */
export interface Held {
  /** Called once: at the iterator's end, or after it was collected. */
  close(): void;
}

const registry = new FinalizationRegistry<Held>((held) => held.close());

/** `Symbol.dispose`, where the runtime has it. */
const DISPOSE: symbol | undefined = (Symbol as { dispose?: symbol }).dispose;

/**
 * Makes an iterator of rows from a generator that closes `held` when it ends. When it never ends, because somebody stopped
 * to call `next()` and dropped it, `held` is closed once the iterator has been collected. `using` ends it at once.
 */
export function closedWhenForgotten<Row>(
  held: Held,
  rows: Generator<Row, void, undefined>,
): Generator<Row, void, undefined> {
  registry.register(rows, held, held);
  if (DISPOSE !== undefined && !(DISPOSE in rows)) {
    Object.defineProperty(rows, DISPOSE, { value: () => void rows.return(), configurable: true });
  }
  return rows;
}

/** To be called by the generator when it ends. */
export function isClosed(held: Held): void {
  registry.unregister(held);
}
