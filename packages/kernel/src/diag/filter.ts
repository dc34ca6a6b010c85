import { nameOf, TcpState } from "procnet/parse";
import type { Comparison, Condition, Filter, FurtherTest, Side } from "procnet/query";
import { commonState } from "procnet/view";
import { bytecodeOf, type DiagCondition, type DiagSide } from "./bytecode.ts";
import type { InetProtocol } from "./inet-request.ts";
import { AS_PROCFS } from "./states.ts";

/** A filter as the kernel is asked, and what is left for the caller. */
export interface CompiledInetFilter {
  /** For the question: states as bits. 0 where nothing can pass: then nothing has to be asked. */
  readonly states: number;
  /** For the question; absent where there is nothing to ask of addresses and ports. */
  readonly bytecode: Uint8Array | undefined;
  /** Asked of each row by `matches` of procnet/query; absent where the kernel says it all. */
  readonly rest: Filter | undefined;
}

/**
 * Turns a filter into what the kernel can ask of sockets of this table, and a rest. What passes both is exactly what passes the filter.
 * Everything that the tree has no word for is given as `further`, which must hold too.
 */
export function compileInetFilter(
  filter: Filter | undefined,
  protocol: InetProtocol,
  further?: DiagCondition,
): CompiledInetFilter {
  const conjuncts = filter === undefined ? [] : conjunctsOf(filter);
  const asked: DiagCondition[] = further === undefined ? [] : [further];
  const rest: Filter[] = [];
  let states = 0xffffffff;
  for (const one of conjuncts) {
    states &= maskOf(one, protocol, false);
    if (isStates(one)) continue;
    const { code, isExact } = within(asked, boundOf(one, protocol, false));
    if (code === false) return { states: 0, bytecode: undefined, rest: undefined };
    if (code !== true) asked.push(code);
    if (!isExact) rest.push(one);
  }
  if (!conjuncts.some(namesInactive)) states &= AS_PROCFS;
  return {
    states: states >>> 0,
    bytecode: asked.length === 0 ? undefined : bytecodeOf({ kind: "and", conditions: asked }),
    rest: rest.length < 2 ? rest[0] : { kind: "and", filters: rest },
  };
}

/** Conditions that must all hold. */
function conjunctsOf(filter: Filter): Filter[] {
  return filter.kind === "and" ? filter.filters.flatMap(conjunctsOf) : [filter];
}

/** What passes is within `code`, and where it is exact it is all of that; `true` is all sockets, `false` none. */
interface Bound {
  readonly code: DiagCondition | boolean;
  readonly isExact: boolean;
}

const UNKNOWN: Bound = { code: true, isExact: false };

/** What is too long for the kernel, with what it is asked already, is left to the caller. */
function within(asked: readonly DiagCondition[], bound: Bound): Bound {
  if (typeof bound.code === "boolean") return bound;
  try {
    bytecodeOf({ kind: "and", conditions: [...asked, bound.code] });
    return bound;
  } catch (error) {
    if (error instanceof RangeError) return UNKNOWN;
    throw error;
  }
}

function boundOf(filter: Filter, protocol: InetProtocol, isNegated: boolean): Bound {
  switch (filter.kind) {
    case "not":
      return boundOf(filter.filter, protocol, !isNegated);
    case "and":
    case "or": {
      const bounds = filter.filters.map((one) => boundOf(one, protocol, isNegated));
      return (filter.kind === "and") !== isNegated ? allOf(bounds) : anyOf(bounds);
    }
    default:
      return conditionBound(filter, protocol, isNegated);
  }
}

function allOf(bounds: readonly Bound[]): Bound {
  if (bounds.some(({ code }) => code === false)) return { code: false, isExact: true };
  const conditions = bounds.flatMap(({ code }) => (typeof code === "boolean" ? [] : [code]));
  const isExact = bounds.every((one) => one.isExact);
  return { code: conditions.length === 0 ? true : { kind: "and", conditions }, isExact };
}

function anyOf(bounds: readonly Bound[]): Bound {
  const possible = bounds.filter(({ code }) => code !== false);
  if (possible.length === 0) return { code: false, isExact: true };
  if (possible.some(({ code, isExact }) => code === true && isExact)) return { code: true, isExact: true };
  const conditions = possible.flatMap(({ code }) => (typeof code === "boolean" ? [] : [code]));
  if (conditions.length < possible.length) return UNKNOWN;
  return { code: { kind: "or", conditions }, isExact: possible.every(({ isExact }) => isExact) };
}

function conditionBound(condition: Condition, protocol: InetProtocol, isNegated: boolean): Bound {
  switch (condition.kind) {
    case "port":
      return portBound(condition, isNegated);
    case "address":
      return addressBound(condition, protocol, condition.negated !== isNegated);
    case "path":
      // Sockets without a path have an empty one.
      return always((condition.pattern.test("") !== condition.negated) !== isNegated);
    case "text":
      if (condition.field !== "proto") return UNKNOWN;
      return always((condition.pattern.test(protocol) !== condition.negated) !== isNegated);
    case "further":
      return isDiagTest(condition.test) ? exactly(condition.test.diag, condition.negated !== isNegated) : UNKNOWN;
    default:
      return UNKNOWN;
  }
}

/** A word of the caller's that the kernel can ask of internet sockets: `words` of `parseFilter`. */
export interface DiagTest extends FurtherTest {
  readonly diag: DiagCondition;
}

function isDiagTest(test: FurtherTest): test is DiagTest {
  return "diag" in test;
}

function always(passes: boolean): Bound {
  return { code: passes, isExact: true };
}

function exactly(condition: DiagCondition, isNegated: boolean): Bound {
  return { code: isNegated ? { kind: "not", condition } : condition, isExact: true };
}

function sidesOf(side: Side): readonly DiagSide[] {
  return side === "either" ? ["local", "remote"] : [side];
}

/** `!=` asks that no side has the port, every other comparison that one has such a port. */
function portBound({ side, comparison, port }: Extract<Condition, { kind: "port" }>, isNegated: boolean): Bound {
  if (port === undefined) return always((comparison === "=") !== isNegated);
  const isOther = comparison === "!=";
  const [least, most] = portsThat(isOther ? "=" : comparison, port);
  if (least > most) return always(isOther !== isNegated);
  if (least === 0 && most === MOST_PORT) return always(isOther === isNegated);
  const conditions = sidesOf(side).map((one): DiagCondition => ({ kind: "port", side: one, least, most }));
  return exactly({ kind: "or", conditions }, isOther !== isNegated);
}

const MOST_PORT = 0xffff;

function portsThat(comparison: Comparison, port: number): readonly [least: number, most: number] {
  switch (comparison) {
    case "<":
      return [0, Math.min(MOST_PORT, Math.ceil(port) - 1)];
    case "<=":
      return [0, Math.min(MOST_PORT, Math.floor(port))];
    case ">":
      return [Math.max(0, Math.floor(port) + 1), MOST_PORT];
    case ">=":
      return [Math.max(0, Math.ceil(port)), MOST_PORT];
    default:
      return Number.isInteger(port) && port >= 0 && port <= MOST_PORT ? [port, port] : [1, 0];
  }
}

function addressBound(
  { side, family, ranges, port }: Extract<Condition, { kind: "address" }>,
  protocol: InetProtocol,
  isNegated: boolean,
): Bound {
  if (family !== undefined && (family === 6) !== protocol.endsWith("6")) return always(isNegated);
  if (ranges === undefined && port === undefined) return always(!isNegated);
  const conditions = sidesOf(side).map((one): DiagCondition => {
    const both: DiagCondition[] = [];
    if (port !== undefined) both.push({ kind: "port", side: one, least: port, most: port });
    if (ranges !== undefined)
      both.push({ kind: "or", conditions: ranges.map((range) => ({ kind: "address", side: one, range })) });
    return { kind: "and", conditions: both };
  });
  return exactly({ kind: "or", conditions }, isNegated);
}

/** Whether states are all that it asks for. */
function isStates(filter: Filter): boolean {
  if (filter.kind === "not") return isStates(filter.filter);
  if (filter.kind === "and" || filter.kind === "or") return filter.filters.every(isStates);
  return filter.kind === "state";
}

/** Whether it asks by name for what procfs does not list. */
function namesInactive(filter: Filter): boolean {
  if (filter.kind === "not") return namesInactive(filter.filter);
  if (filter.kind === "and" || filter.kind === "or") return filter.filters.some(namesInactive);
  return filter.kind === "state" && !filter.states.isInverted && filter.states.names.has("BOUND_INACTIVE");
}

/** The states in which something can pass, as bits. */
function maskOf(filter: Filter, protocol: InetProtocol, isNegated: boolean): number {
  switch (filter.kind) {
    case "not":
      return maskOf(filter.filter, protocol, !isNegated);
    case "and":
    case "or": {
      const masks = filter.filters.map((one) => maskOf(one, protocol, isNegated));
      const isAll = (filter.kind === "and") !== isNegated;
      return masks.reduce((sum, mask) => (isAll ? sum & mask : sum | mask), isAll ? 0xffffffff : 0);
    }
    case "state": {
      const { names, isInverted } = filter.states;
      let mask = 0;
      for (let code = 0; code < 32; code++) {
        const state = commonState(protocol, nameOf(TcpState, told(code)));
        if ((names.has(state) !== isInverted) !== isNegated) mask |= 1 << code;
      }
      return mask;
    }
    default:
      return 0xffffffff;
  }
}

/** Requests for a connection are told as SYN_RECV, and asked for by the bit of NEW_SYN_RECV. */
function told(code: number): number {
  return code === TcpState.NEW_SYN_RECV ? TcpState.SYN_RECV : code;
}
