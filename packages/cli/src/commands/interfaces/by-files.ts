import { type Interface, interfacesAsync, type Located, networkPlace, read } from "procnet";
import { localAddresses } from "procnet/parse";
import { dev, fibTrie } from "procnet/tables";
import { verdictOf } from "../../netstat/interface-evidence.ts";
import { linkDirectory } from "../../netstat/interface-links.ts";
import { sourceOf, unlessAbsent } from "../../netstat/source.ts";
import { type ToldInterfaces, toldInterfaces } from "../../netstat/told-addresses.ts";
import { interfaceSource } from "../../source/interface-source.ts";
import type { SourceName } from "../../source/names.ts";
import { visible } from "../../text/safe.ts";

/*
 * Interfaces by files, and by the kernel where these do not tell what is shown: state, MTU and hardware address are in sysfs, which shows the
 * network namespace of whoever mounted it; and no file tells whose an address of IPv4 is that lies in no network, as that of a tunnel.
 */

/** Which interfaces are read, and what of them is shown. */
export interface FileQuestion {
  readonly net: Located;
  /** Whether these are this process's own, which a sysfs here may show. */
  readonly isOwn: boolean;
  readonly root: string | undefined;
  readonly source: SourceName;
  /** Columns by their keys; all that are usual where it is absent. */
  readonly columns: readonly string[] | undefined;
}

const IN_SYSFS = "state, MTU and hardware addresses in a network namespace that no sysfs here shows";
const SYSFS_COLUMNS = ["state", "mtu", "hwaddress"];

/** The interfaces; `note` is told what is left out, and what would help. */
export async function interfacesByFiles(question: FileQuestion, note: (text: string) => void): Promise<Interface[]> {
  const { net, isOwn, root, source, columns } = question;
  const told = isOwn ? toldInterfaces() : undefined;
  const sysfs = isOwn && ownSysfs(told);
  const rows = inOrder(await interfacesAsync({ ...(!isOwn && { net }), sysfs }), told);
  // Nothing besides a captured tree knows of the machine that it is of.
  if (root !== undefined) return rows;
  const isShown = (keys: readonly string[]): boolean =>
    columns === undefined || keys.some((key) => columns.includes(key));
  const wanted = [
    ...(sysfs === false && isShown(SYSFS_COLUMNS) ? [IN_SYSFS] : []),
    ...(isShown(["addresses"]) ? homeless(net, rows) : []),
  ];
  if (wanted.length === 0) return rows;
  const asked = await interfaceSource({ source, root, wanted });
  for (const text of asked.notes) note(text);
  const answer = await asked.source?.interfaces(networkPlace(net), (why) => {
    note(`procfs does not tell ${wanted.join(", ")}; ${visible(why)}`);
  });
  return answer ?? rows;
}

/** Root of the sysfs that shows this namespace; `false` where none is found that does for certain. */
function ownSysfs(told: ToldInterfaces | undefined): string | false {
  const of = sourceOf(undefined);
  const devices = read(dev, { of, encoding: "latin1", bigint: true, onIssue: () => {} });
  const before = new Map(devices.map((device) => [device.name, device]));
  const evidence = { of, before, told };
  const directory = linkDirectory(new Set(before.keys()), undefined, (one) => verdictOf(one, evidence) === "same");
  return directory === undefined ? false : directory.slice(0, -"/class/net".length);
}

/** Their addresses in the order of the kernel, which the tables of procfs do not have, as far as the C library tells them. */
function inOrder(rows: readonly Interface[], told: ToldInterfaces | undefined): Interface[] {
  const placeOf = (name: string, address: string): number => told?.order.get(`${name} ${address}`) ?? Infinity;
  const families = ["IPv4", "IPv6"] as const;
  return rows.map((row) => ({
    ...row,
    addresses: families.flatMap((family) =>
      row.addresses
        .filter((one) => one.family === family)
        .map((one) => ({ one, place: placeOf(row.name, one.address) }))
        .sort((a, b) => (a.place < b.place ? -1 : Number(a.place > b.place)))
        .map(({ one }) => one),
    ),
  }));
}

/** Some stand in a sentence. */
const NAMED = 3;

/** The local addresses of IPv4 that are none of an interface's by files. */
function homeless(net: Located, rows: readonly Interface[]): string[] {
  const known = new Set(rows.flatMap(({ addresses }) => addresses.map(({ address }) => address)));
  const local = localAddresses(unlessAbsent(() => read(fibTrie, { of: net, onIssue: () => {} })) ?? []);
  const without = local.filter((address) => !known.has(address));
  if (without.length === 0) return [];
  const more = without.length > NAMED ? ` and ${without.length - NAMED} more` : "";
  return [`on which interface ${without.slice(0, NAMED).join(", ")}${more} is`];
}
