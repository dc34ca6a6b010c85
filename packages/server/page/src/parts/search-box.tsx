import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { go, place } from "../state/location.ts";
import { useSignal } from "../state/signal.ts";

/** A text that rows must have in one of their cells; it stands in the address. */
export function SearchBox({ name }: { readonly name: string }): JSX.Element {
  const { filter } = useSignal(place);
  const box = useRef<HTMLInputElement>(null);
  return (
    <input
      ref={box}
      class="search"
      type="search"
      aria-label={name}
      placeholder="Search"
      value={filter}
      onInput={() => go({ filter: box.current!.value })}
    />
  );
}
