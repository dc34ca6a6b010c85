import { isInet, type SocketProtocol } from "../codes/socket-protocols.ts";
import { type KernelNumber, kernelValue } from "../view/kernel-values.ts";
import type { Filter } from "./filter.ts";

/** Something that a filter asks for and that some of the tables do not have. */
export interface MissingField {
  /** As in the filter: `uid`; `port`, `address` and `path` whatever side or word was written. */
  readonly field: "address" | "port" | "path" | "uid" | "recvq" | "sendq" | "congestion" | KernelNumber;
  /** The protocols whose sockets are without it. They are taken to have none. */
  readonly without: readonly SocketProtocol[];
  /** Whether these sockets have it in the kernel, and are only not told of. */
  readonly isUntold: boolean;
  /** Those of them of which the kernel tells it where it is asked: `source` of `sockets()`. */
  readonly ofKernel: readonly SocketProtocol[];
}

type Field = MissingField["field"];
type HasField = (protocol: SocketProtocol) => boolean;

/** What the kernel tells, by files and by netlink. Numbers that it tells by netlink alone say it themselves. */
const HAS: Readonly<Record<Exclude<Field, KernelNumber>, HasField>> = {
  address: isInet,
  port: isInet,
  path: (protocol) => protocol === "unix",
  uid: (protocol) => protocol !== "netlink",
  recvq: () => true,
  sendq: (protocol) => protocol !== "packet",
  congestion: (protocol) => protocol === "tcp" || protocol === "tcp6",
};

/** What of it files tell of no unix socket. */
const NOT_OF_UNIX: ReadonlySet<Field> = /* @__PURE__ */ new Set<Field>(["uid", "recvq", "sendq"]);

/** Whether sockets of a table can have it, whoever tells of them. */
export function hasField(protocol: SocketProtocol, field: Field): boolean {
  return isPlain(field) ? HAS[field](protocol) : kernelValue(field)!.has(protocol);
}

/** Whether procfs tells it. */
function isInFile(protocol: SocketProtocol, field: Field): boolean {
  if (!isPlain(field) || field === "congestion") return false;
  return HAS[field](protocol) && !(protocol === "unix" && NOT_OF_UNIX.has(field));
}

/**
 * What a filter asks for that not all of the tables have, as procfs tells them. Where `without` is all of them, the answer would say that there
 * is nothing where nothing can be known: better to say so. `asked`: tables of which the kernel itself tells.
 *
 * @example
 * ```ts
 * import { missingFields, parseFilter } from "procnet/query";
 * missingFields(parseFilter("dport = :22"), ["unix"]); // [{ field: "port", without: ["unix"], isUntold: false, ofKernel: [] }]
 * missingFields(parseFilter("rtt > 100ms"), ["tcp"])[0]?.ofKernel; // ["tcp"]
 * ```
 */
export function missingFields(
  filter: Filter,
  protocols: readonly SocketProtocol[],
  asked: readonly SocketProtocol[] = [],
): MissingField[] {
  return [...fieldsOf(filter)].flatMap((field) => {
    const without = protocols.filter((protocol) => !(asked.includes(protocol) ? hasField : isInFile)(protocol, field));
    if (without.length === 0) return [];
    const ofKernel = without.filter((protocol) => !asked.includes(protocol) && hasField(protocol, field));
    return [{ field, without, isUntold: ofKernel.length > 0 || NOT_OF_UNIX.has(field), ofKernel }];
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
      const name = filter.kind === "number" || filter.kind === "text" ? filter.field : filter.kind;
      if (isField(name)) found.add(name);
      return found;
    }
  }
}

function isField(name: string): name is Field {
  return Object.hasOwn(HAS, name) || kernelValue(name) !== undefined;
}

function isPlain(field: Field): field is keyof typeof HAS {
  return Object.hasOwn(HAS, field);
}
