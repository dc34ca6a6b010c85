import type { SocketProtocol } from "procnet";
import { type Filter, FilterError, parseFilter } from "procnet/query";
import { checkAnswerable } from "../commands/filter.ts";
import { UsageError } from "../errors.ts";
import { namesOfMachine } from "../names/filter-names.ts";
import type { FilterProblem } from "./draw/frame.ts";

/** A filter as it is written at the moment. */
export interface Written {
  /** What it says; `undefined` for nothing, and where it cannot be understood. */
  readonly filter: Filter | undefined;
  readonly problem: FilterProblem | undefined;
}

/** Understands a filter that may not be finished; `asked`: tables of which the kernel itself tells. */
export function understood(
  text: string,
  protocols: readonly SocketProtocol[],
  asked: readonly SocketProtocol[],
): Written {
  if (text.trim() === "") return { filter: undefined, problem: undefined };
  try {
    const filter = parseFilter(text, namesOfMachine);
    checkAnswerable(filter, protocols, asked);
    return { filter, problem: undefined };
  } catch (error) {
    if (error instanceof FilterError) return { filter: undefined, problem: { message: error.message, at: error.at } };
    if (error instanceof UsageError) return { filter: undefined, problem: { message: error.message, at: undefined } };
    throw error;
  }
}
