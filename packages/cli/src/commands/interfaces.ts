import { type Interface, interfaces } from "procnet";
import { type Report, tableOf } from "../output/report.ts";
import type { Column } from "../output/table.ts";
import type { CommandIo } from "../terminal.ts";
import { type OutputOptions, output } from "./context.ts";
import { netOf, procfsOf, type WhereOptions } from "./where.ts";

/** The end of an address that is alone; of several the list is cut. */
const PREFIX = /(?<=^\S+)\/\d+$/;

const COLUMNS: readonly Column<Interface>[] = [
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

/** `procnet interfaces` */
export function interfacesCommand(options: OutputOptions & WhereOptions, io: CommandIo): Promise<number> {
  const procfs = procfsOf(options, io);
  const net = netOf(options, procfs);
  // A sysfs shows the namespace of whoever mounted it: that of this process only fits its own files.
  const isOwn = options.pid === undefined && options.netns === undefined && (options.root ?? io.root) === undefined;
  return output(() => report(interfaces(isOwn ? {} : { net, sysfs: false })), options, io, "interfaces");
}

function report(found: readonly Interface[]): Report {
  return {
    document: { kind: "interfaces", takenAt: new Date(), interfaces: found },
    items: found,
    table: tableOf(COLUMNS, found),
  };
}

function addresses(link: Interface): string {
  return link.addresses.map(({ address, prefixLength }) => `${address}/${prefixLength}`).join(" ");
}
