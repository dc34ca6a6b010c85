import type { SocketOwner, WatchedSocket } from "procnet";
import { jsonText, OwnerTexts, socketText, stateOf } from "procnet/view";
import { networkOf } from "../network.ts";
import { type Expose, exposedOwner, untold } from "./expose.ts";

/*
 * Rows without what is not told, as text: a hundred thousand of them at a time. What is told of an owner is the same for all sockets of
 * a process but for the descriptors, so it is made once.
 */

/** The text of a row: as the command has it, without what is not told. */
export function rowText(socket: WatchedSocket, expose: Expose, fields: readonly string[] | undefined): string {
  if (fields !== undefined) return chosenText(socket, expose, fields);
  if (expose === "full") return socketText(socket);
  const row: Record<string, unknown> = { ...socket, ...networksOf(socket, expose), owners: undefined };
  // Most rows have none of these: to write over all of them takes five times as long as all the rest.
  for (const name of untold(expose)) if (row[name] !== undefined) row[name] = undefined;
  // What is told of a socket of the internet is all this program's own words, and numbers.
  const text = "localAddress" in socket ? JSON.stringify(row) : jsonText(row);
  const owners = socket.owners === undefined ? "" : `,"owners":${ownersText(socket.owners, expose)}`;
  const state = JSON.stringify(stateOf(socket));
  return `${text.slice(0, -1)}${owners},"commonState":${state}}`;
}

function chosenText(socket: WatchedSocket, expose: Expose, fields: readonly string[]): string {
  const row: Readonly<Record<string, unknown>> = { ...socket, ...networksOf(socket, expose) };
  const texts: string[] = [];
  for (const name of fields) {
    if (name === "commonState") texts.push(`"commonState":${JSON.stringify(stateOf(socket))}`);
    else if (name === "owners" && socket.owners !== undefined)
      texts.push(`"owners":${ownersText(socket.owners, expose)}`);
    else if (row[name] !== undefined) texts.push(`"${name}":${jsonText(row[name])}`);
  }
  return `{${texts.join(",")}}`;
}

function networksOf(socket: WatchedSocket, expose: Expose): object | undefined {
  if (expose !== "minimal" || !("localAddress" in socket)) return undefined;
  return { localAddress: networkOf(socket.localAddress), remoteAddress: networkOf(socket.remoteAddress) };
}

const OWNERS: Readonly<Record<Expose, OwnerTexts>> = {
  full: textsOf("full"),
  owners: textsOf("owners"),
  minimal: textsOf("minimal"),
};

function textsOf(expose: Expose): OwnerTexts {
  return new OwnerTexts((owner) => {
    // In a string of JSON no quote stands without a backslash, so this is the field.
    const [before = "", behind] = jsonText(exposedOwner({ ...owner, fds: [] }, expose)).split('"fds":[]');
    return behind === undefined ? [before, ""] : [`${before}"fds":[`, `]${behind}`];
  });
}

function ownersText(owners: readonly SocketOwner[], expose: Expose): string {
  const texts = owners.map((owner) => {
    const [before, behind] = OWNERS[expose].of(owner);
    return behind === "" ? before : `${before}${owner.fds.join(",")}${behind}`;
  });
  return `[${texts.join(",")}]`;
}
