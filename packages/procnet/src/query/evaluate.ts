import { inRange } from "../codes/address-range.ts";
import type { Socket, SocketOwner } from "../sockets/types.ts";
import { kernelValue } from "../view/kernel-values.ts";
import { stateOf } from "../view/states.ts";
import type { Comparison, Condition, Filter, NumberField, Side, TextField } from "./filter.ts";
import { hasState } from "./state-set.ts";

/**
 * Whether a socket passes a filter. What procfs does not tell of it (the user of a unix socket) is taken not to be there, and
 * so are owners that were not looked for.
 *
 * @example
 * ```ts
 * import { sockets } from "procnet";
 * import { matches, parseFilter } from "procnet/query";
 * const filter = parseFilter("state close-wait and recvq > 0");
 * const stuck = (await sockets({ owners: false })).sockets.filter((socket) => matches(filter, socket));
 * ```
 */
export function matches(filter: Filter, socket: Socket): boolean {
  switch (filter.kind) {
    case "and":
      return filter.filters.every((one) => matches(one, socket));
    case "or":
      return filter.filters.some((one) => matches(one, socket));
    case "not":
      return !matches(filter.filter, socket);
    default:
      return holds(filter, socket);
  }
}

const OF_OWNERS: ReadonlySet<TextField> = /* @__PURE__ */ new Set<TextField>(["process", "comm", "unit", "container"]);

/**
 * Whether a filter asks for owners, which cost more than all the rest: without it `owners: false` is enough.
 *
 * @example
 * ```ts
 * import { asksForOwners, parseFilter } from "procnet/query";
 * asksForOwners(parseFilter("process = nginx or sport = :80")); // true
 * ```
 */
export function asksForOwners(filter: Filter): boolean {
  if (filter.kind === "and" || filter.kind === "or") return filter.filters.some(asksForOwners);
  if (filter.kind === "not") return asksForOwners(filter.filter);
  return (
    (filter.kind === "number" && filter.field === "pid") || (filter.kind === "text" && OF_OWNERS.has(filter.field))
  );
}

/**
 * Whether a filter says itself which states are meant, so that no others are meant by default: as ss does.
 *
 * @example
 * ```ts
 * import { parseFilter, saysStates } from "procnet/query";
 * saysStates(parseFilter("state time-wait and dport = :443")); // true
 * ```
 */
export function saysStates(filter: Filter): boolean {
  return filter.kind === "state" || (filter.kind === "and" && filter.filters.some(({ kind }) => kind === "state"));
}

function holds(condition: Condition, socket: Socket): boolean {
  switch (condition.kind) {
    case "state":
      return hasState(condition.states, stateOf(socket));
    case "port":
      return isPort(condition, socket);
    case "address":
      return isAt(condition, socket) !== condition.negated;
    case "path":
      return condition.pattern.test(socket.protocol === "unix" ? (socket.path ?? "") : "") !== condition.negated;
    case "number":
      return compares(numbers(socket, condition.field), condition.comparison, condition.value);
    case "further":
      return condition.test.passes(socket) !== condition.negated;
    case "text":
      return texts(socket, condition.field).some((text) => condition.pattern.test(text)) !== condition.negated;
  }
}

function isAt(condition: Extract<Condition, { kind: "address" }>, socket: Socket): boolean {
  if (!("localAddress" in socket)) return false;
  const { side, family, ranges, port } = condition;
  if (family !== undefined && (family === 6) !== socket.protocol.endsWith("6")) return false;
  const ends: [string, number][] = [];
  if (side !== "remote") ends.push([socket.localAddress, socket.localPort]);
  if (side !== "local") ends.push([socket.remoteAddress, socket.remotePort]);
  return ends.some(([address, number]) => {
    if (port !== undefined && port !== number) return false;
    return ranges === undefined || ranges.some((range) => inRange(range, address));
  });
}

function isPort({ side, comparison, port }: Extract<Condition, { kind: "port" }>, socket: Socket): boolean {
  const found = ports(socket, side);
  if (port === undefined) return found.length > 0 === (comparison === "=");
  return compares(found, comparison, port);
}

function ports(socket: Socket, side: Side): number[] {
  if (!("localPort" in socket)) return [];
  if (side === "local") return [socket.localPort];
  return side === "remote" ? [socket.remotePort] : [socket.localPort, socket.remotePort];
}

function numbers(socket: Socket, field: NumberField): number[] {
  switch (field) {
    case "pid":
      return ownersOf(socket).map((owner) => owner.pid);
    case "uid":
      return told("uid" in socket ? socket.uid : undefined);
    case "inode":
      return told(socket.inode);
    case "netns":
      return told(socket.namespace);
    case "recvq":
      return told("rmem" in socket ? socket.rmem : socket.rxQueue);
    case "sendq":
      return told("wmem" in socket ? socket.wmem : "txQueue" in socket ? socket.txQueue : undefined);
    default:
      return told(kernelValue(field)?.of(socket));
  }
}

function told(value: number | undefined): number[] {
  return value === undefined ? [] : [value];
}

function texts(socket: Socket, field: TextField): string[] {
  switch (field) {
    case "proto":
      return [socket.protocol];
    case "congestion":
      return "congestion" in socket && socket.congestion !== undefined ? [socket.congestion] : [];
    case "process":
      return ownersOf(socket).flatMap(({ program, comm }) => [program, comm]);
    case "comm":
      return ownersOf(socket).map(({ comm }) => comm);
    case "unit":
      return ownersOf(socket).flatMap((owner) => owner.unit ?? []);
    case "container":
      // Ids are written short: their beginning is enough.
      return ownersOf(socket).flatMap(({ container }) =>
        container === undefined
          ? []
          : [
              container.id,
              container.id.slice(0, 12),
              ...(container.runtime === undefined ? [] : [`${container.runtime}:${container.id}`]),
            ],
      );
  }
}

function ownersOf(socket: Socket): readonly SocketOwner[] {
  return socket.owners ?? [];
}

/** `!=` is the contrary of `=`, also where a socket has several such numbers, or none. */
function compares(values: readonly number[], comparison: Comparison, wanted: number): boolean {
  if (comparison === "!=") return !values.includes(wanted);
  return values.some((value) => {
    switch (comparison) {
      case "<":
        return value < wanted;
      case "<=":
        return value <= wanted;
      case ">":
        return value > wanted;
      case ">=":
        return value >= wanted;
      default:
        return value === wanted;
    }
  });
}
