import { databaseText, services } from "../netstat/databases.ts";
import type { Services } from "./parser.ts";

/** The services that this machine has names for; the file is read when a filter holds a name. */
export const systemServices: Services = { portOfService };

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
