import { useEffect, useReducer } from "preact/hooks";

/** A value that is watched. */
export class Signal<Value> {
  private current: Value;
  private readonly watchers = new Set<() => void>();

  constructor(value: Value) {
    this.current = value;
  }

  get value(): Value {
    return this.current;
  }

  set(value: Value): void {
    if (Object.is(value, this.current)) return;
    this.current = value;
    for (const watcher of [...this.watchers]) watcher();
  }

  /** Calls back with each change, until what is given back is called. */
  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }
}

/** The value of a signal; the component is drawn again when it changes. */
export function useSignal<Value>(signal: Signal<Value>): Value {
  const [, draw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const before = signal.value;
    const stop = signal.watch(() => draw(undefined));
    // What changed between the drawing and now.
    if (!Object.is(before, signal.value)) draw(undefined);
    return stop;
  }, [signal]);
  return signal.value;
}
