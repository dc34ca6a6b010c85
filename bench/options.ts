import { parseArgs } from "node:util";

/** How one bench is run. */
export interface Options {
  /** Connected sockets the farm holds; 0: no farm, what the machine has. */
  readonly sockets: number;
  /** Measured rounds of the first table; the slow ones run a third of them. */
  readonly rounds: number;
  /** Only cases whose name holds this text, besides the floor. */
  readonly only: string;
  /** Small scenes: shows that all works. */
  readonly quick: boolean;
  /** Writes docs/performance.md. */
  readonly write: boolean;
}

export const USAGE = `usage: npm run bench -- [--sockets N] [--rounds N] [--only TEXT] [--quick] [--write]
  --sockets N   connected sockets to hold open (default 100000; 0: none, measure what is there)
  --rounds N    measured rounds (default 15; programs run a third of them)
  --only TEXT   only the cases whose name holds TEXT, and the kernel alone
  --quick       2,000 sockets and 3 rounds unless said otherwise: shows that all works, measures little
  --write       put the result into docs/performance.md`;

/** Reads the command line; throws a `TypeError` with a plain message. */
export function readOptions(args: readonly string[]): Options | "help" {
  const { values } = parseArgs({
    args: [...args],
    options: {
      sockets: { type: "string" },
      rounds: { type: "string" },
      only: { type: "string", default: "" },
      quick: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return "help";
  if (values.write && values.only !== "") throw new TypeError("--write needs all cases, --only leaves some out");
  return {
    sockets: number("sockets", values.sockets, values.quick ? 2000 : 100_000, 0),
    rounds: number("rounds", values.rounds, values.quick ? 3 : 15, 1),
    only: values.only,
    quick: values.quick,
    write: values.write,
  };
}

function number(name: string, text: string | undefined, fallback: number, least: number): number {
  if (text === undefined) return fallback;
  if (!/^\d+$/.test(text) || Number(text) < least) throw new TypeError(`--${name} takes a number from ${least} up`);
  return Number(text);
}
