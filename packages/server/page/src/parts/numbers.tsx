import type { JSX } from "preact";
import { countText } from "procnet/view";
import type { Counts } from "../state/counts.ts";
import { stateClass } from "./cell.tsx";
import { PlaceLink } from "./place-link.tsx";
import { statePlace } from "./socket-places.ts";

interface OfProtocol {
  readonly protocol: string;
  readonly sockets: number;
  readonly states: readonly { readonly state: string; readonly sockets: number }[];
}

/** How many sockets there are, by table and state; each number leads to its sockets. */
export function Numbers({ counts }: { readonly counts: Counts | undefined }): JSX.Element {
  return (
    <section aria-labelledby="numbers">
      <h2 id="numbers">Sockets{counts !== undefined && <span class="mono dim"> {countText(counts.sockets)}</span>}</h2>
      {counts === undefined && <p class="dim">Not known yet: the first look is on its way.</p>}
      {counts?.counts.length === 0 && <p>There is no socket.</p>}
      <dl class="numbers">
        {byProtocol(counts?.counts ?? []).map(({ protocol, sockets, states }) => (
          <div key={protocol}>
            <dt class="mono">
              <PlaceLink to={statePlace(protocol)}>{protocol}</PlaceLink> {countText(sockets)}
            </dt>
            <dd>
              {states.map(({ state, sockets }) => (
                <PlaceLink key={state} to={statePlace(protocol, state)}>
                  <span class={stateClass(state)}>{state}</span> <span class="mono">{countText(sockets)}</span>
                </PlaceLink>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Numbers of each table, the states with the most first. */
export function byProtocol(counts: Counts["counts"]): readonly OfProtocol[] {
  const protocols = new Map<string, { sockets: number; states: { state: string; sockets: number }[] }>();
  for (const { protocol, state, sockets } of counts) {
    const known = protocols.get(protocol) ?? { sockets: 0, states: [] };
    protocols.set(protocol, known);
    known.sockets += sockets;
    known.states.push({ state, sockets });
  }
  return [...protocols].map(([protocol, { sockets, states }]) => ({
    protocol,
    sockets,
    states: states.sort((a, b) => b.sockets - a.sockets),
  }));
}
