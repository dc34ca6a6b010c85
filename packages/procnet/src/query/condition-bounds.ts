import { UnixState } from "../codes/unix.ts";
import type { SocketProtocol } from "../sockets/types.ts";
import { ALWAYS, allOf, anyOf, type Bounds, MOST, UNBOUNDED } from "./bounds.ts";
import type { Comparison, Condition, Side } from "./filter.ts";
import { between, complement, type Intervals } from "./intervals.ts";
import { hasField } from "./needs.ts";
import { hasState, inverted, type StateSet } from "./state-set.ts";
import { plainState, statesOfTable, stateTableOf } from "./table-states.ts";

type Of<Kind extends Condition["kind"]> = Extract<Condition, { kind: Kind }>;

/**
 * What one condition says of the columns of sockets of this protocol that pass it, or, where it is negated, of those that do
 * not; `undefined` where there are none.
 */
export function conditionBounds(
  condition: Condition,
  protocol: SocketProtocol,
  isNegated: boolean,
): Bounds | undefined {
  switch (condition.kind) {
    case "state":
      return stateBounds(isNegated ? inverted(condition.states) : condition.states, protocol);
    case "port":
      return portBounds(condition, protocol, isNegated);
    case "address":
      return addressBounds(condition, protocol, condition.negated !== isNegated);
    case "path":
      if (protocol === "unix") return UNBOUNDED;
      return passing((condition.pattern.test("") !== condition.negated) !== isNegated);
    case "further":
      return UNBOUNDED;
    case "number":
      return numberBounds(condition, protocol, isNegated);
    case "text":
      if (condition.field === "congestion" && !hasField(protocol, "congestion"))
        return passing(condition.negated !== isNegated);
      if (condition.field !== "proto") return UNBOUNDED;
      return passing((condition.pattern.test(protocol) !== condition.negated) !== isNegated);
  }
}

function passing(passes: boolean): Bounds | undefined {
  return passes ? ALWAYS : undefined;
}

function stateBounds(states: StateSet, protocol: SocketProtocol): Bounds | undefined {
  const table = stateTableOf(protocol);
  if (table === "stateless") return passing(hasState(states, "UNCONN"));
  const all = statesOfTable(table);
  const wanted = new Set(all.filter((state) => hasState(states, plainState(protocol, state))));
  const isAll = wanted.size === all.length;
  if (table === "unix") {
    // A unix socket listens by a flag, in whichever of the states that the kernel prints (unix_seq_show).
    const isListening = hasState(states, "LISTEN");
    if (isAll) return isListening ? ALWAYS : UNBOUNDED;
    if (isListening) for (const state of Object.keys(UnixState).filter(isName)) wanted.add(state);
  }
  if (wanted.size === 0) return undefined;
  return isAll ? ALWAYS : { isExact: table !== "unix", states: wanted };
}

function isName(key: string): boolean {
  return !/^\d/.test(key);
}

function portBounds(
  { side, comparison, port }: Of<"port">,
  protocol: SocketProtocol,
  isNegated: boolean,
): Bounds | undefined {
  const hasPort = hasField(protocol, "port");
  if (port === undefined) return passing((hasPort === (comparison === "=")) !== isNegated);
  if (!hasPort) return passing((comparison === "!=") !== isNegated);
  return sideBounds(side, comparison, port, isNegated);
}

/** `!=` asks both sides, every other comparison one of them; the contrary the other way round. */
function sideBounds(side: Side, comparison: Comparison, port: number, isNegated: boolean): Bounds | undefined {
  const wanted = numbersThat(comparison, port, 0xffff);
  const ports = isNegated ? complement(wanted, 0xffff) : wanted;
  const bounds = columnsOfSide(side).map((column) => numberColumn(column, ports));
  return (comparison === "!=") !== isNegated ? allOf(bounds) : anyOf(bounds);
}

function columnsOfSide(side: Side): readonly ("localPort" | "remotePort")[] {
  if (side === "either") return ["localPort", "remotePort"];
  return side === "local" ? ["localPort"] : ["remotePort"];
}

function addressBounds(
  { side, family, ranges, port }: Of<"address">,
  protocol: SocketProtocol,
  isNegated: boolean,
): Bounds | undefined {
  const isMeant = family === undefined || (family === 6) === protocol.endsWith("6");
  if (!hasField(protocol, "address") || !isMeant) return passing(isNegated);
  if (ranges === undefined) return port === undefined ? passing(!isNegated) : sideBounds(side, "=", port, isNegated);
  if (isNegated) return UNBOUNDED;
  if (side === "either" && port === undefined) return { isExact: true, address: ranges };
  // Tables can be asked for an address of whichever side only.
  const inRange: Bounds = { isExact: false, address: ranges };
  if (port === undefined) return inRange;
  return anyOf(columnsOfSide(side).map((column) => allOf([numberColumn(column, between(port, port)), inRange])));
}

function numberBounds(
  { field, comparison, value }: Of<"number">,
  protocol: SocketProtocol,
  isNegated: boolean,
): Bounds | undefined {
  switch (field) {
    case "uid": {
      if (!hasField(protocol, "uid")) return passing((comparison === "!=") !== isNegated);
      // Procfs does not tell that of a unix socket, which then passes none of these, but all their contraries.
      if (protocol === "unix" && (comparison === "!=") !== isNegated) return UNBOUNDED;
      const wanted = numbersThat(comparison, value, MOST.uid);
      const bounds = numberColumn("uid", isNegated ? complement(wanted, MOST.uid) : wanted);
      return protocol === "unix" && bounds === ALWAYS ? UNBOUNDED : bounds;
    }
    case "inode": {
      // Old kernels do not print that of a netlink socket: it then passes none of these, but all their contraries.
      if (protocol === "netlink" && (comparison === "!=") !== isNegated) return UNBOUNDED;
      const wanted = numbersThat(comparison, value, MOST.inode);
      const bounds = numberColumn("inode", isNegated ? complement(wanted, MOST.inode) : wanted);
      return protocol === "netlink" && bounds === ALWAYS ? UNBOUNDED : bounds;
    }
    case "pid": {
      // That none of the owners is one of these is nothing to look for.
      if ((comparison === "!=") !== isNegated) return UNBOUNDED;
      const pids = numbersThat(isNegated ? "=" : comparison, value, Number.MAX_SAFE_INTEGER);
      return pids.length === 0 ? undefined : { isExact: true, pid: pids };
    }
    case "netns":
      return UNBOUNDED;
    default:
      if (!hasField(protocol, field)) return passing((comparison === "!=") !== isNegated);
      return UNBOUNDED;
  }
}

function numberColumn(column: keyof typeof MOST, numbers: Intervals): Bounds | undefined {
  const [first] = numbers;
  if (first === undefined) return undefined;
  return first[0] === 0 && first[1] === MOST[column] ? ALWAYS : { isExact: true, [column]: numbers };
}

/** The whole numbers from 0 to `most` of which a comparison with `value` is true. */
function numbersThat(comparison: Comparison, value: number, most: number): Intervals {
  switch (comparison) {
    case "!=":
      return complement(numbersThat("=", value, most), most);
    case "<":
      return between(0, Math.min(most, Math.ceil(value) - 1));
    case "<=":
      return between(0, Math.min(most, Math.floor(value)));
    case ">":
      return between(Math.max(0, Math.floor(value) + 1), most);
    case ">=":
      return between(Math.max(0, Math.ceil(value)), most);
    default:
      return Number.isInteger(value) && value >= 0 && value <= most ? between(value, value) : [];
  }
}
