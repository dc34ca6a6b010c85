import { read } from "procnet";
import type { DeviceStatus, IfInet6 } from "procnet/parse";
import { ifInet6 } from "procnet/tables";
import { numericAddress } from "../names/addresses.ts";
import { nameText, shownName } from "./device-names.ts";
import { hardwareOf } from "./hardware.ts";
import type { Interface } from "./interface.ts";
import type { Address4 } from "./interface-addresses.ts";
import type { Link } from "./interface-links.ts";
import type { Page } from "./page.ts";
import { type Source, unlessAbsent } from "./source.ts";
import { Unreadable } from "./unreadable.ts";

/*
 * Interfaces with everything that is known of them, a paragraph each, as ifconfig shows them.
 */

const BROADCAST = 0x2;
const POINT_TO_POINT = 0x10;

const FLAGS = [
  [0x1, "UP"],
  [BROADCAST, "BROADCAST"],
  [0x4, "DEBUG"],
  [0x8, "LOOPBACK"],
  [POINT_TO_POINT, "POINTOPOINT"],
  [0x20, "NOTRAILERS"],
  [0x40, "RUNNING"],
  [0x80, "NOARP"],
  [0x100, "PROMISC"],
  [0x200, "ALLMULTI"],
  [0x800, "SLAVE"],
  [0x400, "MASTER"],
  [0x1000, "MULTICAST"],
  [0x8000, "DYNAMIC"],
] as const;

const SCOPES = [
  [0x20, "link"],
  [0x40, "site"],
  [0x10, "host"],
] as const;

const COMPATIBLE = 0x80;
const INDENT = " ".repeat(8);

/** Prints them, with the IPv4 address of each. */
export function printLong(
  interfaces: readonly Interface[],
  of: Source,
  ipv4: ReadonlyMap<string, Address4>,
  page: Page,
): void {
  const unreadable = new Unreadable();
  const { onIssue } = unreadable;
  const ipv6 = unlessAbsent(() => read(ifInet6, { of, encoding: "latin1", onIssue })) ?? [];
  for (const one of interfaces) {
    const name = shownName(one.name);
    const flags = one.link === undefined ? "flags=-" : flagsOf(one.link.flags);
    page.print(`${name}: ${flags}  mtu ${one.link?.mtu ?? "-"}\n`);
    const address = ipv4.get(nameText(one.name));
    if (address !== undefined) page.print(lineOf4(address, one.link?.flags ?? 0));
    for (const row of ipv6) if (row.device === one.name) page.print(lineOf6(row));
    if (one.link !== undefined) page.print(hardwareLine(one.link));
    if (one.status !== undefined) page.print(countersOf(one.status));
    page.print("\n");
  }
  unreadable.report("if_inet6", page);
}

function flagsOf(flags: number): string {
  const names = FLAGS.filter(([bit]) => (flags & bit) !== 0).map(([, name]) => name);
  if (names.length > 0) return `flags=${flags}<${names.join(",")}>`;
  return flags === 0 ? "flags=0<" : `flags=${flags}`;
}

function lineOf4({ address, netmask, broadcast, destination }: Address4, flags: number): string {
  let line = `${INDENT}inet ${address}  netmask ${netmask}`;
  if ((flags & BROADCAST) !== 0) line += `  broadcast ${broadcast}`;
  if ((flags & POINT_TO_POINT) !== 0) line += `  destination ${destination}`;
  return `${line}\n`;
}

function lineOf6({ address, prefixLength, scope }: IfInet6): string {
  const names = (scope & COMPATIBLE) === 0 ? [] : ["compat"];
  if ((scope & ~COMPATIBLE) === 0) names.push("global");
  for (const [bit, name] of SCOPES) if ((scope & bit) !== 0) names.push(name);
  const listed = names.length === 0 ? "" : `<${names.join(",")}>`;
  const start = `${INDENT}inet6 ${numericAddress(address)}  prefixlen ${prefixLength}`;
  return `${start}  scopeid 0x${scope.toString(16)}${listed}\n`;
}

function hardwareLine({ type, address, queueLength }: Link): string {
  const { name, title, write } = hardwareOf(type);
  const shown = write === undefined ? name : `${name} ${write(address)}`;
  return `${INDENT}${shown}${queueLength === -1 ? "" : `  txqueuelen ${queueLength}`}  (${title})\n`;
}

function countersOf(status: DeviceStatus<bigint>): string {
  const { recvErrs, recvDrop, recvFifo, recvFrame, sentErrs, sentDrop, sentFifo, sentCarrier, sentColls } = status;
  const lines = [
    `RX packets ${status.recvPackets}  bytes ${status.recvBytes} (${amount(status.recvBytes)})`,
    `RX errors ${recvErrs}  dropped ${recvDrop}  overruns ${recvFifo}  frame ${recvFrame}`,
    `TX packets ${status.sentPackets}  bytes ${status.sentBytes} (${amount(status.sentBytes)})`,
    `TX errors ${sentErrs}  dropped ${sentDrop} overruns ${sentFifo}  carrier ${sentCarrier}  collisions ${sentColls}`,
  ];
  return lines.map((line) => `${INDENT}${line}\n`).join("");
}

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

/** With one digit behind the point, cut off and not rounded. */
function amount(bytes: bigint): string {
  let unit = 0;
  while (unit < UNITS.length - 1 && bytes > 1n << BigInt(10 * (unit + 1))) unit++;
  const tenths = (bytes * 10n) >> BigInt(10 * unit);
  return `${tenths / 10n}.${tenths % 10n} ${UNITS[unit]}`;
}
