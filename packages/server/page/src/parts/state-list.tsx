import type { JSX } from "preact";
import { countText, type StateCount } from "procnet/view";
import { stateClass } from "./cell.tsx";

/** Numbers of sockets in each state, the most first. */
export function StateList({ states }: { readonly states: readonly StateCount[] }): JSX.Element {
  return (
    <ul class="states mono">
      {[...states]
        .sort((a, b) => b.sockets - a.sockets)
        .map(({ protocol, state, sockets }) => (
          <li key={`${protocol} ${state}`}>
            {protocol} <span class={stateClass(state)}>{state}</span> {countText(sockets)}
          </li>
        ))}
    </ul>
  );
}
