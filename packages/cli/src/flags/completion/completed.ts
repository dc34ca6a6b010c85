import type { Command, Option } from "commander";
import type { ManTable } from "../man.ts";

/** A command as shells need it. */
export interface Completed {
  readonly names: readonly string[];
  readonly description: string;
  readonly options: readonly Option[];
  /** Columns of its table, where they are known before something is read. */
  readonly columns: readonly string[];
  /** Words that its first argument can be. */
  readonly values: readonly string[];
  /** Whether its first argument is a directory. */
  readonly wantsDirectory: boolean;
}

/** All commands that can be completed, from their definitions. */
export function completed(program: Command, tables: readonly ManTable[]): Completed[] {
  return program.commands.map((command) => ({
    names: [command.name(), ...command.aliases()],
    description: command.description(),
    options: command.options.filter(({ hidden }) => !hidden),
    columns: tables.find((table) => table.command === command.name())?.columns.map(({ key }) => key) ?? [],
    values: command.registeredArguments[0]?.argChoices ?? [],
    wantsDirectory: command.registeredArguments[0]?.name() === "directory",
  }));
}

/** Options whose value is a column, or several with commas between, and differs from command to command. */
export const OF_COLUMNS: readonly (string | undefined)[] = ["--columns", "--sort"];

/** The forms of an option: `-t`, `--tcp`. */
export function flagsOf({ short, long }: Option): string[] {
  return [short, long].filter((flag) => flag !== undefined);
}

/** Whether the word after an option is its value, and a directory at that. */
export function takesDirectory(option: Option): boolean {
  return option.required && option.flags.includes("<directory>");
}
