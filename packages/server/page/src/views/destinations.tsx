import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { Finding } from "procnet/live";
import { bytesText, countText, DESTINATION_COLUMNS, type DestinationRow, endpointText, shareText } from "procnet/view";
import { AboutFindings } from "../parts/about-findings.tsx";
import { countedSockets } from "../parts/counted.ts";
import { Facts } from "../parts/facts.tsx";
import { GroupView } from "../parts/group-view.tsx";
import { HolderList } from "../parts/holder-list.tsx";
import { PlaceLink } from "../parts/place-link.tsx";
import { destinationKey, wholeDestination } from "../parts/rows.ts";
import { destinationPlace } from "../parts/socket-places.ts";
import { StateList } from "../parts/state-list.tsx";
import { useColumnsHere } from "../state/counts.ts";
import { useDocument } from "../state/use-document.ts";

/** Where connections of TCP lead that this side opened. */
export function DestinationsView(): JSX.Element {
  const told = useDocument("destinations");
  const rows = useMemo(() => told?.destinations.map(wholeDestination), [told]);
  const columns = useColumnsHere(DESTINATION_COLUMNS);
  return (
    <GroupView
      title="Destinations"
      rows={rows}
      total={told?.total ?? 0}
      columns={columns}
      keyOf={destinationKey}
      nameOf={destinationName}
      usual="-sockets"
      empty="No connection of TCP leads from here elsewhere."
      details={(row) => <DestinationDetails row={row} />}
    />
  );
}

function destinationName({ protocol, remoteAddress, remotePort }: DestinationRow): string {
  return `${protocol} to ${endpointText(remoteAddress, remotePort)}`;
}

function DestinationDetails({ row }: { readonly row: DestinationRow }): JSX.Element {
  const { remoteAddress, remotePort, namespace, sockets, portsUsed, portsUsable, rxQueue, txQueue, holders } = row;
  const isAbout = ({ subject }: Finding): boolean =>
    subject.kind === "destination" &&
    subject.address === remoteAddress &&
    (subject.port === undefined || subject.port === remotePort);
  return (
    <>
      <p>
        <PlaceLink to={destinationPlace(row)}>Its {countedSockets(sockets)}</PlaceLink>
      </p>
      <AboutFindings findings={row.findings} isAbout={isAbout} />
      <Facts
        of={[
          ["States", <StateList states={row.states} />],
          ["Local ports in use", portsText(portsUsed, portsUsable)],
          ["Process", <HolderList holders={holders} />],
          ["Waits to be read", bytesText(rxQueue)],
          ["Not confirmed by the other side", bytesText(txQueue)],
          ["Network namespace", namespace],
        ]}
      />
    </>
  );
}

/** Ports of one local address; the kernel chooses among few. */
function portsText(used: number | undefined, usable: number | undefined): string {
  if (used === undefined || !usable) return "? (few, or not known)";
  return `${countText(used)} of ${countText(usable)} (${shareText(used, usable)})`;
}
