import { setTimeout as sleep } from "node:timers/promises";
import {
  type BaseProcFs,
  evaluateHealth,
  type Health,
  healthSinceBoot,
  limits,
  type Sample,
  type SocketSource,
  type TakeSampleOptions,
  takeSample,
  type UseRow,
  useTable,
} from "procnet";
import { FINDING_COLUMNS } from "procnet/view";
import { UsageError } from "../errors.ts";
import type { HEALTH } from "../flags/definitions.ts";
import type { OptionsOf } from "../flags/spec.ts";
import { EXIT } from "../io.ts";
import { checkChoice, type Report, rowsTable } from "../output/report.ts";
import { socketSource } from "../source/socket-source.ts";
import type { CommandIo } from "../terminal.ts";
import { output, type TableOptions } from "./context.ts";
import { healthLines } from "./health-lines.ts";
import { USE_COLUMNS } from "./health-use.ts";
import { isCapture } from "./is-capture.ts";
import { netPid, procfsOf, type SourceOptions, type WhereOptions } from "./where.ts";

type HealthOptions = OptionsOf<typeof HEALTH.options> & WhereOptions & TableOptions & SourceOptions;

/** Milliseconds of a window unless one is given. */
const WINDOW = 5000;
/** Milliseconds between samples. */
const EVERY = 1000;

/** `procnet health`: what is wrong, whose it is, and what would help. */
export async function healthCommand(options: HealthOptions, io: CommandIo): Promise<number> {
  checkChoice(FINDING_COLUMNS, options);
  if (options.after !== undefined && options.root === undefined)
    throw new UsageError("--after belongs to --root, which was captured before");
  if (options.use && (options.columns !== undefined || options.sort !== undefined))
    throw new UsageError("--columns and --sort are for findings, and --use shows resources");
  // Findings ask for nothing that procfs does not tell: with auto nobody else is asked.
  const asked = { source: options.source, root: options.root ?? io.root, wanted: [], protocols: [], tables: [] };
  const { source, close } = await socketSource(asked);
  return output(async () => report(await judged(options, source, io), options, io), options, io, "health").finally(
    close,
  );
}

/** What was found, and the table of resources where it was asked for. */
interface Judged {
  readonly health: Health;
  readonly use: readonly UseRow[] | undefined;
  /** Number of the network namespace, where no other was asked for than the usual one. */
  readonly here: number | undefined;
}

async function judged(options: HealthOptions, source: SocketSource | undefined, io: CommandIo): Promise<Judged> {
  const procfs = procfsOf(options, io);
  const pid = netPid(options, procfs);
  const where = { procfs, ...(pid !== undefined && { pid }) };
  const settings = limits(where);
  if (options.sinceBoot) {
    const sample = await takeSample({ ...where, sockets: false });
    const health = healthSinceBoot(sample, { limits: settings });
    return { health, use: undefined, here: pid === undefined ? sample.namespace : undefined };
  }
  const from = { ...where, ...(source && { source }) };
  const samples = options.after === undefined ? await windowOf(options, from, io) : await captures(options, io);
  const health = evaluateHealth(samples, { limits: settings });
  return {
    health,
    use: options.use ? useTable(health, { samples, limits: settings }) : undefined,
    here: pid === undefined ? samples.at(-1)?.namespace : undefined,
  };
}

/** Samples of a second each, over the window; of a captured tree there is one. */
async function windowOf(
  options: HealthOptions,
  where: TakeSampleOptions & { readonly procfs: BaseProcFs },
  io: CommandIo,
): Promise<Sample[]> {
  const { window = WINDOW } = options;
  const samples = [await takeSample(where)];
  if (isCapture(where.procfs.root)) return samples;
  const { signal } = io;
  const begin = performance.now();
  for (let due = Math.min(EVERY, window); !signal.aborted; due = Math.min(due + EVERY, window)) {
    // A look that takes long is followed by the next at once.
    await sleep(Math.max(0, begin + due - performance.now()), undefined, { signal }).catch(() => {});
    if (signal.aborted) break;
    samples.push(await takeSample(where));
    if (due >= window) break;
  }
  return samples;
}

/** Two trees that were captured of one machine, one after the other. */
async function captures(options: HealthOptions, io: CommandIo): Promise<Sample[]> {
  const roots = [options, { ...options, root: options.after! }];
  return Promise.all(
    roots.map((one) => {
      const procfs = procfsOf(one, io);
      const pid = netPid(options, procfs);
      return takeSample({ procfs, ...(pid !== undefined && { pid }) });
    }),
  );
}

function report({ health, use, here }: Judged, options: HealthOptions, io: CommandIo): Report {
  const { findings } = health;
  const isChosen = options.columns !== undefined || options.sort !== undefined;
  return {
    document: { kind: "health", takenAt: new Date(), ...health, ...(use && { use }) },
    items: use ?? findings,
    table: use === undefined ? rowsTable(FINDING_COLUMNS, findings, options) : rowsTable(USE_COLUMNS, use, options),
    ...(!isChosen && use === undefined && { text: healthLines(health, io.columns, here) }),
    exitCode: exitCodeOf(health),
  };
}

/** What is only worth knowing is no failure; and what nobody could judge is not in order. */
function exitCodeOf({ findings, ok }: Health): number {
  if (findings.some(({ severity }) => severity === "crit")) return EXIT.critical;
  if (findings.some(({ severity }) => severity === "warn")) return EXIT.warning;
  return ok.length === 0 && findings.length === 0 ? EXIT.unknown : EXIT.ok;
}
