import { COMMON, type CommonTables } from "./files/catalogue-common.ts";
import { PROTOCOLS, type ProtocolTables } from "./files/catalogue-protocols.ts";
import { COUNTERS, type CounterTables } from "./files/counters/catalogue-counters.ts";
import { DEVICES, type DeviceTables } from "./files/devices/catalogue-devices.ts";
import { FAMILIES, type FamilyTables } from "./files/families/catalogue-families.ts";
import { NETFILTER, type NetfilterTables } from "./files/netfilter/catalogue-netfilter.ts";
import { OLD, type OldTables } from "./files/old/catalogue-old.ts";
import { ROUTING, type RoutingTables } from "./files/routes/catalogue-routing.ts";
import { RPC, type RpcTables } from "./files/rpc/catalogue-rpc.ts";
import { SOCKETS, type SocketTables } from "./files/sockets/catalogue-sockets.ts";
import type { InetOptions } from "./files/sockets/inet/inet-scanner.ts";
import type { UnixOptions } from "./files/sockets/unix/unix.ts";
import type { CatalogueEntry } from "./form/catalogue-entry.ts";
import type { Counter, ParseOptions } from "./form/options.ts";

/**
 * What each file under `/proc/net` reads as, by its name there; `Value` is the type of 64-bit counters. A name that ends in
 * `/*` stands for all files of a directory.
 */
export interface Tables<Value extends Counter = number>
  extends CommonTables<Value>,
    SocketTables<Value>,
    CounterTables<Value>,
    DeviceTables<Value>,
    RoutingTables<Value>,
    NetfilterTables<Value>,
    FamilyTables<Value>,
    ProtocolTables<Value>,
    RpcTables<Value>,
    OldTables<Value> {}

/** Names in the catalogue: those of files, and those that stand for the files of a directory. */
export type CatalogueName = keyof Tables & string;

/** The catalogue's name as names of files: `dev_snmp6/*` is any file of that directory. */
type FileNames<Name extends string> = Name extends `${infer Before}*${infer After}`
  ? `${Before}${string}${After}`
  : Name;

/** Names of the files that have a table, relative to `/proc/net`. */
export type TableName = FileNames<CatalogueName>;

/** The entry of the catalogue that a file falls under: its own, or that of its directory. */
export type NameInCatalogue<Name extends string> = Name extends CatalogueName
  ? Name
  : {
      [Key in CatalogueName]: Key extends `${string}*${string}` ? (Name extends FileNames<Key> ? Key : never) : never;
    }[CatalogueName];

/** What a file reads as. */
export type TableOf<Name extends string, Value extends Counter = number> = Tables<Value>[NameInCatalogue<Name>];

/** Names of the files that are read row by row. */
export type RowTableName = FileNames<
  { [Name in CatalogueName]: Tables[Name] extends readonly unknown[] ? Name : never }[CatalogueName]
>;

/** Names of the tables of internet sockets. */
export type InetName = "tcp" | "tcp6" | "udp" | "udp6" | "udplite" | "udplite6" | "raw" | "raw6" | "icmp" | "icmp6";

/** Names of the files whose rows can be counted by state. */
export type CountableName = InetName | "unix";

/** What a file's reader accepts. */
export type OptionsOf<Name extends string> = Name extends InetName
  ? InetOptions
  : Name extends "unix"
    ? UnixOptions
    : ParseOptions;

/** Every file this version reads, by its name under `/proc/net`. */
export const CATALOGUE: { readonly [Name in CatalogueName]: CatalogueEntry<Tables<Counter>[Name]> } = {
  ...COMMON,
  ...SOCKETS,
  ...COUNTERS,
  ...DEVICES,
  ...ROUTING,
  ...NETFILTER,
  ...FAMILIES,
  ...PROTOCOLS,
  ...RPC,
  ...OLD,
};

/** Entries for the files of a directory, split at the `*`. */
const PATTERNS = Object.entries(CATALOGUE)
  .filter(([name]) => name.includes("*"))
  .map(([name, entry]) => {
    const star = name.indexOf("*");
    return { before: name.slice(0, star), after: name.slice(star + 1), entry: entry as CatalogueEntry<unknown> };
  })
  // The closest comes first: "can/rcvlist_*" before "can/*".
  .sort((a, b) => b.before.length + b.after.length - a.before.length - a.after.length);

/** The entry that a file falls under: its own, or that of its directory; `undefined` when nothing is known of it. */
export function catalogueEntry(name: string): CatalogueEntry<unknown> | undefined {
  if (Object.hasOwn(CATALOGUE, name)) return CATALOGUE[name as CatalogueName] as CatalogueEntry<unknown>;
  const isUnder = ({ before, after }: (typeof PATTERNS)[number]): boolean =>
    name.startsWith(before) &&
    name.endsWith(after) &&
    name.length > before.length + after.length &&
    !name.slice(before.length, name.length - after.length).includes("/");
  return PATTERNS.find(isUnder)?.entry;
}
