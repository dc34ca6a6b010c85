import { endpointText } from "procnet/view";
import { type Place, placeOf } from "../state/location.ts";

/*
 * Where the sockets of a row are, as the view of sockets with a filter.
 */

/** Those of a process; of a program where processes are not told. */
export function processPlace({ pid, program }: { readonly pid?: number | undefined; readonly program: string }): Place {
  const filter = pid === undefined ? `process = ${quoted(program)}` : `pid = ${pid}`;
  return placeOf("sockets", { filter, protocol: "all" });
}

/** Those of a port on which a process waits, by TCP or UDP. */
export function portPlace(port: number): Place {
  return placeOf("sockets", { filter: `sport = :${port}`, protocol: "inet" });
}

/** Those of a port that is listened on by TCP: the listener, and its connections. */
export function listenerPlace({ localPort }: { readonly localPort: number }): Place {
  return placeOf("sockets", { filter: `sport = :${localPort}`, protocol: "tcp" });
}

/** Sockets of UDP that take datagrams of anybody. */
export function datagramPlace(): Place {
  return placeOf("sockets", { filter: "state unconn", protocol: "udp" });
}

/** Those that lead somewhere. */
export function destinationPlace(row: { readonly remoteAddress: string; readonly remotePort: number }): Place {
  return placeOf("sockets", { filter: toFilter(row.remoteAddress, row.remotePort), protocol: "tcp" });
}

/** Connections to an address, which may stand for a network, and to a port of it. */
export function toFilter(address: string, port: number | undefined): string {
  if (port === undefined) return `dst ${address}`;
  return address.includes("/") ? `dst ${address} and dport = :${port}` : `dst ${endpointText(address, port)}`;
}

/** Those of a table in a state; without one, all of it. */
export function statePlace(table: string, state?: string): Place {
  // Every state has its own name for a word of filters; of a unix socket, that word means more.
  const word = state === "CONNECTED" ? "established" : state?.toLowerCase();
  const conditions = [
    ...(word === undefined ? [] : [`state ${word}`]),
    ...(table === "unix" ? [] : [`proto = ${table}`]),
  ];
  return placeOf("sockets", { filter: conditions.join(" and "), protocol: CHOSEN.get(table) ?? "all" });
}

/** What is chosen of protocols, so that a table is among what is shown. */
const CHOSEN: ReadonlyMap<string, string> = new Map([
  ["tcp", "tcp"],
  ["tcp6", "tcp"],
  ["udp", "udp"],
  ["udp6", "udp"],
  ["unix", "unix"],
]);

/** Characters of a name that are compared at most: a filter is not long. */
const LONGEST = 200;

/** A text as one word of a filter, in quotes: what has a meaning of its own there is any character. */
function quoted(text: string): string {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}*` : text;
  return `"${short.replace(/["?]|\*(?!$)/g, "?")}"`;
}
