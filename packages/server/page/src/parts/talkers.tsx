import type { JSX } from "preact";
import { TRAFFIC_COLUMNS, type TrafficRow } from "procnet/view";
import { useCounts } from "../state/counts.ts";
import { placeOf } from "../state/location.ts";
import { useTraffic } from "../state/use-traffic.ts";
import { PlaceLink } from "./place-link.tsx";
import { SmallTable } from "./small-table.tsx";

/** How many are shown. */
const MOST = 5;

/** Who sends and receives the most: processes, or programs where processes are not told. Nothing where the server does not tell it. */
export function Talkers(): JSX.Element | null {
  const expose = useCounts()?.expose;
  const by = expose === "minimal" ? "program" : "pid";
  const { told } = useTraffic(expose && `?by=${by}&limit=${MOST}`, true);
  if (told === undefined) return null;
  return (
    <section aria-labelledby="talkers">
      <h2 id="talkers">Most traffic</h2>
      {told.traffic.length === 0 ? (
        <p>No connection of TCP has sent or received anything since somebody looks.</p>
      ) : (
        <SmallTable
          name="Who sends and receives the most"
          rows={told.traffic}
          columns={COLUMNS}
          keyOf={({ name }: TrafficRow) => name ?? ""}
        />
      )}
      <p>
        <PlaceLink to={placeOf("traffic")}>All traffic</PlaceLink>
      </p>
    </section>
  );
}

const SHOWN = ["name", "sentrate", "receivedrate"];
const COLUMNS = TRAFFIC_COLUMNS.filter(({ key }) => SHOWN.includes(key));
