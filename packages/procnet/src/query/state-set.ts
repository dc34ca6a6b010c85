/** States that are meant: those with these names, or all others. What has no name yet is among all others. */
export interface StateSet {
  /** States by name. */
  readonly names: ReadonlySet<string>;
  /** Whether all but those are meant. */
  readonly isInverted: boolean;
}

export function statesNamed(...names: readonly string[]): StateSet {
  return { names: new Set(names), isInverted: false };
}

export function allBut(...names: readonly string[]): StateSet {
  return { names: new Set(names), isInverted: true };
}

export function hasState({ names, isInverted }: StateSet, state: string): boolean {
  return names.has(state) !== isInverted;
}

export function isEmpty({ names, isInverted }: StateSet): boolean {
  return !isInverted && names.size === 0;
}

export function inverted({ names, isInverted }: StateSet): StateSet {
  return { names, isInverted: !isInverted };
}

export function both(one: StateSet, other: StateSet): StateSet {
  if (one.isInverted && other.isInverted) return allBut(...one.names, ...other.names);
  const [named, further] = one.isInverted ? [other, one] : [one, other];
  return statesNamed(...[...named.names].filter((state) => hasState(further, state)));
}

export function either(one: StateSet, other: StateSet): StateSet {
  return inverted(both(inverted(one), inverted(other)));
}
