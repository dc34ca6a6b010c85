import type { Metric } from "../metrics/family.ts";
import { OWN } from "./definitions.ts";

/** What `collect[]` and `exclude[]` call the server's own metrics, and which are meant. All are made of one look. */
export const OWN_PARTS: ReadonlyMap<string, readonly Metric[]> = new Map([
  ["procnet_sockets", [OWN.sockets, OWN.ownersUnknown, OWN.portSockets, OWN.destinationSockets, OWN.ephemeralPorts]],
  ["procnet_processes", [OWN.processSockets, OWN.queuedBytes, OWN.closeWait, OWN.udpDrops]],
  ["procnet_listeners", [OWN.acceptQueue, OWN.listenerConnections]],
  ["procnet_health", [OWN.health]],
  ["procnet_events", [OWN.opened, OWN.missed]],
]);

/** What `collect[]` and `exclude[]` call what became of what was pushed. It needs no look. */
export const PUSHED = "procnet_otlp";

/** What they call bytes by program, where the kernel is asked for them: these need no look either. */
export const TRAFFIC = "procnet_traffic";

/** Those that are told, too, where sockets are only counted. */
export const COUNTED_PARTS: ReadonlySet<string> = new Set(["procnet_sockets", "procnet_health"]);

/** Which of them a request asks for: `wanted`, or all but the `unwanted`. */
export function partsOf(wanted: readonly string[], unwanted: readonly string[]): readonly string[] {
  const names = [...OWN_PARTS.keys()];
  return wanted.length > 0
    ? names.filter((name) => wanted.includes(name))
    : names.filter((name) => !unwanted.includes(name));
}
