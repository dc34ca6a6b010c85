import type { Socket, SocketOwner } from "../../sockets/types.ts";
import { jsonText } from "../json-text.ts";
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
const beginnings = new WeakMap<FlatContext, string>();

/** Of an owner what stands before `owner_count`, and what behind it, by its arguments: each process has a list of its own. */
const around = new WeakMap<readonly string[], readonly [before: string, behind: string]>();

const NOBODY: readonly [before: string, behind: string] = [
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
  const [before, behind] = ownerTexts(socket.owners?.[0]);
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

function ownerTexts(owner: SocketOwner | undefined): readonly [before: string, behind: string] {
  if (owner === undefined) return NOBODY;
  let texts = around.get(owner.cmdline);
  if (texts === undefined) {
    const { pid, startTime, program, container, unit = null } = owner;
    const { runtime = null, id = null, podUid = null } = container ?? {};
    texts = [
      jsonText({ pid, start_time: startTime, program }).slice(1, -1),
      jsonText({ container_runtime: runtime, container_id: id, pod_uid: podUid, unit }).slice(1, -1),
    ];
    around.set(owner.cmdline, texts);
  }
  return texts;
}
