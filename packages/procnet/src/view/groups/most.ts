/**
 * Items with the most first, at most so many; equal ones stay in their order. Those that are left out are not ordered: 100,000 would hold
 * a server up.
 */
export function withMost<Item>(items: Iterable<Item>, key: (item: Item) => number, count: number): Item[] {
  const all = [...items];
  const keys = new Float64Array(all.length);
  for (let place = 0; place < all.length; place++) keys[place] = key(all[place]!);
  const places = Array.from(chosen(keys, count));
  return places.sort((a, b) => keys[b]! - keys[a]! || a - b).map((place) => all[place]!);
}

function* chosen(keys: Float64Array, count: number): Generator<number> {
  const least = count < keys.length ? keys.slice().sort()[keys.length - count]! : Number.NEGATIVE_INFINITY;
  let equal = count - keys.reduce((above, key) => (key > least ? above + 1 : above), 0);
  for (let place = 0; place < keys.length; place++) {
    if (keys[place]! > least || (keys[place] === least && equal-- > 0)) yield place;
  }
}
