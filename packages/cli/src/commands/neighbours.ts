import { ARPFlags, ARPHardware, type BaseProcFs, flagNames, type Located, nameOf, read } from "procnet";
import { arp } from "procnet/tables";
import { CommandFailure } from "../errors.ts";
import type { NEIGHBOURS } from "../flags/definitions.ts";
import type { OptionsOf } from "../flags/spec.ts";
import { EXIT } from "../io.ts";
import { type Report, rowsReport } from "../output/report.ts";
import type { Column } from "../output/table.ts";
import { columnsBySource, type KernelColumns, namedColumns } from "../source/columns.ts";
import { type AskedNetwork, networkFor } from "../source/network.ts";
import type { CommandIo } from "../terminal.ts";
import { Issues, output, type TableOptions } from "./context.ts";
import { kernelNeighbours } from "./network/kernel-neighbours.ts";
import type { ShownNeighbour } from "./network/shown.ts";
import { columnsIn, readEachInTurn } from "./places.ts";
import { type AnywhereOptions, procfsOf, type SourceOptions } from "./where.ts";

type NeighboursOptions = OptionsOf<typeof NEIGHBOURS.options> & AnywhereOptions & SourceOptions & TableOptions;

export const NEIGHBOUR_COLUMNS: readonly Column<ShownNeighbour>[] = [
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
  { key: "state", title: "STATE", value: ({ state }) => state, ifAny: true },
  { key: "router", title: "ROUTER", value: ({ isRouter }) => (isRouter ? "yes" : undefined), ifAny: true, drop: 3 },
  { key: "used", title: "USED", align: "right", value: ({ usedAgo }) => usedAgo, ifAny: true, drop: 4 },
  { key: "confirmed", title: "CONFIRMED", align: "right", value: ({ confirmedAgo }) => confirmedAgo, extra: true },
  { key: "updated", title: "UPDATED", align: "right", value: ({ updatedAgo }) => updatedAgo, extra: true },
  { key: "probes", title: "PROBES", align: "right", value: ({ probes }) => probes, extra: true },
];

/** Columns that procfs has nothing for. */
const KERNEL_COLUMNS: KernelColumns = new Set(["state", "router", "used", "confirmed", "updated", "probes"]);

/** `procnet neighbours`: procfs has a file for those of IPv4 alone. */
export async function neighboursCommand(options: NeighboursOptions, io: CommandIo): Promise<number> {
  const procfs = procfsOf(options, io);
  const wanted = wantedOf(options);
  const network = await networkFor({ source: options.source, root: options.root ?? io.root, wanted }, "neighbours");
  if (isOnlyIpv6(options) && network.kernel === undefined)
    throw new CommandFailure(network.notes[0] ?? "procfs does not tell neighbours of IPv6", EXIT.failure);
  return output(() => report(procfs, network, options), options, io, "neighbours");
}

function isOnlyIpv6({ ipv4, ipv6 }: NeighboursOptions): boolean {
  return ipv6 === true && ipv4 !== true;
}

/** What is asked for and procfs does not tell. */
function wantedOf(options: NeighboursOptions): string[] {
  return [
    ...(options.ipv6 ? ["neighbours of IPv6"] : []),
    ...(options.all ? ["neighbours that need no resolution"] : []),
    ...namedColumns(KERNEL_COLUMNS, options),
  ];
}

async function report(procfs: BaseProcFs, network: AskedNetwork, options: NeighboursOptions): Promise<Report> {
  const issues = new Issues();
  const both = options.ipv4 === options.ipv6;
  const { rows, notes } = await readEachInTurn(options, procfs, async (of): Promise<ShownNeighbour[]> => {
    const told = await network.ask(of, (ask) => kernelNeighbours(ask, options.all === true));
    const all = told ?? procfsNeighbours(of, issues, options);
    return all.filter(({ family = "IPv4" }) => both || (family === "IPv4") === (options.ipv4 === true));
  });
  const own = columnsBySource(NEIGHBOUR_COLUMNS, KERNEL_COLUMNS, network.kernel !== undefined, options);
  const columns = columnsIn(own, options);
  return rowsReport({ kind: "neighbours" }, columns, rows, options, {
    notes: [...network.notes, ...issues.notes, ...notes],
  });
}

function procfsNeighbours(of: Located, issues: Issues, options: NeighboursOptions): ShownNeighbour[] {
  return isOnlyIpv6(options) ? [] : read(arp, { of, onIssue: issues.take });
}
