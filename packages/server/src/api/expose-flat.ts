import type { WatchedSocket } from "procnet";
import { type FlatContext, type FlatRow, flatSocket, flatText, jsonText } from "procnet/view";
import { networkOf } from "../network.ts";
import { type Expose, isOwnerTold, isTold } from "./expose.ts";

/** Fields of sockets that columns are made of, as far as they are not told to everybody. */
const OF_SOCKETS = [["uid", "uid"]] as const;

/** Fields of owners that columns are made of. */
const OF_OWNERS = [
  ["pid", "pid"],
  ["start_time", "startTime"],
  ["program", "program"],
  ["container_runtime", "container"],
  ["container_id", "container"],
  ["pod_uid", "container"],
  ["unit", "unit"],
] as const;

/** A flat row with null in place of what is not told. */
export function exposedFlat(socket: WatchedSocket, context: FlatContext, expose: Expose): FlatRow {
  const row = flatSocket(socket, context);
  if (expose === "full") return row;
  const hidden = [
    ...OF_SOCKETS.filter(([, field]) => !isTold(field, expose)),
    ...OF_OWNERS.filter(([, field]) => !isOwnerTold(field, expose)),
  ];
  return { ...row, ...addressesOf(socket, expose), ...Object.fromEntries(hidden.map(([column]) => [column, null])) };
}

/** The text of a flat row. */
export function flatRowText(socket: WatchedSocket, context: FlatContext, expose: Expose): string {
  return expose === "full" ? flatText(socket, context) : jsonText(exposedFlat(socket, context, expose));
}

function addressesOf(socket: WatchedSocket, expose: Expose): Partial<FlatRow> {
  if (!("localAddress" in socket)) return isTold("path", expose) ? {} : { local_address: null };
  if (expose !== "minimal") return {};
  return { local_address: networkOf(socket.localAddress), remote_address: networkOf(socket.remoteAddress) };
}
