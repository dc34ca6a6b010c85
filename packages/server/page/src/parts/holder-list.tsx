import type { JSX } from "preact";
import type { WatchedOwner } from "procnet/live";
import { containerText, countText, escapeText, processText } from "procnet/view";
import { reasonText } from "./hidden-owners.tsx";
import { PlaceLink } from "./place-link.tsx";
import { processPlace } from "./socket-places.ts";

/** A process, or a program where processes are not told. */
interface Holder {
  readonly program?: string | undefined;
  readonly pid?: number | undefined;
  readonly container?: WatchedOwner["container"] | undefined;
  /** How many of the sockets concerned it holds. */
  readonly sockets?: number | undefined;
}

interface HolderListProps {
  readonly holders: readonly Holder[] | undefined;
  /** Why nobody is known to hold it. */
  readonly ownerless?: string | undefined;
}

/** Who holds it; each leads to its sockets. */
export function HolderList({ holders = [], ownerless }: HolderListProps): JSX.Element {
  if (holders.length === 0) return <>{ownerless === undefined ? "?" : `? (${reasonText(ownerless)})`}</>;
  return (
    <ul class="holders mono">
      {holders.map(({ program = "?", pid, container, sockets }) => {
        const where = containerText(container);
        return (
          <li key={`${pid} ${program} ${where}`}>
            <PlaceLink to={processPlace({ program, pid })}>{escapeText(processText({ program, pid }))}</PlaceLink>
            {where !== undefined && ` in ${escapeText(where)}`}
            {sockets !== undefined && ` ${countText(sockets)} ${sockets === 1 ? "socket" : "sockets"}`}
          </li>
        );
      })}
    </ul>
  );
}
