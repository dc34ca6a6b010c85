import { ARPFlags, ARPHardware, type ArpEntry, flagNames, nameOf, read } from "procnet";
import { arp } from "procnet/tables";
import { rowsReport } from "../output/report.ts";
import type { Column } from "../output/table.ts";
import type { CommandIo } from "../terminal.ts";
import { Issues, output, type TableOptions } from "./context.ts";
import { columnsIn, readEach } from "./places.ts";
import { type AnywhereOptions, procfsOf } from "./where.ts";

export const NEIGHBOUR_COLUMNS: readonly Column<ArpEntry>[] = [
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
export function neighboursCommand(options: TableOptions & AnywhereOptions, io: CommandIo): Promise<number> {
  const procfs = procfsOf(options, io);
  const produce = () => {
    const issues = new Issues();
    const { rows, notes } = readEach(options, procfs, (of) => read(arp, { of, onIssue: issues.take }));
    const columns = columnsIn(NEIGHBOUR_COLUMNS, options);
    return rowsReport({ kind: "neighbours" }, columns, rows, options, { notes: [...issues.notes, ...notes] });
  };
  return output(produce, options, io, "neighbours");
}
