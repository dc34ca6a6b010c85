import { ARPFlags, ARPHardware, type ArpEntry, flagNames, nameOf } from "procnet";
import { tableOf } from "../output/report.ts";
import type { Column } from "../output/table.ts";
import type { CommandIo } from "../terminal.ts";
import { Issues, type OutputOptions, output } from "./context.ts";
import { netOf, procfsOf, type WhereOptions } from "./where.ts";

const COLUMNS: readonly Column<ArpEntry>[] = [
  { key: "address", title: "ADDRESS", value: ({ ipAddress }) => ipAddress, inParts: true },
  {
    key: "hwaddress",
    title: "HW-ADDRESS",
    value: ({ hwAddress }) => hwAddress ?? "-",
    raw: ({ hwAddress }) => hwAddress,
    inParts: true,
  },
  { key: "iface", title: "IFACE", value: ({ device }) => device },
  { key: "type", title: "TYPE", value: ({ hwType }) => nameOf(ARPHardware, hwType), drop: 1 },
  { key: "flags", title: "FLAGS", value: ({ flags }) => flagNames(ARPFlags, flags).join(","), drop: 2 },
];

/** `procnet neighbours`: of IPv4, since procfs has no file for those of IPv6. */
export function neighboursCommand(options: OutputOptions & WhereOptions, io: CommandIo): Promise<number> {
  const net = netOf(options, procfsOf(options, io));
  const produce = () => {
    const issues = new Issues();
    const neighbours = net.arp({ onIssue: issues.take });
    return {
      document: { kind: "neighbours", takenAt: new Date(), neighbours },
      items: neighbours,
      table: tableOf(COLUMNS, neighbours),
      notes: issues.notes,
    };
  };
  return output(produce, options, io, "neighbours");
}
