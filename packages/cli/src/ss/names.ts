import { mapped } from "../names/addresses.ts";
import { databaseText } from "../names/databases.ts";
import { knownNames } from "../names/known-names.ts";
import { type Names, numericPort } from "../names/names.ts";
import type { Source } from "../netstat/source.ts";

/*
 * Names of services and hosts, as far as ss shows them.
 */

interface Wanted {
  readonly numericPorts: boolean;
  readonly numericHosts: boolean;
}

export function namesOf(wanted: Wanted, of: Source, signal: AbortSignal): Names {
  const names = knownNames({ ...wanted, numericUsers: true }, signal);
  const { prepare } = names;
  let range: readonly [first: number, last: number] | undefined;
  return {
    ...names,
    port: (port, service) => {
      if (wanted.numericPorts || port === 0) return numericPort(port);
      const known = names.port(port, service);
      if (service === "raw") return known === numericPort(port) ? `ipproto-${port}` : known;
      range ??= handedOut(of);
      return port >= range[0] && port <= range[1] ? numericPort(port) : known;
    },
    // The address of all is no host's, and a mapped one is looked for as what it stands for.
    host: (address) => (isAny(address) ? undefined : names.host(mapped(address) ?? address)),
    ...(prepare && {
      prepare: (addresses) => prepare(addresses.filter((one) => !isAny(one)).map((one) => mapped(one) ?? one)),
    }),
  };
}

function isAny(address: string): boolean {
  return address === "0.0.0.0" || address === "::";
}

/** Ports that the kernel hands out, and those of old kernels where it does not tell. */
export function handedOut({ place }: Source): readonly [number, number] {
  const text = databaseText(`${place.context.root}/sys/net/ipv4/ip_local_port_range`);
  const [, first, last] = /^(\d+)\s+(\d+)/.exec(text) ?? [];
  return first === undefined || last === undefined ? [1024, 4999] : [Number(first), Number(last)];
}
