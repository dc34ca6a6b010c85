import { isInet, type SocketProtocol } from "../codes/socket-protocols.ts";
import type { Filter } from "./filter.ts";

/** Something that a filter asks for and that some of the tables do not have. */
export interface MissingField {
  /** As in the filter: `uid`; `port`, `address` and `path` whatever side or word was written. */
  readonly field: "address" | "port" | "path" | "uid" | "recvq" | "sendq";
  /** The protocols whose sockets are without it. They are taken to have none. */
  readonly without: readonly SocketProtocol[];
  /** Whether these sockets have it in the kernel, and only procfs does not tell. */
  readonly isUntold: boolean;
}

type Field = MissingField["field"];

const HAS: Readonly<Record<Field, (protocol: SocketProtocol) => boolean>> = {
  address: isInet,
  port: isInet,
  path: (protocol) => protocol === "unix",
  uid: (protocol) => protocol !== "unix" && protocol !== "netlink",
  recvq: (protocol) => protocol !== "unix",
  sendq: (protocol) => isInet(protocol) || protocol === "netlink",
};

const UNTOLD: readonly Field[] = ["uid", "recvq", "sendq"];

/** Whether the rows of a table have the column. */
export function hasField(protocol: SocketProtocol, field: MissingField["field"]): boolean {
  return HAS[field](protocol);
}

/**
 * What a filter asks for that not all of the tables have. Where `without` is all of them, the answer would say that there is
 * nothing where nothing can be known: better to say so.
 *
 * @example
 * ```ts
 * import { missingFields, parseFilter } from "procnet/query";
 * missingFields(parseFilter("dport = :22"), ["unix"]); // [{ field: "port", without: ["unix"], isUntold: false }]
 * ```
 */
export function missingFields(filter: Filter, protocols: readonly SocketProtocol[]): MissingField[] {
  return [...fieldsOf(filter)].flatMap((field) => {
    const without = protocols.filter((protocol) => !hasField(protocol, field));
    return without.length === 0 ? [] : [{ field, without, isUntold: UNTOLD.includes(field) }];
  });
}

function fieldsOf(filter: Filter, found: Set<Field> = new Set()): Set<Field> {
  switch (filter.kind) {
    case "and":
    case "or":
      for (const one of filter.filters) fieldsOf(one, found);
      return found;
    case "not":
      return fieldsOf(filter.filter, found);
    default: {
      const name = filter.kind === "number" ? filter.field : filter.kind;
      if (isField(name)) found.add(name);
      return found;
    }
  }
}

function isField(name: string): name is Field {
  return Object.hasOwn(HAS, name);
}
