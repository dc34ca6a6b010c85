import type { Finding } from "procnet/live";
import { endpointText, escapeText, processText, subjectText } from "procnet/view";
import { type Place, placeOf } from "../state/location.ts";
import { toFilter } from "./socket-places.ts";

/** What tells a finding from all others that hold at the same time. */
export function findingKey({ id, subject, namespace }: Pick<Finding, "id" | "subject" | "namespace">): string {
  return [id, subjectText(subject), ...(namespace === undefined ? [] : [namespace])].join(" ");
}

/** What a finding is about: the server judges its own network namespace alone, so that one is "this" one. */
export function aboutText({ subject, namespace }: Pick<Finding, "subject" | "namespace">): string {
  return escapeText(subjectText(subject, namespace));
}

/** A place where more of a finding is seen, and what it is called. */
export interface NamedPlace {
  readonly name: string;
  readonly to: Place;
}

/** Where what a finding is about stands among others like it. */
export function subjectPlaces({ subject }: Pick<Finding, "subject">): readonly NamedPlace[] {
  switch (subject.kind) {
    case "process": {
      return [{ name: "Process", to: placeOf("processes", { filter: escapeText(processText(subject)) }) }];
    }
    case "listener": {
      const { address, port } = subject;
      return [
        { name: "Listener", to: placeOf("listeners", { filter: endpointText(address, port) }) },
        { name: "Sockets of its port", to: placeOf("sockets", { filter: `sport = :${port}`, protocol: "tcp" }) },
      ];
    }
    case "destination": {
      const { address, port } = subject;
      const shown = port === undefined ? address : endpointText(address, port);
      return [
        { name: "Destination", to: placeOf("destinations", { filter: shown }) },
        { name: "Its sockets", to: placeOf("sockets", { filter: toFilter(address, port), protocol: "tcp" }) },
      ];
    }
    case "socket":
      return [{ name: "Socket", to: placeOf("sockets", { filter: `inode = ${subject.inode}`, protocol: "all" }) }];
    default:
      return [];
  }
}
