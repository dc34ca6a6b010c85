import type { SocketProtocol } from "procnet";
import { type Filter, FilterError, type MissingField, missingFields, parseFilter } from "procnet/query";
import { UsageError } from "../errors.ts";
import { namesOfMachine } from "../names/filter-names.ts";
import { visible } from "../text/safe.ts";
import { width } from "../text/width.ts";

/**
 * The filter that a command line has, with the names of this machine.
 *
 * @throws UsageError that names the column, and shows the text with a mark below it
 */
export function filterOf(words: readonly string[]): Filter {
  try {
    return parseFilter(words.join(" "), namesOfMachine);
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    const { text, at } = error;
    // Escaping makes text longer: the mark goes below what is shown.
    const mark = " ".repeat(width(visible(text.slice(0, at))));
    throw new UsageError(error.message, [`  ${visible(text)}`, `  ${mark}^`]);
  }
}

const INET = "-t, -u or -w show those that have";
const NAMES: Readonly<Partial<Record<MissingField["field"], readonly [what: string, help: string]>>> = {
  address: ["addresses", INET],
  port: ["ports", INET],
  path: ["paths", "-x shows unix sockets"],
};

/** Sockets without something that a filter asks for. */
export interface Untold {
  /** Why none of the tables can answer; absent where some can. */
  readonly problem?: string;
  /** What is not told of some of the sockets, a sentence each. */
  readonly notes: readonly string[];
}

/** What a filter asks for and nobody tells, where the kernel is asked for the tables `asked`, and procfs for the others. */
export function untoldBy(
  filter: Filter,
  protocols: readonly SocketProtocol[],
  asked: readonly SocketProtocol[],
): Untold {
  const missing = missingFields(filter, protocols, asked);
  const whole = missing.find(({ without }) => without.length === protocols.length);
  const notes = missing
    .filter(({ isUntold }) => isUntold)
    .map(({ field, without }) => {
      const which = without.join(", ");
      return `procfs does not tell ${field} of sockets of ${which}: the filter takes them to have none`;
    });
  return { ...(whole !== undefined && { problem: problemOf(whole, protocols) }), notes };
}

/**
 * Refuses a filter that asks for something that none of the tables has: it would find nothing, and say that there is nothing.
 *
 * @throws UsageError that says which sockets have it
 */
export function checkAnswerable(
  filter: Filter,
  protocols: readonly SocketProtocol[],
  asked: readonly SocketProtocol[] = [],
  help = "",
): void {
  const { problem } = untoldBy(filter, protocols, asked);
  if (problem !== undefined) throw new UsageError(`filter: ${problem}${help}`);
}

function problemOf({ field, isUntold }: MissingField, protocols: readonly SocketProtocol[]): string {
  const which = protocols.join(", ");
  const [what, help] = NAMES[field] ?? [];
  if (what !== undefined) return `sockets of ${which} have no ${what}: ${help}`;
  return isUntold ? `procfs does not tell ${field} of sockets of ${which}` : `sockets of ${which} have no ${field}`;
}
