import { read } from "procnet";
import { devMcast, igmp, igmp6 } from "procnet/tables";
import { shownName } from "../netstat/device-names.ts";
import { type Source, unlessAbsent } from "../netstat/source.ts";
import { foreign } from "../text/printf.ts";

/** Names of interfaces by their number, from tables of groups: procfs has no other file that tells both. */
export function deviceNames(of: Source): (index: number) => string {
  let known: ReadonlyMap<number, string> | undefined;
  return (index) => {
    known ??= readNames(of);
    return known.get(index) ?? `if${index}`;
  };
}

/** Its number; `undefined` where no table has it. */
export function deviceNumber(name: string, of: Source): number | undefined {
  for (const [index, known] of readNames(of)) if (known === name) return index;
  return undefined;
}

/** Names are bytes, which these tables can be read as, but for one. */
function readNames(of: Source): Map<number, string> {
  const names = new Map<number, string>();
  const onIssue = (): void => {};
  for (const { ifIndex, device } of unlessAbsent(() => read(igmp, { of, onIssue })) ?? []) {
    names.set(ifIndex, foreign(device));
  }
  const raw = { of, onIssue, encoding: "latin1" } as const;
  for (const { ifIndex, device } of [
    ...(unlessAbsent(() => read(igmp6, raw)) ?? []),
    ...(unlessAbsent(() => read(devMcast, raw)) ?? []),
  ]) {
    names.set(ifIndex, shownName(device));
  }
  return names;
}
