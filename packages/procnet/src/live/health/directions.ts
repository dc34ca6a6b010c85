import type { DeviceSample } from "../sample.ts";
import { briefly, Interfaces, interfaceOf } from "./interfaces.ts";
import type { Verdict } from "./spec.ts";
import { isUnjudged, type Unjudged, unjudgedOf } from "./unjudged.ts";
import type { Delta, Window } from "./window.ts";

/** Numbers of one direction of an interface. */
export interface Direction {
  readonly word: "received" | "sent";
  readonly bad: Delta;
  readonly packets: Delta;
}

/** Both directions; of one that is not known, why. */
export function directionsOf(
  interfaces: Interfaces,
  device: DeviceSample,
  received: "recvErrs" | "recvDrop" | "recvFifo",
  sent: "sentErrs" | "sentDrop" | "sentFifo",
): (Direction | Unjudged)[] {
  const one = (word: Direction["word"], bad: typeof received | typeof sent, packets: "recvPackets" | "sentPackets") => {
    const lost = interfaces.grown(device, bad, ({ status }) => status[bad]);
    const all = interfaces.grown(device, packets, ({ status }) => status[packets]);
    return isUnjudged(lost) ? lost : isUnjudged(all) ? all : { word, bad: lost, packets: all };
  };
  return [one("received", received, "recvPackets"), one("sent", sent, "sentPackets")];
}

/** What is bad, of all that came or went. */
export function shareOf({ bad, packets }: Pick<Direction, "bad" | "packets">): number {
  const all = bad.delta + packets.delta;
  return all === 0 ? 0 : bad.delta / all;
}

/** All interfaces judged one by one; without the file, why. */
export function eachInterface(
  window: Window,
  judge: (interfaces: Interfaces, device: DeviceSample) => Verdict,
): Verdict {
  const interfaces = Interfaces.of(window);
  const there = window.gauge("net/dev", "dev", window.last.devices?.length, "dev");
  if (isUnjudged(there)) return [there];
  const all = interfaces.last.flatMap((device) =>
    judge(interfaces, device).map((one) => (isUnjudged(one) ? unjudgedOf(interfaceOf(device), one) : one)),
  );
  return [...briefly(all), ...all.filter((one) => !isUnjudged(one))];
}
