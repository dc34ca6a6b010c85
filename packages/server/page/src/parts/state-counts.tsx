import type { JSX } from "preact";
import type { WatchCount } from "procnet/live";
import { countText } from "procnet/view";
import { stateClass } from "./cell.tsx";

interface StateCountsProps {
  readonly matched: number;
  readonly counts: readonly WatchCount[];
  /** Asks for all rows; absent where they are more than a page can hold. */
  readonly onAll: (() => void) | undefined;
}

/** So many sockets that only their numbers were sent: by state and table, the most first. */
export function StateCounts({ matched, counts, onAll }: StateCountsProps): JSX.Element {
  const sorted = [...counts].sort((a, b) => b.sockets - a.sockets);
  return (
    <div class="counts">
      <p>
        {countText(matched)} sockets: too many to be sent unasked. A filter shows fewer
        {onAll === undefined ? "; these are more than a page can hold." : ", or:"}
      </p>
      {onAll !== undefined && (
        <button type="button" onClick={onAll}>
          Show all {countText(matched)}
        </button>
      )}
      <table>
        <caption class="unseen">Sockets by state</caption>
        <thead>
          <tr>
            <th scope="col">STATE</th>
            <th scope="col">PROTO</th>
            <th scope="col" class="right">
              SOCKETS
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.map(({ protocol, state = "-", sockets }) => (
            <tr key={`${protocol} ${state}`}>
              <td class={stateClass(state)}>{state}</td>
              <td>{protocol}</td>
              <td class="right">{countText(sockets)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
