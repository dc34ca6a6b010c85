import type { SocketProtocol } from "procnet";
import { UsageError } from "../errors.ts";
import type { Filter } from "./ast.ts";

/*
 * What the tables of procfs have: a filter that asks for something that none of the tables has would find nothing, and say
 * that there is nothing.
 */

interface Need {
  /** What it is called. */
  readonly what: string;
  readonly has: (protocol: SocketProtocol) => boolean;
  readonly help: string;
  /** The sockets without it have it in the kernel, and procfs does not tell. */
  readonly isUntold?: true;
}

const NAMED: readonly SocketProtocol[] = ["unix", "netlink", "packet"];
const isInet = (protocol: SocketProtocol): boolean => !NAMED.includes(protocol);
const INET_HELP = "-t, -u or -w show those that have";

const NEEDS: Readonly<Record<string, Need>> = {
  address: { what: "addresses", has: isInet, help: INET_HELP },
  port: { what: "ports", has: isInet, help: INET_HELP },
  path: { what: "paths", has: (protocol) => protocol === "unix", help: "-x shows unix sockets" },
  uid: { what: "a user", has: (protocol) => protocol !== "unix" && protocol !== "netlink", help: "", isUntold: true },
  recvq: { what: "a queue", has: (protocol) => protocol !== "unix", help: "", isUntold: true },
  sendq: { what: "a queue", has: (protocol) => isInet(protocol) || protocol === "netlink", help: "", isUntold: true },
};

/** @throws UsageError where the filter asks for something that no table has that is to be read */
export function checkAnswerable(filter: Filter, protocols: readonly SocketProtocol[]): void {
  for (const [name, need] of needsOf(filter)) {
    if (protocols.some(need.has)) continue;
    const which = protocols.join(", ");
    const problem = need.isUntold
      ? `procfs does not tell ${name} of sockets of ${which}`
      : `sockets of ${which} have no ${need.what}: ${need.help}`;
    throw new UsageError(`filter: ${problem}`);
  }
}

/** What a filter asks for that procfs does not tell of some of the sockets. */
export function untoldNotes(filter: Filter, protocols: readonly SocketProtocol[]): string[] {
  return [...needsOf(filter)].flatMap(([name, need]) => {
    const without = need.isUntold ? protocols.filter((protocol) => !need.has(protocol)) : [];
    if (without.length === 0) return [];
    return [`procfs does not tell ${name} of sockets of ${without.join(", ")}: the filter takes them to have none`];
  });
}

function needsOf(filter: Filter, found: Map<string, Need> = new Map()): Map<string, Need> {
  switch (filter.kind) {
    case "and":
    case "or":
      for (const one of filter.filters) needsOf(one, found);
      return found;
    case "not":
      return needsOf(filter.filter, found);
    default: {
      const name = filter.kind === "number" ? filter.field : filter.kind;
      const need = Object.hasOwn(NEEDS, name) ? NEEDS[name] : undefined;
      if (need !== undefined) found.set(name, need);
      return found;
    }
  }
}
