import type { Command } from "commander";
import { EXIT } from "../../io.ts";
import { writeLines } from "../../output/present.ts";
import type { CommandIo } from "../../terminal.ts";
import type { ManTable } from "../man.ts";
import { bash } from "./bash.ts";
import { completed } from "./completed.ts";
import { fish } from "./fish.ts";
import { zsh } from "./zsh.ts";

/** `procnet completion SHELL` */
export function completionCommand(shell: string, program: Command, tables: readonly ManTable[], io: CommandIo): number {
  const commands = completed(program, tables);
  const lines = shell === "bash" ? bash(commands) : shell === "zsh" ? zsh(commands) : fish(commands);
  writeLines(io, lines);
  return EXIT.ok;
}
