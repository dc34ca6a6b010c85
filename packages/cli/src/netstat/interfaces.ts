import { read } from "procnet";
import type { DeviceStatus } from "procnet/parse";
import { dev, packet } from "procnet/tables";
import type { SourceName } from "../source/names.ts";
import { cut, flagLetters, left, right } from "../text/printf.ts";
import { nameText, shownName } from "./device-names.ts";
import type { Flags } from "./flags.ts";
import type { Interface } from "./interface.ts";
import { verdictOf } from "./interface-evidence.ts";
import type { KernelInterfaces } from "./interface-kernel.ts";
import { type Link, linkDirectory, readLink } from "./interface-links.ts";
import { inOrder } from "./interface-order.ts";
import type { Page } from "./page.ts";
import { type Source, sourceOf, unlessAbsent } from "./source.ts";
import { type ToldInterfaces, toldInterfaces } from "./told-addresses.ts";
import { Unreadable } from "./unreadable.ts";

/*
 * The table of interfaces. Which there are and their counters are in procfs, the rest is not: see `Link`.
 */

const UP = 0x1;

/** Letters of flags in the order in which they are shown. `P` stands for two. */
const LETTERS = [
  [0x200, "A"],
  [0x2, "B"],
  [0x4, "D"],
  [0x8, "L"],
  [0x1000, "M"],
  [0x8000, "d"],
  [0x100, "P"],
  [0x20, "N"],
  [0x80, "O"],
  [0x10, "P"],
  [0x800, "s"],
  [0x400, "m"],
  [0x40, "R"],
  [UP, "U"],
] as const;

/** Runs whose title has been printed: with `-c` it comes once. */
const titled = new WeakSet<Flags>();

/** Prints the interfaces and gives the exit code. */
export async function printInterfaces(flags: Flags, root: string | undefined, page: Page): Promise<number> {
  const of = sourceOf(root);
  const unreadable = new Unreadable();
  const { onIssue } = unreadable;
  const devices = unlessAbsent(() => read(dev, { of, encoding: "latin1", bigint: true, onIssue }));
  if (devices === undefined) {
    printHeading(flags, page);
    page.warn(`${of.shown}/dev: No such file or directory`);
    return 1;
  }
  const told = root === undefined ? toldInterfaces() : undefined;
  const byName = new Map(devices.map((device) => [device.name, device]));
  const known = await linksOf(byName, of, told, flags.source);
  // Not before: where the kernel must be asked and cannot, that is all there is to say.
  printHeading(flags, page);
  for (const note of known.notes) page.warn(`netstat: ${note}`);
  const labels = known.kernel === undefined ? told?.addresses.map(({ label }) => label) : known.kernel.addresses.keys();
  const interfaces = interfacesOf(byName, known.linkOf, labels ?? []);
  const shown = interfaces.filter(({ link }) => flags.on.has("a") || link === undefined || (link.flags & UP) !== 0);
  if (flags.extended > 0) {
    const ipv4 =
      known.kernel?.addresses ?? (await import("./interface-addresses.ts")).addresses4(of, told?.addresses ?? []);
    (await import("./interface-page.ts")).printLong(shown, of, ipv4, page);
  } else for (const one of shown) page.print(lineOf(one));
  unreadable.report("dev", page);
  return 0;
}

function printHeading(flags: Flags, page: Page): void {
  if (!titled.has(flags)) page.print("Kernel Interface table\n");
  titled.add(flags);
  if (flags.extended === 0)
    page.print("Iface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n");
}

/** What is known of interfaces besides their counters. */
interface KnownLinks {
  /** `"gone"` for one that went meanwhile, `undefined` where it is not known. */
  readonly linkOf: (name: string) => Link | "gone" | undefined;
  /** Who told it, where procfs and sysfs cannot. */
  readonly kernel?: KernelInterfaces | undefined;
  readonly notes: readonly string[];
}

/** By sysfs where one shows this namespace, else by the kernel, as far as it may be asked. */
async function linksOf(
  devices: ReadonlyMap<string, DeviceStatus<bigint>>,
  of: Source,
  told: ToldInterfaces | undefined,
  source: SourceName,
): Promise<KnownLinks> {
  const { root } = of;
  const evidence = { of, before: devices, told };
  const isOurs = (directory: string): boolean => {
    const verdict = verdictOf(directory, evidence);
    // What was captured has no other to compare with.
    return verdict === "same" || (verdict === "open" && root !== undefined);
  };
  const directory = source === "kernel" ? undefined : linkDirectory(new Set(devices.keys()), root, isOurs);
  if (directory !== undefined) {
    const listened = listenedOn(of);
    return { linkOf: (name) => readLink(directory, name, listened) ?? "gone", notes: [] };
  }
  const { askInterfaces, MTU_AND_FLAGS } = await import("./interface-kernel.ts");
  const { found, notes } = await askInterfaces({ source, root, wanted: [MTU_AND_FLAGS] }, of);
  return { linkOf: (name) => found?.links.get(nameText(name)), kernel: found, notes };
}

function interfacesOf(
  devices: ReadonlyMap<string, DeviceStatus<bigint>>,
  linkOf: KnownLinks["linkOf"],
  labels: Iterable<string>,
): Interface[] {
  const interfaces: Interface[] = [];
  for (const [name, status] of devices) {
    const link = linkOf(name);
    if (link !== "gone") interfaces.push({ name, status, link });
  }
  for (const label of new Set(labels)) {
    const device = interfaces.find(({ name }) => nameText(name) === label.split(":")[0]);
    if (label.includes(":") && device)
      interfaces.push({ ...device, name: Buffer.from(label).toString("latin1"), status: undefined });
  }
  return inOrder(interfaces);
}

/** Whether a packet socket listens on the interface with an index, which makes it promiscuous without an administrator. */
function listenedOn(of: Source): (index: number) => boolean {
  let indices: ReadonlySet<number> | undefined;
  return (index) => {
    const sockets = (): { readonly ifIndex: number }[] =>
      unlessAbsent(() => read(packet, { of, onIssue: () => {} })) ?? [];
    indices ??= new Set(sockets().map(({ ifIndex }) => ifIndex));
    return indices.has(index);
  };
}

function lineOf({ name, status, link }: Interface): string {
  const letters = link === undefined ? "-" : lettersOf(link.flags);
  return `${left(cut(shownName(name), 15), 15)} ${right(link?.mtu ?? "-", 5)} ${countersOf(status)}${letters}\n`;
}

function countersOf(status: DeviceStatus<bigint> | undefined): string {
  if (status === undefined) return "     - no statistics available -".padEnd(56);
  const { recvPackets, recvErrs, recvDrop, recvFifo, sentPackets, sentErrs, sentDrop, sentFifo } = status;
  const received = `${right(recvPackets, 8)} ${right(recvErrs, 6)} ${right(recvDrop, 6)} ${String(recvFifo).padEnd(6)}`;
  return `${received} ${right(sentPackets, 8)} ${right(sentErrs, 6)} ${right(sentDrop, 6)} ${right(sentFifo, 6)} `;
}

function lettersOf(flags: number): string {
  if (flags === 0) return "[NO FLAGS]";
  return flagLetters(flags, LETTERS);
}
