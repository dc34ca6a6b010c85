import type { JSX } from "preact";
import { countText, PROCESS_COLUMNS } from "procnet/view";
import { Graphs } from "../parts/graphs.tsx";
import { HiddenOwners, useNoProcessText } from "../parts/hidden-owners.tsx";
import { Numbers } from "../parts/numbers.tsx";
import { PlaceLink } from "../parts/place-link.tsx";
import { processKey, wholeProcess } from "../parts/rows.ts";
import { SmallTable } from "../parts/small-table.tsx";
import { processPlace } from "../parts/socket-places.ts";
import { Talkers } from "../parts/talkers.tsx";
import { Wrong } from "../parts/wrong.tsx";
import { useCounts } from "../state/counts.ts";
import { placeOf } from "../state/location.ts";
import { useDocument } from "../state/use-document.ts";

/** Processes that are shown. */
const MOST = 10;

/** What is wrong, how much there is, what happens, and who holds the most. */
export function OverviewView(): JSX.Element {
  const counts = useCounts();
  const health = useDocument("health");
  return (
    <div class="overview">
      <h1 class="unseen">Overview</h1>
      <Wrong health={health} />
      <Numbers counts={counts} />
      <Most />
      <Graphs />
      <Talkers />
    </div>
  );
}

/** Processes with the most sockets; each leads to its sockets. */
function Most(): JSX.Element {
  const told = useDocument("processes");
  const nothing = useNoProcessText();
  const rows = (told?.processes ?? []).slice(0, MOST).map(wholeProcess);
  return (
    <section aria-labelledby="most">
      <h2 id="most">Most sockets</h2>
      {told === undefined && <p class="dim">Not known yet: the first look is on its way.</p>}
      {told !== undefined && rows.length === 0 && <p>{nothing}</p>}
      <HiddenOwners told={told} />
      {rows.length > 0 && (
        <SmallTable
          name="Processes with the most sockets"
          rows={rows}
          columns={COLUMNS}
          keyOf={processKey}
          first={(row, text) => <PlaceLink to={processPlace(row)}>{text}</PlaceLink>}
        />
      )}
      {told !== undefined && told.total > MOST && (
        <p>
          <PlaceLink to={placeOf("processes")}>All {countText(told.total)} processes</PlaceLink>
        </p>
      )}
    </section>
  );
}

const SHOWN = ["process", "sockets", "established", "closewait", "findings", "container"];
const COLUMNS = PROCESS_COLUMNS.filter(({ key }) => SHOWN.includes(key));
