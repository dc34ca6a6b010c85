import { Signal } from "./signal.ts";

/** What is said to who cannot see the page. */
export const announced: Signal<string> = new Signal("");

/** Says something to who cannot see the page: short, and only what they asked for or must know. */
export function announce(text: string): void {
  announced.set(text);
}
