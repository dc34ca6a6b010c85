import { checkOptions } from "../check-options.ts";
import { type AddressRange, rangeText } from "../codes/address-range.ts";
import { protocolsAsked } from "../codes/socket-protocols.ts";
import type { TcpState } from "../codes/tcp-state.ts";
import type { UnixState } from "../codes/unix.ts";
import type { SocketsOptions } from "../sockets/options.ts";
import type { SocketProtocol } from "../sockets/types.ts";
import { allOf, anyOf, type Bounds, type ColumnBounds, columnsOf } from "./bounds.ts";
import { conditionBounds } from "./condition-bounds.ts";
import type { Filter } from "./filter.ts";
import { type Intervals, isWithin, numbersOf, sizeOf, union } from "./intervals.ts";
import { statesOfTable, stateTableOf } from "./table-states.ts";

/** The part of a filter that `sockets()` answers by its options, while it reads the tables. */
export interface FilterOptions {
  /** The tables in which something can pass. */
  readonly protocol: readonly SocketProtocol[];
  /** The states that can pass. */
  readonly state?: readonly (TcpState | UnixState)[];
  /** The local ports that can pass. */
  readonly localPort?: readonly number[];
  /** The remote ports that can pass. */
  readonly remotePort?: readonly number[];
  /** The ranges, of which either side is in one. */
  readonly address?: readonly string[];
  /** The user ids that can pass. */
  readonly uid?: readonly number[];
  /** The inodes that can pass. */
  readonly inode?: readonly number[];
  /** The processes, of which one holds the socket. */
  readonly pid?: readonly number[];
}

/** A filter as options of `sockets()`, and what is left to be asked of each socket. */
export interface CompiledFilter {
  /** What `sockets()` asks of the tables itself. */
  readonly options: FilterOptions;
  /** Asked of sockets by `matches`; absent where the options say all. */
  readonly rest: Filter | undefined;
}

/**
 * Turns a filter into options of `sockets()`, which are looked at on the bytes of the tables, and a rest. What passes both is
 * exactly what passes the filter, of the tables that `protocol` names (as in `sockets()`). Tables in which nothing can pass
 * are left out.
 *
 * @example
 * ```ts
 * import { sockets } from "procnet";
 * import { compileFilter, matches, parseFilter } from "procnet/query";
 * const { options, rest } = compileFilter(parseFilter("state established and sport = :22 and recvq > 0"));
 * const answer = await sockets({ ...options, owners: false });
 * const waiting = answer.sockets.filter((socket) => rest === undefined || matches(rest, socket));
 * ```
 */
export function compileFilter(filter: Filter, options: Pick<SocketsOptions, "protocol"> = {}): CompiledFilter {
  checkOptions("compileFilter", options, ["protocol"]);
  const conditions = conditionsOf(filter);
  const tables: Table[] = [];
  for (const protocol of protocolsAsked(options.protocol)) {
    const parts = conditions.map((one) => boundsOf(one, protocol, false));
    const bounds = allOf(parts);
    if (bounds !== undefined) tables.push({ protocol, bounds, parts });
  }
  const asked = columnsAsked(tables);
  const rest = conditions.filter(
    (_, at) => !tables.every(({ protocol, parts }) => isSaid(parts[at]!, protocol, asked)),
  );
  return {
    options: { protocol: tables.map(({ protocol }) => protocol), ...optionsOf(asked) },
    rest: rest.length < 2 ? rest[0] : { kind: "and", filters: rest },
  };
}

/** A table in which something may pass. */
interface Table {
  readonly protocol: SocketProtocol;
  readonly bounds: Bounds;
  /** The same for each of the conditions that must all hold. */
  readonly parts: readonly (Bounds | undefined)[];
}

/** Conditions that must all hold. */
function conditionsOf(filter: Filter): Filter[] {
  return filter.kind === "and" ? filter.filters.flatMap(conditionsOf) : [filter];
}

/** What a filter says of sockets of this protocol that pass; `undefined` where none does. Never more than is true. */
function boundsOf(filter: Filter, protocol: SocketProtocol, isNegated: boolean): Bounds | undefined {
  switch (filter.kind) {
    case "not":
      return boundsOf(filter.filter, protocol, !isNegated);
    case "and":
    case "or": {
      const bounds = filter.filters.map((one) => boundsOf(one, protocol, isNegated));
      return (filter.kind === "and") !== isNegated ? allOf(bounds) : anyOf(bounds);
    }
    default:
      return conditionBounds(filter, protocol, isNegated);
  }
}

/** More numbers than there are ports are not listed, but asked of each socket. */
const MOST_NUMBERS = 1 << 16;

/** What all tables can be asked: a column that one of them leaves open is asked of none. */
function columnsAsked(tables: readonly Table[]): ColumnBounds {
  const asked: { -readonly [Name in keyof ColumnBounds]: ColumnBounds[Name] } = {};
  if (tables.length === 0) return asked;
  for (const name of ["localPort", "remotePort", "uid", "inode", "pid"] as const) {
    const numbers = tables.flatMap(({ bounds }) => (bounds[name] === undefined ? [] : [bounds[name]]));
    const all = numbers.length < tables.length ? undefined : union(numbers);
    if (all !== undefined && sizeOf(all) <= MOST_NUMBERS) asked[name] = all;
  }
  const ranges = tables.flatMap(({ bounds }) => (bounds.address === undefined ? [] : [bounds.address]));
  if (ranges.length === tables.length) asked.address = ranges.flat();
  const states = statesAsked(tables);
  if (states !== undefined) asked.states = states;
  return asked;
}

function statesAsked(tables: readonly Table[]): ReadonlySet<string> | undefined {
  const states = new Set<string>();
  for (const { bounds } of tables) {
    if (bounds.states === undefined) return undefined;
    for (const state of bounds.states) states.add(state);
  }
  return states;
}

/** Whether what was asked of the tables says all that a condition says of sockets of this protocol. */
function isSaid(bounds: Bounds | undefined, protocol: SocketProtocol, asked: ColumnBounds): boolean {
  if (!bounds?.isExact) return false;
  const isNumbers = (name: "localPort" | "remotePort" | "uid" | "inode" | "pid"): boolean =>
    asked[name] !== undefined && isWithin(asked[name], bounds[name]!);
  return columnsOf(bounds).every((name) => {
    switch (name) {
      case "states": {
        const possible = statesOfTable(stateTableOf(protocol));
        return (
          asked.states !== undefined && possible.every((one) => !asked.states!.has(one) || bounds.states!.has(one))
        );
      }
      case "address": {
        const ranges = new Set(bounds.address);
        return asked.address?.every((range) => ranges.has(range)) ?? false;
      }
      default:
        return isNumbers(name);
    }
  });
}

function optionsOf({
  states,
  localPort,
  remotePort,
  address,
  uid,
  inode,
  pid,
}: ColumnBounds): Omit<FilterOptions, "protocol"> {
  const numbers = (name: string, of: Intervals | undefined): object =>
    of === undefined ? {} : { [name]: numbersOf(of) };
  return {
    ...(states !== undefined && { state: [...states] as (TcpState | UnixState)[] }),
    ...numbers("localPort", localPort),
    ...numbers("remotePort", remotePort),
    ...(address !== undefined && { address: textsOf(address) }),
    ...numbers("uid", uid),
    ...numbers("inode", inode),
    ...numbers("pid", pid),
  };
}

function textsOf(ranges: readonly AddressRange[]): string[] {
  return [...new Set(ranges.map(rangeText))];
}
