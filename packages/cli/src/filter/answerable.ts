import type { SocketProtocol } from "procnet";
import { type Filter, type MissingField, missingFields } from "procnet/query";
import { UsageError } from "../errors.ts";

/*
 * What the tables of procfs have: a filter that asks for something that none of the tables has would find nothing, and say
 * that there is nothing.
 */

const INET = "-t, -u or -w show those that have";
const NAMES: Readonly<Partial<Record<MissingField["field"], readonly [what: string, help: string]>>> = {
  address: ["addresses", INET],
  port: ["ports", INET],
  path: ["paths", "-x shows unix sockets"],
};

/** @throws UsageError where the filter asks for something that no table has that is to be read */
export function checkAnswerable(filter: Filter, protocols: readonly SocketProtocol[]): void {
  const missing = missingFields(filter, protocols).find(({ without }) => without.length === protocols.length);
  if (missing === undefined) return;
  const which = protocols.join(", ");
  const [what, help] = NAMES[missing.field] ?? [];
  const problem =
    what === undefined
      ? `procfs does not tell ${missing.field} of sockets of ${which}`
      : `sockets of ${which} have no ${what}: ${help}`;
  throw new UsageError(`filter: ${problem}`);
}

/** What a filter asks for that procfs does not tell of some of the sockets. */
export function untoldNotes(filter: Filter, protocols: readonly SocketProtocol[]): string[] {
  return missingFields(filter, protocols)
    .filter(({ isUntold }) => isUntold)
    .map(({ field, without }) => {
      const which = without.join(", ");
      return `procfs does not tell ${field} of sockets of ${which}: the filter takes them to have none`;
    });
}
