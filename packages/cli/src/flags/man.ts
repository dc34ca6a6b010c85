import type { Argument, Command, Option } from "commander";
import { FILTER_WORDS } from "procnet/query";
import { EXIT } from "../io.ts";
import { writeLines } from "../output/present.ts";
import type { CommandIo } from "../terminal.ts";

/** `procnet man`: the manual page, in the language of man(7). */
export function manCommand(program: Command, io: CommandIo): number {
  writeLines(io, manPage(program));
  return EXIT.ok;
}

/** The lines of the page, from the definitions of the commands. */
export function* manPage(program: Command): Generator<string> {
  yield `.TH PROCNET 1 "" "procnet ${program.version() ?? ""}" "User Commands"`;
  yield ".SH NAME";
  yield "procnet \\- sockets with their owners, and everything else under /proc/net";
  yield ".SH SYNOPSIS";
  for (const command of program.commands) yield* synopsis(command);
  yield ".SH DESCRIPTION";
  yield roff(program.description());
  for (const command of program.commands) yield* section(command);
  yield* rest();
}

function* synopsis(command: Command): Generator<string> {
  yield `.br`;
  yield `.B procnet ${roff(command.name())}`;
  const args = command.registeredArguments.map(argumentText);
  yield roff([...(command.options.length > 0 ? ["[options]"] : []), ...args].join(" "));
}

function* section(command: Command): Generator<string> {
  yield `.SH PROCNET ${roff(command.name().toUpperCase())}`;
  const aliases = command.aliases().length > 0 ? ` Also called ${command.aliases().join(", ")}.` : "";
  const description = command.description();
  yield roff(`${description[0]!.toUpperCase()}${description.slice(1)}.${aliases}`);
  for (const argument of command.registeredArguments) {
    yield ".TP";
    yield `.I ${roff(argumentText(argument))}`;
    yield roff(argument.description + choicesOf(argument.argChoices));
  }
  for (const option of command.options.filter(({ hidden }) => !hidden)) yield* optionLines(option);
}

function* optionLines(option: Option): Generator<string> {
  yield ".TP";
  yield `.B ${roff(option.flags)}`;
  yield roff(option.description + choicesOf(option.argChoices));
}

function choicesOf(choices: readonly string[] | undefined): string {
  return choices === undefined ? "" : ` (${choices.join(", ")})`;
}

function argumentText(argument: Argument): string {
  const name = argument.name() + (argument.variadic ? "..." : "");
  return argument.required ? `<${name}>` : `[${name}]`;
}

function* rest(): Generator<string> {
  yield ".SH FILTERS";
  yield roff(
    "Conditions joined by and, or, not and parentheses, as in ss(8); conditions side by side must all hold. " +
      `A condition begins with one of: ${FILTER_WORDS.join(", ")}. ` +
      "Comparisons are =, !=, <, <=, >, >= and, for text, ~ (contains). In text, * stands for anything.",
  );
  yield ".PP";
  yield roff("state established and ( dport = :443 or src 10.0.0.0/8 )");
  yield ".SH EXIT STATUS";
  for (const [code, meaning] of EXITS) {
    yield ".TP";
    yield `.B ${code}`;
    yield roff(meaning);
  }
  yield ".SH ENVIRONMENT";
  yield roff("NO_COLOR and FORCE_COLOR decide about colour where --color does not.");
}

const EXITS = [
  [0, "Done. Of port: every port has a known owner, or what was waited for has come."],
  [1, "Of port: nobody listens."],
  [2, "The command line is wrong."],
  [3, "Of port: somebody listens, but the owner cannot be seen."],
  [4, "It failed: a file cannot be read, a time was over, a process was not killed."],
] as const;

/** A dash is a hyphen in roff unless escaped; a line must not begin with a control character. */
function roff(text: string): string {
  const escaped = text.replaceAll("\\", "\\e").replaceAll("-", "\\-");
  return /^[.']/.test(escaped) ? `\\&${escaped}` : escaped;
}
