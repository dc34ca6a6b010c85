import { parseArgs } from "node:util";
import { SHAPES } from "./shapes/scenes.ts";

/** How one bench is run. */
export interface Options {
  /** Connected sockets the farm holds; 0: no farm, what the machine has. */
  readonly sockets: number;
  /** Measured rounds of the first table; the slow ones run a third of them. */
  readonly rounds: number;
  /** Names of the shapes to measure; absent: the report of one busy machine. */
  readonly shapes?: readonly string[];
  /** How many minutes of coming and going a watch is measured over; absent: the report of one busy machine. */
  readonly minutes?: number;
  /** What the server costs, beside node_exporter. */
  readonly server: boolean;
  /** What the page of the server costs, for how many minutes one is left open; absent: not asked. */
  readonly page?: number;
  /** What the full screen costs, and whether its marks are kept. */
  readonly top: boolean;
  /** What the kernel's source costs beside procfs, and whether its marks are kept. */
  readonly kernel: boolean;
  /** What traffic at one look a second costs beside sockets that do nothing. */
  readonly traffic: boolean;
  /** With shapes: counts system calls in place of times. */
  readonly calls: boolean;
  /** Only cases whose name holds this text, besides the floor. */
  readonly only: string;
  /** Small scenes: shows that all works. */
  readonly quick: boolean;
  /** Writes docs/performance.md. */
  readonly write: boolean;
}

export const USAGE = `usage: npm run bench -- [--sockets N] [--rounds N] [--only TEXT] [--quick] [--write]
       npm run bench -- --shape NAME [--calls] [--quick] [--write]
       npm run bench -- --live MINUTES [--quick] [--write]
       npm run bench -- --server [--quick] [--write]
       npm run bench -- --page [--minutes N] [--quick] [--write]
       npm run bench -- --top [--quick]
       npm run bench -- --kernel [--quick] [--write]
       npm run bench -- --traffic [--quick]
  --sockets N   connected sockets to hold open (default 100000; 0: none, measure what is there)
  --rounds N    measured rounds (default 15; programs run a third of them)
  --only TEXT   only the cases whose name holds TEXT, and the kernel alone
  --shape NAME  whole commands beside their rivals, on a machine of that shape: ${Object.keys(SHAPES).join(", ")}; or all
  --calls       with --shape: system calls by kind, counted by strace, in place of times
  --live N      what watch() and rates() cost, and what becomes of memory in so many minutes of coming and going
  --server      what \`procnet serve\` costs, beside node_exporter
  --page        what the page of \`procnet serve\` costs in Chromium
  --minutes N   with --page: how long one is left open (default 2)
  --top         what \`procnet top\` costs on a terminal, with keys that are pressed, and whether its marks are kept
  --kernel      what netlink and the BPF iterator cost beside procfs, and whether their marks are kept
  --traffic     the share of a core that traffic() takes at one look a second, beside 10,000 sockets that do nothing
  --quick       2,000 sockets and 3 rounds unless said otherwise: shows that all works, measures little; with --shape one round
  --write       put the result into docs/performance.md`;

/** Reads the command line; throws a `TypeError` with a plain message. */
export function readOptions(args: readonly string[]): Options | "help" {
  const { values } = parseArgs({
    args: [...args],
    options: {
      sockets: { type: "string" },
      rounds: { type: "string" },
      shape: { type: "string" },
      live: { type: "string" },
      server: { type: "boolean", default: false },
      page: { type: "boolean", default: false },
      minutes: { type: "string" },
      top: { type: "boolean", default: false },
      kernel: { type: "boolean", default: false },
      traffic: { type: "boolean", default: false },
      calls: { type: "boolean", default: false },
      only: { type: "string", default: "" },
      quick: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return "help";
  if (values.write && values.only !== "") throw new TypeError("--write needs all cases, --only leaves some out");
  const shapes = values.shape === undefined ? undefined : shapesOf(values.shape);
  if ((values.top || values.traffic) && values.write)
    throw new TypeError(`--${values.top ? "top" : "traffic"} only prints what it finds`);
  if (values.calls && (shapes === undefined || values.write))
    throw new TypeError("--calls needs --shape, and no --write");
  return {
    ...(shapes !== undefined && { shapes }),
    ...(values.live !== undefined && { minutes: number("live", values.live, 0, 1) }),
    server: values.server,
    ...(values.page && { page: number("minutes", values.minutes, values.quick ? 0.5 : 2, 1) }),
    top: values.top,
    kernel: values.kernel,
    traffic: values.traffic,
    calls: values.calls,
    sockets: number("sockets", values.sockets, values.quick ? 2000 : 100_000, 0),
    rounds: number("rounds", values.rounds, values.quick ? 3 : 15, 1),
    only: values.only,
    quick: values.quick,
    write: values.write,
  };
}

function shapesOf(name: string): string[] {
  const names = Object.keys(SHAPES);
  if (name === "all") return names;
  if (!names.includes(name)) throw new TypeError(`--shape takes one of ${names.join(", ")}, all`);
  return [name];
}

function number(name: string, text: string | undefined, fallback: number, least: number): number {
  if (text === undefined) return fallback;
  if (!/^\d+$/.test(text) || Number(text) < least) throw new TypeError(`--${name} takes a number from ${least} up`);
  return Number(text);
}
