import type { SocketProtocol } from "procnet";
import { type Filter, FilterError, parseFilter } from "procnet/query";
import { checkAnswerable } from "../commands/filter.ts";
import { type KernelWanted, kernelWanted } from "../commands/kernel-wanted.ts";
import { UsageError } from "../errors.ts";
import { namesOfMachine } from "../names/filter-names.ts";
import type { FilterProblem } from "./draw/frame.ts";

/** A filter as it is written at the moment. */
export interface Written {
  /** What it says; `undefined` for nothing, and where it cannot be understood. */
  readonly filter: Filter | undefined;
  readonly problem: FilterProblem | undefined;
}

/** Who tells of sockets now, and what would tell what they do not. */
export interface Telling {
  /** Tables of which the kernel itself tells. */
  readonly tables: readonly SocketProtocol[];
  readonly help: string;
}

/** Understands a filter that may not be finished. */
export function understood(text: string, protocols: readonly SocketProtocol[], { tables, help }: Telling): Written {
  try {
    const filter = parsed(text);
    if (filter === undefined) return NOTHING;
    const { wanted } = kernelWanted(filter, [], protocols);
    checkAnswerable(filter, protocols, tables, wanted.length > 0 ? help : "");
    return { filter, problem: undefined };
  } catch (error) {
    if (error instanceof FilterError) return { filter: undefined, problem: { message: error.message, at: error.at } };
    if (error instanceof UsageError) return { filter: undefined, problem: { message: error.message, at: undefined } };
    throw error;
  }
}

/** What of a filter and of columns the kernel alone tells; nothing of a filter that cannot be understood yet. */
export function wantedBy(text: string, columns: readonly string[], protocols: readonly SocketProtocol[]): KernelWanted {
  let filter: Filter | undefined;
  try {
    filter = parsed(text);
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
  }
  return kernelWanted(filter, columns, protocols);
}

const NOTHING: Written = { filter: undefined, problem: undefined };

function parsed(text: string): Filter | undefined {
  return text.trim() === "" ? undefined : parseFilter(text, namesOfMachine);
}
