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
import { columnsIn, readEach } from "./places.ts";
import { type AnywhereOptions, procfsOf } from "./where.ts";

type InterfacesOptions = OptionsOf<typeof INTERFACES.options> & AnywhereOptions & TableOptions;

/** The end of an address that is alone; of several the list is cut. */
const PREFIX = /(?<=^\S+)\/\d+$/;

export const INTERFACE_COLUMNS: readonly Column<Interface>[] = [
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
  { key: "rxpackets", title: "RX-PKTS", align: "right", value: ({ status }) => status.recvPackets, drop: 4 },
  { key: "rxerrors", title: "RX-ERRS", align: "right", value: ({ status }) => status.recvErrs, drop: 2 },
  { key: "rxdrop", title: "RX-DROP", align: "right", value: ({ status }) => status.recvDrop, drop: 6 },
  { key: "txbytes", title: "TX-BYTES", align: "right", value: ({ status }) => status.sentBytes, drop: 10 },
  { key: "txpackets", title: "TX-PKTS", align: "right", value: ({ status }) => status.sentPackets, drop: 3 },
  { key: "txerrors", title: "TX-ERRS", align: "right", value: ({ status }) => status.sentErrs, drop: 1 },
  { key: "txdrop", title: "TX-DROP", align: "right", value: ({ status }) => status.sentDrop, drop: 5 },
];

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
  return output(() => report(procfs, read, names, options), options, io, ["interfaces", ...names].join(" "));
}

function report(
  procfs: BaseProcFs,
  read: (net: Located) => Interface[],
  names: readonly string[],
  options: InterfacesOptions,
): Report {
  const { rows: all, notes } = readEach(options, procfs, read);
  const wanted = names.map((name) => ({ name, pattern: globOf(name) }));
  const found = all.filter(({ name }) => wanted.length === 0 || wanted.some(({ pattern }) => pattern.test(name)));
  const missing = wanted.filter(({ pattern }) => !all.some(({ name }) => pattern.test(name)));
  const columns = columnsIn(options.human ? INTERFACE_COLUMNS.map(inUnits) : INTERFACE_COLUMNS, options);
  return rowsReport({ kind: "interfaces" }, columns, found, options, {
    notes: [...notes, ...missing.map(({ name }) => missingNote(name, all))],
    exitCode: missing.length > 0 ? EXIT.failure : EXIT.ok,
  });
}

function missingNote(name: string, all: readonly Interface[]): string {
  const known = all.map((one) => one.name);
  return `no interface is called "${name}"${suggestion(name, known) || "; procnet interfaces lists all there are"}`;
}

/** Bytes as people read them; CSV and the order of rows keep the numbers. */
function inUnits(column: Column<Interface>): Column<Interface> {
  if (!column.key.endsWith("bytes")) return column;
  const raw = column.value;
  const order = (link: Interface): number => Number(raw(link));
  return { ...column, value: (link) => humanBytes(order(link)), raw, order };
}

function addresses(link: Interface): string {
  return link.addresses.map(({ address, prefixLength }) => `${address}/${prefixLength}`).join(" ");
}
