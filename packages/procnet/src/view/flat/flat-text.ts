import type { Socket } from "../../sockets/types.ts";
import { jsonText } from "../json-text.ts";
import { type Around, OwnerTexts } from "../owner-texts.ts";
import { stateOf } from "../states.ts";
import {
  type FlatContext,
  inodeOf,
  localAddressOf,
  ownerCountOf,
  receivedOf,
  retransmitsOf,
  sentOf,
  userOf,
} from "./flat-socket.ts";
import { FLAT_VERSION } from "./row.ts";

/*
 * A flat row as JSON. What all rows of a look and all sockets of a process have in common is made once, and of the rest only names of
 * unix sockets are foreign text: 100,000 rows take 32 ms, as jsonText(flatSocket()) 210 and by socketText 118.
 */

/** Beginnings of rows, by their context. */
const beginnings = /* @__PURE__ */ new WeakMap<FlatContext, string>();

/** Of an owner what stands before `owner_count`, and what behind it. */
const around = /* @__PURE__ */ new OwnerTexts(({ pid, startTime, program, container, unit = null }) => {
  const { runtime = null, id = null, podUid = null } = container ?? {};
  return [
    jsonText({ pid, start_time: startTime, program }).slice(1, -1),
    jsonText({ container_runtime: runtime, container_id: id, pod_uid: podUid, unit }).slice(1, -1),
  ];
});

const NOBODY: Around = [
  '"pid":null,"start_time":null,"program":null',
  '"container_runtime":null,"container_id":null,"pod_uid":null,"unit":null',
];

/**
 * A socket as a flat row, one line of JSON: the same as `jsonText(flatSocket(socket, context))`. A context that is used again makes it
 * fast.
 *
 * @example
 * ```ts
 * import { machineIdentity, sockets } from "procnet";
 * import { flatText } from "procnet/view";
 * const { takenAt, sockets: found } = await sockets();
 * const context = { ...machineIdentity(), takenAt, event: "snapshot" } as const;
 * for (const socket of found) console.log(flatText(socket, context));
 * ```
 */
export function flatText(socket: Socket, context: FlatContext): string {
  const owner = socket.owners?.[0];
  const [before, behind] = owner === undefined ? NOBODY : around.of(owner);
  return (
    `${beginning(context)}"protocol":"${socket.protocol}","state":${JSON.stringify(stateOf(socket))},${ends(socket)},` +
    `"uid":${userOf(socket)},"inode":${inodeOf(socket)},"netns":${socket.namespace ?? null},${before},` +
    `"owner_count":${ownerCountOf(socket)},${behind},"rx_queue":${receivedOf(socket)},"tx_queue":${sentOf(socket)},` +
    `"retransmits":${retransmitsOf(socket)}}`
  );
}

function beginning(context: FlatContext): string {
  let text = beginnings.get(context);
  if (text === undefined) {
    const { host = null, bootId = null, takenAt, event } = context;
    text = `${jsonText({ schema: FLAT_VERSION, host, boot_id: bootId, taken_at: takenAt, event }).slice(0, -1)},`;
    beginnings.set(context, text);
  }
  return text;
}

function ends(socket: Socket): string {
  if (!("localPort" in socket)) {
    const local = jsonText(localAddressOf(socket));
    return `"local_address":${local},"local_port":null,"remote_address":null,"remote_port":null`;
  }
  const { localAddress, localPort, remoteAddress, remotePort } = socket;
  return (
    `"local_address":"${localAddress}","local_port":${localPort},` +
    `"remote_address":"${remoteAddress}","remote_port":${remotePort}`
  );
}
