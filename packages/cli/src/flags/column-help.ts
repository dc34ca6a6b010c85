import type { Command } from "commander";
import { wrapped } from "../text/wrap.ts";
import type { ManTable } from "./man.ts";

/** Lets the help of each command that prints a table end with the columns which that has, in lines of so many characters. */
export function addColumnHelp(commands: readonly Command[], tables: readonly ManTable[], width: number): void {
  for (const command of commands) {
    if (!command.options.some(({ long }) => long === "--columns")) continue;
    const table = tables.find((one) => one.command === command.name());
    const keys = table?.columns.map(({ key, extra }) => (extra ? `${key}*` : key)) ?? [];
    const text =
      table === undefined
        ? ["\nColumns: the fields of the file, by the names that --csv prints."]
        : [
            `\nColumns${keys.some((key) => key.endsWith("*")) ? " (* shown when asked for, or by --csv)" : ""}:`,
            ...wrapped(keys.join(" "), width - 2).map((line) => `  ${line}`),
          ];
    command.addHelpText("after", text.join("\n"));
  }
}
