import type { ConnectionTraffic, TrafficLook, TrafficSums } from "@procnet/kernel";
import { compileFilter, everyFilter, heldBy, matches } from "procnet/query";
import { type Column, TRAFFIC_COLUMNS, type TrafficRow } from "procnet/view";
import { CommandFailure, UsageError } from "../../errors.ts";
import type { TRAFFIC } from "../../flags/definitions.ts";
import type { OptionsOf } from "../../flags/spec.ts";
import { EXIT } from "../../io.ts";
import { checkChoice, type Report, rowsTable, type Table } from "../../output/report.ts";
import { type KernelPackage, kernelFor } from "../../source/kernel.ts";
import type { CommandIo } from "../../terminal.ts";
import { output, type TableOptions } from "../context.ts";
import { checkAnswerable, filterOf } from "../filter.ts";
import { hiddenOwnersNote, reader } from "../hidden-owners.ts";
import { protocolsOf } from "../protocols.ts";
import { Tally } from "../tally.ts";
import { type AnywhereOptions, namespacesHeldIn, procfsOf } from "../where.ts";
import { unseenText } from "./unseen.ts";

type TrafficOptions = OptionsOf<typeof TRAFFIC.options> & AnywhereOptions & TableOptions;

/** Milliseconds between two looks unless something else is said. */
const SECOND = 1000;

/** `procnet traffic [filter]`: who sends and receives how much by TCP, as the kernel counts it for each connection. */
export async function trafficCommand(
  words: readonly string[],
  options: TrafficOptions,
  io: CommandIo,
): Promise<number> {
  const by = options.by ?? "program";
  const columns = columnsBy(by);
  checkChoice(columns, options);
  const protocol = protocolsOf({ ...options, tcp: true }).filter((one) => one === "tcp" || one === "tcp6");
  const filter = words.length === 0 ? undefined : filterOf(words);
  if (filter !== undefined) {
    checkAnswerable(filter, protocol);
    const { options: passing } = compileFilter(filter, { protocol });
    if (passing.protocol.length === 0)
      throw new UsageError("traffic: of TCP alone the kernel counts bytes, and no socket of TCP passes this filter");
  }
  const whole = everyFilter(options.pid && heldBy(options.pid), filter);
  const passes = ({ socket }: ConnectionTraffic): boolean => whole === undefined || matches(whole, socket);
  const procfs = procfsOf(options, io);
  const { read: namespaces } = namespacesHeldIn(options, procfs);
  const kernel = await kernelPackage(io.root);
  const every = options.every ?? options.for ?? SECOND;
  const looks = kernel.traffic({ every, namespaces, protocol, procfs, until: io.signal });
  const sums = new kernel.TrafficSums(by);
  let last: TrafficLook | undefined;
  const produce = async (): Promise<Report> => {
    const { value } = await looks.next();
    last = value ?? last ?? NO_LOOK;
    return report(last, sums, { by, columns, passes, isTold: value !== undefined }, options);
  };
  try {
    return await output(produce, { ...options, ...roundsOf(options) }, io, ["traffic", ...words].join(" "));
  } catch (error) {
    if (error instanceof kernel.KernelError) throw new CommandFailure(`traffic: ${error.message}`, EXIT.failure);
    throw error;
  } finally {
    await looks.return();
  }
}

/** Ended before there was anything to compare with. */
const NO_LOOK: TrafficLook = {
  takenAt: new Date(),
  seconds: 0,
  connections: [],
  open: 0,
  closed: 0,
  lost: 0,
  isOverrun: false,
  totals: undefined,
  namespaces: 0,
  notes: ["ended before the second look: there is nothing to compare with"],
};

/** How a look is told of. */
interface Told {
  readonly by: string;
  readonly columns: readonly Column<TrafficRow>[];
  readonly passes: (connection: ConnectionTraffic) => boolean;
  /** Whether it is a new one. */
  readonly isTold: boolean;
}

function report(look: TrafficLook, sums: TrafficSums, told: Told, options: TrafficOptions): Report {
  const { connections, notes, isOverrun, ...rest } = look;
  const passing = told.isTold ? connections.filter(told.passes) : [];
  const all = sums.take({ connections: passing, seconds: look.seconds });
  const rows = options.top === undefined ? all : all.slice(0, options.top);
  const table = rowsTable(told.columns, rows, options);
  const tally = new Tally();
  for (const { socket, isClosed } of passing) if (!isClosed) tally.take(socket);
  const more = isOverrun
    ? [...notes, "more connections closed than the kernel could tell of: some are missing"]
    : notes;
  return {
    document: { kind: "traffic", by: told.by, ...rest, isOverrun, notes, traffic: rows },
    items: rows,
    table: look.seconds === 0 ? table : withLastLine(table, unseenText(look)),
    notes: [...more, ...hiddenOwnersNote(tally, { owners: "all" }, reader())],
  };
}

/** What was not seen belongs to the answer: it stands below the table, not beside it. */
function withLastLine({ lines, csv }: Table, text: string): Table {
  return { lines: (layout) => [...lines(layout), layout.paint("dim", text)], csv };
}

/** The first column is called like what is summed by. */
function columnsBy(by: string): readonly Column<TrafficRow>[] {
  const [name, ...rest] = TRAFFIC_COLUMNS;
  return [{ ...name!, title: by === "pid" ? "PROCESS" : by.toUpperCase() }, ...rest];
}

/** `--for` is how long one look takes, or how long it goes on with `--every`. */
function roundsOf({ every, rounds, for: time }: TrafficOptions): { readonly rounds?: number } {
  if (time === undefined || every === undefined) return {};
  if (rounds !== undefined) throw new UsageError("--for and --rounds both say when to stop: give one of them");
  return { rounds: Math.max(1, Math.round(time / every)) };
}

async function kernelPackage(root: string | undefined): Promise<KernelPackage> {
  const answer = await kernelFor({ source: "auto", root, wanted: ["traffic"] });
  if (answer !== undefined && "kernel" in answer) return answer.kernel;
  throw new CommandFailure(
    `procfs does not tell traffic, and the kernel cannot be asked: ${answer?.why ?? ""}`,
    EXIT.failure,
  );
}
