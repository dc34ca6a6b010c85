import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { Finding } from "procnet/live";
import {
  bytesText,
  type Column,
  containerText,
  countText,
  escapeText,
  PROCESS_COLUMNS,
  type ProcessRow,
  processText,
  withRates,
} from "procnet/view";
import { AboutFindings } from "../parts/about-findings.tsx";
import { countedSockets } from "../parts/counted.ts";
import { Facts } from "../parts/facts.tsx";
import { GroupView } from "../parts/group-view.tsx";
import { HiddenOwners, useNoProcessText } from "../parts/hidden-owners.tsx";
import { PlaceLink } from "../parts/place-link.tsx";
import { processKey, wholeProcess } from "../parts/rows.ts";
import { portPlace, processPlace } from "../parts/socket-places.ts";
import { StateList } from "../parts/state-list.tsx";
import { byProcess, showsTraffic } from "../parts/traffic-columns.ts";
import { useCounts } from "../state/counts.ts";
import { place } from "../state/location.ts";
import { useSignal } from "../state/signal.ts";
import { useDocument } from "../state/use-document.ts";
import { useTraffic } from "../state/use-traffic.ts";

/** Processes by their sockets. */
export function ProcessesView(): JSX.Element {
  const told = useDocument("processes");
  const rows = useMemo(() => told?.processes.map(wholeProcess), [told]);
  return (
    <GroupView
      title="Processes"
      rows={rows}
      total={told?.total ?? 0}
      columns={useProcessColumns()}
      keyOf={processKey}
      nameOf={processName}
      usual="-sockets"
      empty={useNoProcessText()}
      note={<HiddenOwners told={told} />}
      details={(row) => <ProcessDetails row={row} />}
    />
  );
}

/** With what is sent and received, where processes are told and it is shown. */
function useProcessColumns(): readonly Column<ProcessRow>[] {
  const { columns: chosen, sort } = useSignal(place);
  const { expose = "minimal", traffic } = useCounts() ?? {};
  const isTold = expose !== "minimal" && traffic?.told === true;
  const rates = useTraffic(isTold && showsTraffic(chosen, sort) ? "?by=pid&limit=5000" : undefined, true);
  return useMemo(() => {
    if (!isTold) return PROCESS_COLUMNS;
    const rows = byProcess(rates);
    return withRates(PROCESS_COLUMNS, "sockets", ({ pid }) => (pid === undefined ? undefined : rows.get(pid)));
  }, [isTold, rates]);
}

function processName(row: ProcessRow): string {
  return escapeText(processText(row));
}

function ProcessDetails({ row }: { readonly row: ProcessRow }): JSX.Element {
  const { pid, uid, unit, exe, cgroup, cmdline, comm } = row;
  const { sockets, rxQueue, txQueue, listens, descriptors, descriptorLimit, states, findings } = row;
  const isAbout = ({ subject, owners }: Finding): boolean =>
    pid !== undefined && ((subject.kind === "process" && subject.pid === pid) || owners.some((one) => one.pid === pid));
  const limit = descriptorLimit === undefined ? "" : ` of ${countText(descriptorLimit)}`;
  return (
    <>
      <p>
        <PlaceLink to={processPlace(row)}>Its {countedSockets(sockets)}</PlaceLink>
      </p>
      <AboutFindings findings={findings} isAbout={isAbout} />
      <Facts
        of={[
          ["States", <StateList states={states} />],
          ["Listens on", listens.length > 0 && <Ports ports={listens} />],
          ["Waits to be read", bytesText(rxQueue)],
          ["Not confirmed by the other side", bytesText(txQueue)],
          ["Open descriptors", descriptors === undefined ? "?" : `${countText(descriptors)}${limit}`],
          ["User id", uid],
          ["Container", text(containerText(row.container))],
          ["Unit", text(unit)],
          ["Kernel's name", text(comm)],
          ["Command line", text(cmdline?.join(" "))],
          ["Executable", text(exe)],
          ["Control group", text(cgroup)],
        ]}
      />
    </>
  );
}

function text(of: string | undefined): string | undefined {
  return of && escapeText(of);
}

function Ports({ ports }: { readonly ports: readonly number[] }): JSX.Element {
  return (
    <span class="ports">
      {ports.map((port) => (
        <PlaceLink key={port} to={portPlace(port)}>
          {port}
        </PlaceLink>
      ))}
    </span>
  );
}
