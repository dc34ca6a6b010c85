import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { Finding } from "procnet/live";
import { countText, endpointText, LISTENER_COLUMNS, type ListenerRow } from "procnet/view";
import { AboutFindings } from "../parts/about-findings.tsx";
import { Facts } from "../parts/facts.tsx";
import { GroupView } from "../parts/group-view.tsx";
import { HolderList } from "../parts/holder-list.tsx";
import { PlaceLink } from "../parts/place-link.tsx";
import { listenerKey, wholeListener } from "../parts/rows.ts";
import { datagramPlace, listenerPlace } from "../parts/socket-places.ts";
import { useColumnsHere } from "../state/counts.ts";
import { useDocument } from "../state/use-document.ts";

/** What listens for TCP. */
export function ListenersView(): JSX.Element {
  const told = useDocument("listeners");
  const rows = useMemo(() => told?.listeners.map(wholeListener), [told]);
  const columns = useColumnsHere(LISTENER_COLUMNS);
  return (
    <GroupView
      title="Listeners"
      rows={rows}
      total={told?.total ?? 0}
      columns={columns}
      keyOf={listenerKey}
      nameOf={listenerName}
      usual="-waiting"
      what="TCP listener"
      note={
        <p class="note">
          These are of TCP. What waits for datagrams is among the sockets:{" "}
          <PlaceLink to={datagramPlace()}>UDP without a peer</PlaceLink>.
        </p>
      }
      empty="Nothing listens for TCP."
      details={(row) => <ListenerDetails row={row} />}
    />
  );
}

function listenerName({ protocol, localAddress, localPort }: ListenerRow): string {
  return `${protocol} ${endpointText(localAddress, localPort)}`;
}

function ListenerDetails({ row }: { readonly row: ListenerRow }): JSX.Element {
  const { protocol, localAddress, localPort, inode, namespace, owners, ownerless, waiting, fullAt, connections } = row;
  const isAbout = ({ subject }: Finding): boolean =>
    subject.kind === "listener" &&
    subject.protocol === protocol &&
    subject.address === localAddress &&
    subject.port === localPort;
  return (
    <>
      <p>
        <PlaceLink to={listenerPlace(row)}>Sockets of port {localPort}</PlaceLink>
      </p>
      <AboutFindings findings={row.findings} isAbout={isAbout} />
      <Facts
        of={[
          ["Wait to be accepted", countText(waiting)],
          [
            "Full at",
            fullAt === undefined ? "? (procfs does not show it; learnt when the queue overflows)" : countText(fullAt),
          ],
          ["Connections of its port", countText(connections)],
          ["Process", <HolderList holders={owners} ownerless={ownerless} />],
          ["Network namespace", namespace],
          ["Inode", inode],
          ["Note", row.suspect ? "Its inode is also that of another row: the owner may be another one." : undefined],
        ]}
      />
    </>
  );
}
