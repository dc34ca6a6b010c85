import type { FilterNames } from "procnet/query";
import { databaseRows, databaseText, services } from "./databases.ts";

/** The names of this machine; its files are read when a filter holds a name. */
export const namesOfMachine: FilterNames = { portOfService, addressesOf };

let known: Map<string, number> | undefined;

function portOfService(name: string): number | undefined {
  known ??= read();
  return known.get(name);
}

function read(): Map<string, number> {
  const ports = new Map<string, number>();
  for (const { name, port, aliases } of services(databaseText("/etc/services") || FALLBACK)) {
    for (const each of [name, ...aliases]) if (!ports.has(each)) ports.set(each, port);
  }
  return ports;
}

/** Small images have no such file: the few names that everybody writes stand in for it. */
const FALLBACK = "ssh 22\ndomain 53\nhttp 80\nhttps 443\npostgresql 5432\nmysql 3306\nredis 6379\n";

/** Names are not case sensitive (hosts(5), RFC 4343). */
function addressesOf(name: string): string[] {
  const wanted = name.toLowerCase();
  const found: string[] = [];
  for (const [address, ...names] of databaseRows(databaseText("/etc/hosts"))) {
    if (names.some((one) => one.toLowerCase() === wanted)) found.push(address!);
  }
  return found.length === 0 && wanted === "localhost" ? ["127.0.0.1", "::1"] : found;
}
