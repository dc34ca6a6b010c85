import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { bytesText, countText, escapeText, rttText, TRAFFIC_COLUMNS, type TrafficRow } from "procnet/view";
import { Facts } from "../parts/facts.tsx";
import { GroupView } from "../parts/group-view.tsx";
import { type TrafficDocument, useTraffic } from "../state/use-traffic.ts";

/** What can be summed by, and how it is said. */
const KINDS = new Map([
  ["program", "program"],
  ["pid", "process"],
  ["container", "container"],
  ["unit", "unit"],
  ["peer", "peer"],
  ["port", "port"],
]);

/** Who sends and receives how much, as the kernel counts it for each connection of TCP. */
export function TrafficView(): JSX.Element {
  const [by, setBy] = useState("program");
  const { told, why } = useTraffic(`?by=${by}`);
  return (
    <GroupView
      title="Traffic"
      rows={told === undefined && why !== undefined ? [] : told?.traffic}
      total={told?.traffic.length ?? 0}
      columns={TRAFFIC_COLUMNS}
      keyOf={({ name }: TrafficRow) => name ?? ""}
      nameOf={nameOf}
      empty={why ?? "No connection has sent or received anything since this view was opened."}
      tools={
        <label class="switch">
          by{" "}
          <select value={by} onChange={(event) => setBy(event.currentTarget.value)}>
            {[...KINDS].map(([kind, text]) => (
              <option key={kind} value={kind}>
                {text}
              </option>
            ))}
          </select>
        </label>
      }
      note={<NotAmongIt told={told} why={why} />}
      details={(row) => <TrafficDetails row={row} />}
    />
  );
}

function nameOf({ name }: TrafficRow): string {
  return name === undefined ? "not known, or in none" : escapeText(name);
}

/** What is not seen, with the kernel's own numbers, and why nothing comes any more. */
function NotAmongIt({ told, why }: { readonly told: TrafficDocument | undefined; readonly why: string | undefined }) {
  if (told === undefined) return null;
  const { totals, lost, isOverrun, notes } = told;
  const unseen = [
    totals === undefined
      ? "UDP"
      : `UDP (${countText(totals.udpDatagramsOut)} datagrams sent, ${countText(totals.udpDatagramsIn)} received)`,
    ...(lost > 0 ? [`the end of ${countText(lost)} connections`] : []),
    ...(isOverrun ? ["connections that the kernel could not tell of, as too many closed"] : []),
  ];
  const all =
    totals &&
    `; interfaces but lo sent ${bytesText(totals.interfaceBytesOut)} and received ${bytesText(totals.interfaceBytesIn)}`;
  return (
    <p class="note">
      Bytes of TCP in the last second. Not among it: {unseen.join(", ")}
      {all}.{notes.length > 0 && ` ${escapeText(notes.join("; "))}.`}
      {why !== undefined && ` Since then: ${escapeText(why)}.`}
    </p>
  );
}

function TrafficDetails({ row }: { readonly row: TrafficRow }): JSX.Element {
  const { sentPerSecond, receivedPerSecond, sent, received, retransmitted, rtt, connections } = row;
  return (
    <Facts
      of={[
        ["Sent a second", bytesText(sentPerSecond)],
        ["Received a second", bytesText(receivedPerSecond)],
        ["Sent since somebody looks", bytesText(sent)],
        ["Received", bytesText(received)],
        ["Sent again", bytesText(retransmitted)],
        ["Round-trip time", rtt === undefined ? "?" : rttText(rtt)],
        ["Connections that did something", countText(connections)],
      ]}
    />
  );
}
