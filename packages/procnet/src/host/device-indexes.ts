import { isProcfsError } from "../errors.ts";
import { devMcast } from "../files/devices/dev-mcast.ts";
import { igmp6 } from "../files/routes/igmp6.ts";
import type { Located } from "../read/place.ts";
import { read } from "../read/read.ts";

/**
 * Indexes of interfaces by their names, as far as tables of the namespace itself tell them: those of groups have a row for nearly every
 * interface. `/proc/net/dev` has none, and sysfs shows the namespace of whoever mounted it.
 */
export function deviceIndexes(of: Located): Map<string, number> {
  const indexes = new Map<string, number>();
  for (const rows of [() => read(igmp6, { of }), () => read(devMcast, { of })] satisfies Rows[]) {
    for (const { device, ifIndex } of attempt(rows)) indexes.set(device, ifIndex);
  }
  return indexes;
}

type Rows = () => readonly { readonly device: string; readonly ifIndex: number }[];

function attempt(rows: Rows): ReturnType<Rows> {
  try {
    return rows();
  } catch (error) {
    if (isProcfsError(error)) return []; // without IPv6, say
    throw error;
  }
}
