import { cut, foreign } from "../text/printf.ts";
import { databaseRows, databaseText, services } from "./databases.ts";
import { HostNames } from "./host-names.ts";
import { type Names, NUMERIC } from "./names.ts";

/*
 * Names for what is numbers in the kernel: services, protocols, users, hosts and networks. Each file is read when the first
 * name is wanted.
 */

/** Bytes of a service's name that are shown. */
const SERVICE_WIDTH = 63;

/** What is to stay a number. */
export interface Numeric {
  readonly numericHosts: boolean;
  readonly numericPorts: boolean;
  readonly numericUsers: boolean;
}

/** Names for all that is not to stay a number. */
export function knownNames({ numericHosts, numericPorts, numericUsers }: Numeric, signal: AbortSignal): Names {
  return {
    port: numericPorts ? NUMERIC.port : portNames(),
    user: numericUsers ? NUMERIC.user : userNames(),
    ...(numericHosts ? { host: NUMERIC.host } : hostNames(signal)),
  };
}

/** Tables by protocol. In a table a later line wins: that is the order in which net-tools looks. */
function portNames(): Names["port"] {
  let known: Readonly<Record<string, ReadonlyMap<number, string>>> | undefined;
  return (port, service) => {
    if (port === 0) return NUMERIC.port(port, service);
    known ??= readServices();
    return known[service]?.get(port) ?? NUMERIC.port(port, service);
  };
}

function readServices(): Record<string, ReadonlyMap<number, string>> {
  const tcp = new Map<number, string>();
  const udp = new Map<number, string>();
  const raw = new Map<number, string>();
  const tables: Readonly<Record<string, Map<number, string>>> = { tcp, udp, raw };
  for (const { name, port, protocol } of services(databaseText("/etc/services"))) {
    if (protocol !== undefined && Object.hasOwn(tables, protocol)) tables[protocol]!.set(port, shownService(name));
  }
  for (const [name, number] of databaseRows(databaseText("/etc/protocols"))) {
    if (/^[0-9]{1,5}$/.test(number!)) raw.set(Number(number), shownService(name!));
  }
  return { tcp, udp, udplite: udp, raw };
}

function shownService(name: string): string {
  return cut(foreign(name), SERVICE_WIDTH);
}

function userNames(): Names["user"] {
  let known: ReadonlyMap<number, string> | undefined;
  return (uid) => {
    known ??= readUsers();
    return known.get(uid);
  };
}

/** `name:password:uid:...`, of which the first line of a user counts. */
function readUsers(): Map<number, string> {
  const users = new Map<number, string>();
  for (const line of databaseText("/etc/passwd").split("\n")) {
    const [name, , uid] = line.split(":", 4);
    if (!name || name.startsWith("#") || uid === undefined || !/^[0-9]{1,10}$/.test(uid)) continue;
    if (!users.has(Number(uid))) users.set(Number(uid), foreign(name));
  }
  return users;
}

function hostNames(signal: AbortSignal): Pick<Names, "host" | "prepare" | "network"> {
  const hosts = new HostNames(signal);
  let networks: ReadonlyMap<string, string> | undefined;
  return {
    host: (address) => hosts.name(address),
    prepare: (addresses) => hosts.prepare(addresses),
    network: (address) => {
      networks ??= readNetworks();
      return networks.get(address);
    },
  };
}

/** `link-local 169.254.0.0`, in which zeros at the end may be left out. */
function readNetworks(): Map<string, string> {
  const networks = new Map<string, string>();
  for (const [name, number] of databaseRows(databaseText("/etc/networks"))) {
    const parts = number!.split(".");
    if (parts.length > 4 || !parts.every((part) => /^[0-9]{1,3}$/.test(part))) continue;
    const address = [...parts.map(Number), 0, 0, 0].slice(0, 4).join(".");
    if (!networks.has(address)) networks.set(address, foreign(name));
  }
  return networks;
}
