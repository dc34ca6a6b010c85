import { type BaseProcFs, type Interface, interfaces, type Located } from "procnet";
import { globOf } from "procnet/query";
import type { INTERFACES } from "../flags/definitions.ts";
import type { OptionsOf } from "../flags/spec.ts";
import { EXIT } from "../io.ts";
import { type Report, rowsReport } from "../output/report.ts";
import type { Column } from "../output/table.ts";
import type { CommandIo } from "../terminal.ts";
import { suggestion } from "../text/suggest.ts";
import { humanBytes } from "../text/units.ts";
import { output, type TableOptions } from "./context.ts";
import { Growth } from "./growth.ts";
import { columnsIn, readEach } from "./places.ts";
import { type AnywhereOptions, procfsOf } from "./where.ts";

type InterfacesOptions = OptionsOf<typeof INTERFACES.options> & AnywhereOptions & TableOptions;

/** The end of an address that is alone; of several the list is cut. */
const PREFIX = /(?<=^\S+)\/\d+$/;

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
];

function rate(name: "recvBytes" | "sentBytes"): (link: ShownInterface) => number | undefined {
  return ({ perSecond }) => {
    const value = perSecond?.[name];
    return value === undefined ? undefined : Math.round(value);
  };
}

/** `procnet interfaces [name...]` */
export function interfacesCommand(
  names: readonly string[],
  options: InterfacesOptions,
  io: CommandIo,
): Promise<number> {
  const procfs = procfsOf(options, io);
  // A sysfs shows the namespace of whoever mounted it: that of this process only fits its own files.
  const isOwn = [options.pid, options.netns, options.root ?? io.root].every((one) => one === undefined);
  const read = (net: Located): Interface[] => interfaces(isOwn && net === procfs ? {} : { net, sysfs: false });
  const growth = options.every === undefined ? undefined : new Growth();
  return output(() => report(procfs, read, names, options, growth), options, io, ["interfaces", ...names].join(" "));
}

function report(
  procfs: BaseProcFs,
  read: (net: Located) => Interface[],
  names: readonly string[],
  options: InterfacesOptions,
  growth: Growth | undefined,
): Report {
  const { rows, notes } = readEach(options, procfs, read);
  growth?.begin();
  const all: readonly ShownInterface[] = growth === undefined ? rows : rows.map((link) => withRates(link, growth));
  const wanted = names.map((name) => ({ name, pattern: globOf(name) }));
  const found = all.filter(({ name }) => wanted.length === 0 || wanted.some(({ pattern }) => pattern.test(name)));
  const missing = wanted.filter(({ pattern }) => !all.some(({ name }) => pattern.test(name)));
  const columns = columnsIn(options.human ? INTERFACE_COLUMNS.map(inUnits) : INTERFACE_COLUMNS, options);
  return rowsReport({ kind: "interfaces" }, columns, found, options, {
    notes: [...notes, ...missing.map(({ name }) => missingNote(name, all))],
    exitCode: missing.length > 0 ? EXIT.failure : EXIT.ok,
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
  const order = (link: Interface): number => Number(raw(link));
  return { ...column, value: (link) => humanBytes(order(link)), raw, order };
}

function addresses(link: Interface): string {
  return link.addresses.map(({ address, prefixLength }) => `${address}/${prefixLength}`).join(" ");
}
