import { type BaseProcFs, type Interface, interfacesAsync, type Located } from "procnet";
import { globOf } from "procnet/query";
import type { INTERFACES } from "../../flags/definitions.ts";
import type { OptionsOf } from "../../flags/spec.ts";
import { missingNames, type Report, rowsReport } from "../../output/report.ts";
import type { Column } from "../../output/table.ts";
import { columnsBySource, type KernelColumns, namedColumns } from "../../source/columns.ts";
import { type AskedInterfaces, interfaceSource } from "../../source/interface-source.ts";
import type { CommandIo } from "../../terminal.ts";
import { visible } from "../../text/safe.ts";
import { suggestion } from "../../text/suggest.ts";
import { humanBytes } from "../../text/units.ts";
import { output, type TableOptions } from "../context.ts";
import { Growth } from "../growth.ts";
import { columnsIn, readEachInTurn } from "../places.ts";
import { type AnywhereOptions, procfsOf, type SourceOptions } from "../where.ts";
import { interfacesByFiles } from "./by-files.ts";

type InterfacesOptions = OptionsOf<typeof INTERFACES.options> & AnywhereOptions & SourceOptions & TableOptions;

/** The end of an address that is alone; of several the list is cut. */
const PREFIX = /(?<=^(?:\S+ peer )?\S+)\/\d+$/;

/** An interface with what it does a second, where the command is repeated. */
export interface ShownInterface extends Interface {
  readonly perSecond?: { readonly recvBytes: number | undefined; readonly sentBytes: number | undefined };
}

export const INTERFACE_COLUMNS: readonly Column<ShownInterface>[] = [
  { key: "name", title: "NAME", value: ({ name }) => name },
  {
    key: "state",
    title: "STATE",
    value: ({ operState }) => operState,
    style: ({ operState }) => (operState === "up" ? "green" : operState === "down" ? "red" : undefined),
    ifAny: true,
    drop: 9,
  },
  { key: "addresses", title: "ADDRESSES", value: addresses, enough: 30, keep: PREFIX, inParts: true },
  { key: "kind", title: "KIND", value: ({ kind }) => kind, ifAny: true, drop: 8 },
  { key: "master", title: "MASTER", value: ({ master }) => master, ifAny: true, drop: 9 },
  { key: "mtu", title: "MTU", align: "right", value: ({ mtu }) => mtu, ifAny: true, drop: 7 },
  { key: "hwaddress", title: "HW-ADDRESS", value: ({ hwAddress }) => hwAddress, ifAny: true, drop: 8, inParts: true },
  { key: "rxbytes", title: "RX-BYTES", align: "right", value: ({ status }) => status.recvBytes, drop: 11 },
  { key: "rxrate", title: "RX-BYTES/S", align: "right", value: rate("recvBytes"), ifAny: true },
  { key: "txrate", title: "TX-BYTES/S", align: "right", value: rate("sentBytes"), ifAny: true },
  { key: "rxpackets", title: "RX-PKTS", align: "right", value: ({ status }) => status.recvPackets, drop: 4 },
  { key: "rxerrors", title: "RX-ERRS", align: "right", value: ({ status }) => status.recvErrs, drop: 2 },
  { key: "rxdrop", title: "RX-DROP", align: "right", value: ({ status }) => status.recvDrop, drop: 6 },
  { key: "txbytes", title: "TX-BYTES", align: "right", value: ({ status }) => status.sentBytes, drop: 10 },
  { key: "txpackets", title: "TX-PKTS", align: "right", value: ({ status }) => status.sentPackets, drop: 3 },
  { key: "txerrors", title: "TX-ERRS", align: "right", value: ({ status }) => status.sentErrs, drop: 1 },
  { key: "txdrop", title: "TX-DROP", align: "right", value: ({ status }) => status.sentDrop, drop: 5 },
  { key: "lower", title: "LOWER", value: ({ lower }) => lower, extra: true },
  { key: "alias", title: "ALIAS", value: ({ alias }) => alias, extra: true },
  { key: "altnames", title: "ALT-NAMES", value: ({ altNames }) => altNames?.join(" "), extra: true },
  { key: "txqueue", title: "TX-QUEUE", align: "right", value: ({ txQueueLength }) => txQueueLength, extra: true },
  { key: "carrierchanges", title: "CARRIER-CHANGES", align: "right", value: (one) => one.carrierChanges, extra: true },
  {
    key: "rxmissed",
    title: "RX-MISSED",
    align: "right",
    value: (one) => one.statistics?.rx_missed_errors,
    extra: true,
  },
  {
    key: "rxnohandler",
    title: "RX-NOHANDLER",
    align: "right",
    value: (one) => one.statistics?.rx_nohandler,
    extra: true,
  },
];

/** Columns that procfs has nothing for. */
const KERNEL_COLUMNS: KernelColumns = new Set([
  ...["kind", "master", "lower", "alias", "altnames", "txqueue", "carrierchanges", "rxmissed", "rxnohandler"],
]);

function rate(name: "recvBytes" | "sentBytes"): (link: ShownInterface) => number | undefined {
  return ({ perSecond }) => {
    const value = perSecond?.[name];
    return value === undefined ? undefined : Math.round(value);
  };
}

/** `procnet interfaces [name...]` */
export async function interfacesCommand(
  names: readonly string[],
  options: InterfacesOptions,
  io: CommandIo,
): Promise<number> {
  const procfs = procfsOf(options, io);
  const root = options.root ?? io.root;
  const asked = await interfaceSource({ source: options.source, root, wanted: namedColumns(KERNEL_COLUMNS, options) });
  // A sysfs shows the namespace of whoever mounted it: that of this process only fits its own files.
  const isOwn = [options.pid, options.netns, root].every((one) => one === undefined);
  const own = (net: Located): boolean => isOwn && net === procfs;
  const { source, columns: chosen, sort = "" } = options;
  const columns = chosen && [...chosen, sort.replace(/^-/, "")];
  const read: ReadInterfaces = (net, onNote) =>
    asked.source === undefined
      ? interfacesByFiles({ net, isOwn: own(net), root, source, columns }, onNote)
      : interfacesAsync({ ...(own(net) ? {} : { net, sysfs: false }), source: asked.source, onNote });
  const growth = options.every === undefined ? undefined : new Growth();
  const title = ["interfaces", ...names].join(" ");
  return output(() => report({ procfs, read, asked, growth }, names, options), options, io, title);
}

type ReadInterfaces = (net: Located, onNote: (note: string) => void) => Promise<Interface[]>;

/** Where interfaces come from, and what they had before. */
interface From {
  readonly procfs: BaseProcFs;
  readonly read: ReadInterfaces;
  readonly asked: AskedInterfaces;
  readonly growth: Growth | undefined;
}

async function report(
  { procfs, read, asked, growth }: From,
  names: readonly string[],
  options: InterfacesOptions,
): Promise<Report> {
  const untold = new Set(asked.notes);
  const found = await readEachInTurn(options, procfs, (net) => read(net, (note) => untold.add(visible(note))));
  const { rows } = found;
  growth?.begin();
  const all: readonly ShownInterface[] = growth === undefined ? rows : rows.map((link) => withRates(link, growth));
  const wanted = names.map((name) => ({ name, pattern: globOf(name) }));
  const shown = all.filter(({ name }) => wanted.length === 0 || wanted.some(({ pattern }) => pattern.test(name)));
  const missing = wanted.filter(({ pattern }) => !all.some(({ name }) => pattern.test(name)));
  const own = columnsBySource(INTERFACE_COLUMNS, KERNEL_COLUMNS, asked.source !== undefined, options);
  const columns = columnsIn(options.human ? own.map(inUnits) : own, options);
  return rowsReport({ kind: "interfaces" }, columns, shown, options, {
    notes: [...untold, ...found.notes, ...missing.map(({ name }) => missingNote(name, all))],
    ...missingNames(wanted, missing),
  });
}

/** By its index, which no other interface of the namespace gets and which stays when it is renamed, where it is known. */
function withRates<Link extends Interface>(link: Link, growth: Growth): Link & ShownInterface {
  const { name, index, status } = link;
  const key = `${"namespace" in link ? link.namespace : ""} ${index === undefined ? `name ${name}` : `index ${index}`}`;
  const recvBytes = growth.perSecond(`${key} received`, status.recvBytes);
  const sentBytes = growth.perSecond(`${key} sent`, status.sentBytes);
  return recvBytes === undefined && sentBytes === undefined ? link : { ...link, perSecond: { recvBytes, sentBytes } };
}

function missingNote(name: string, all: readonly Interface[]): string {
  const known = all.map((one) => one.name);
  return `no interface is called "${name}"${suggestion(name, known) || "; procnet interfaces lists all there are"}`;
}

/** Bytes as people read them; CSV and the order of rows keep the numbers. */
function inUnits(column: Column<ShownInterface>): Column<ShownInterface> {
  if (!column.key.endsWith("bytes") && !column.key.endsWith("rate")) return column;
  const raw = column.value;
  const bytes = (link: ShownInterface): number | undefined => raw(link) as number | undefined;
  const text = (value: number | undefined): string | undefined => (value === undefined ? value : humanBytes(value));
  return { ...column, value: (link) => text(bytes(link)), raw, order: (link) => bytes(link) ?? -1 };
}

/** As ip(8) writes them: of one with a peer the prefix is that of the peer's network. */
function addresses(link: Interface): string {
  return link.addresses
    .map(({ address, peer, prefixLength }) => `${address}${peer === undefined ? "" : ` peer ${peer}`}/${prefixLength}`)
    .join(" ");
}
