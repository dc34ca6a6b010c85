import type { AddressRange } from "../codes/address-range.ts";
import { type Intervals, intersection, union } from "./intervals.ts";

/** Columns of which tables can be asked; one that is absent may have any value. */
export interface ColumnBounds {
  /** States as the table calls them. */
  readonly states?: ReadonlySet<string>;
  readonly localPort?: Intervals;
  readonly remotePort?: Intervals;
  readonly uid?: Intervals;
  readonly inode?: Intervals;
  /** One of the two addresses is in one of these. */
  readonly address?: readonly AddressRange[];
  /** One of the owners is one of these. */
  readonly pid?: Intervals;
}

/** What a socket of a protocol has in its columns where it passes a filter. */
export interface Bounds extends ColumnBounds {
  /** Whether every socket within these bounds passes: nothing is left to be asked of it. */
  readonly isExact: boolean;
}

/** Columns in which a socket has one value: sets of them can be cut with each other. */
export const NUMBER_COLUMNS = ["localPort", "remotePort", "uid", "inode"] as const;

/** The largest number of each column. */
export const MOST: Readonly<Record<(typeof NUMBER_COLUMNS)[number], number>> = {
  localPort: 0xffff,
  remotePort: 0xffff,
  uid: 0xffffffff,
  inode: Number.MAX_SAFE_INTEGER,
};

/** All sockets pass. */
export const ALWAYS: Bounds = { isExact: true };

/** Some pass, and which ones is not said by what can be asked of a table. */
export const UNBOUNDED: Bounds = { isExact: false };

/** What passes all of these. */
export function allOf(all: readonly (Bounds | undefined)[]): Bounds | undefined {
  if (!all.every((one) => one !== undefined)) return undefined;
  const given = <Name extends keyof Bounds>(name: Name): NonNullable<Bounds[Name]>[] =>
    all.flatMap((one) => (one[name] === undefined ? [] : [one[name]]));
  const bounds: { -readonly [Name in keyof Bounds]: Bounds[Name] } = {
    isExact: all.every(({ isExact }) => isExact),
  };
  const states = given("states");
  if (states.length > 0) bounds.states = commonStates(states);
  if (bounds.states?.size === 0) return undefined;
  for (const name of NUMBER_COLUMNS) {
    const some = given(name);
    if (some.length === 0) continue;
    bounds[name] = intersection(some, MOST[name]);
    if (bounds[name].length === 0) return undefined;
  }
  // A socket has two addresses and any number of owners: one may be within these and another within those.
  const [address, ...addresses] = given("address");
  if (address !== undefined) bounds.address = address;
  const [pid, ...pids] = given("pid");
  if (pid !== undefined) bounds.pid = pid;
  if (addresses.length > 0 || pids.length > 0) bounds.isExact = false;
  return bounds;
}

/** What passes one of these. */
export function anyOf(some: readonly (Bounds | undefined)[]): Bounds | undefined {
  const all = some.filter((one) => one !== undefined);
  if (all.length < 2) return all[0];
  if (all.some((one) => one.isExact && columnsOf(one).length === 0)) return ALWAYS;
  const bounds: { -readonly [Name in keyof Bounds]: Bounds[Name] } = { isExact: isOneColumn(all) };
  const states = ofEach(all, "states");
  if (states !== undefined) bounds.states = new Set(states.flatMap((one) => [...one]));
  for (const name of [...NUMBER_COLUMNS, "pid"] as const) {
    const numbers: readonly Intervals[] | undefined = ofEach(all, name);
    if (numbers !== undefined) bounds[name] = union(numbers);
  }
  const address: readonly (readonly AddressRange[])[] | undefined = ofEach(all, "address");
  if (address !== undefined) bounds.address = address.flat();
  return bounds;
}

/** The columns that are bounded. */
export function columnsOf(bounds: Bounds): (keyof ColumnBounds)[] {
  const names = Object.keys(bounds) as (keyof Bounds)[];
  return names.filter((name) => name !== "isExact" && bounds[name] !== undefined) as (keyof ColumnBounds)[];
}

/** Whether all say everything they say of one and the same column, so that what is in one of them passes. */
function isOneColumn(all: readonly Bounds[]): boolean {
  const [column, ...others] = columnsOf(all[0]!);
  if (others.length > 0) return false;
  return all.every((one) => one.isExact && columnsOf(one).every((name) => name === column));
}

/** A column as each of these has it; `undefined` where one of them does not bound it. */
function ofEach<Name extends keyof ColumnBounds>(
  all: readonly Bounds[],
  name: Name,
): NonNullable<ColumnBounds[Name]>[] | undefined {
  const values = all.flatMap((one) => (one[name] === undefined ? [] : [one[name]]));
  return values.length < all.length ? undefined : values;
}

function commonStates([first, ...others]: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  return new Set([...first!].filter((state) => others.every((one) => one.has(state))));
}
