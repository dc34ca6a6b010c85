import type { Socket, SocketOwner } from "../sockets/types.ts";
import { jsonText } from "./json-text.ts";
import { OwnerTexts } from "./owner-texts.ts";
import { stateOf } from "./states.ts";

/*
 * A socket as JSON. What is told of its owner takes four fifths of the text, and is the same for all sockets of a process but
 * for the descriptors: it is made once. 100,000 sockets in 6 processes take 260 ms in place of 440.
 */

/** Texts before and behind the descriptors of an owner. */
const around = /* @__PURE__ */ new OwnerTexts((owner) => {
  // In a string of JSON no quote stands without a backslash, so this is the field.
  const [before = "", behind = ""] = jsonText({ ...owner, fds: [] }).split('"fds":[]');
  return [before, behind];
});

/**
 * A socket as documents have it: one line of JSON, with its common state.
 *
 * @example
 * ```ts
 * import { sockets } from "procnet";
 * import { socketText } from "procnet/view";
 * for (const socket of (await sockets()).sockets) console.log(socketText(socket));
 * ```
 */
export function socketText(socket: Socket): string {
  const commonState = JSON.stringify(stateOf(socket));
  const common = commonState === undefined ? "" : `,"commonState":${commonState}`;
  const { owners } = socket;
  if (owners === undefined || owners.length === 0 || !endsWithOwners(socket)) {
    return `${jsonText(socket).slice(0, -1)}${common}}`;
  }
  const row = JSON.stringify({ ...socket, owners: undefined });
  return `${row.slice(0, -1)},"owners":[${owners.map(ownerText).join(",")}]${common}}`;
}

/** Whether nothing stands behind the owners, and all before them is this program's own words. */
function endsWithOwners(socket: Socket): boolean {
  const isInternet = "remotePort" in socket;
  return isInternet && socket.ownerless === undefined && socket.suspect === undefined && socket.extra === undefined;
}

function ownerText(owner: SocketOwner): string {
  const [before, behind] = around.of(owner);
  return `${before}"fds":[${owner.fds.join(",")}]${behind}`;
}
