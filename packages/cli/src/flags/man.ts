import type { Argument, Command, Option } from "commander";
import { EXIT } from "../io.ts";
import { writeLines } from "../output/present.ts";
import type { CommandIo } from "../terminal.ts";
import { CONDITIONS, EXAMPLES, EXITS, FILTER_GRAMMAR } from "./reference.ts";

/** `procnet man`: the manual page, in the language of man(7). */
export function manCommand(program: Command, tables: readonly ManTable[], io: CommandIo): number {
  writeLines(io, manPage(program, tables));
  return EXIT.ok;
}

/** A table with what its columns hold. */
export interface ManTable {
  readonly command: string;
  readonly columns: readonly { readonly key: string; readonly title: string; readonly extra?: true }[];
  readonly meanings: Readonly<Record<string, string>>;
}

/** The lines of the page, from the definitions of the commands and their tables. */
export function* manPage(program: Command, tables: readonly ManTable[]): Generator<string> {
  yield `.TH PROCNET 1 "" "procnet ${program.version() ?? ""}" "User Commands"`;
  yield ".SH NAME";
  yield "procnet \\- sockets with their owners, and everything else under /proc/net";
  yield ".SH SYNOPSIS";
  for (const command of program.commands) yield* synopsis(command);
  yield ".SH DESCRIPTION";
  yield roff(program.description());
  yield* examples(EXAMPLES);
  for (const command of program.commands) {
    yield* section(command);
    const table = tables.find((one) => one.command === command.name());
    if (table !== undefined) yield* columns(table);
  }
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

/** The columns of a table: the name that options take, what stands above it, what it holds. */
function* columns({ columns: all, meanings }: ManTable): Generator<string> {
  yield ".SS Columns";
  yield roff(
    "By the name that --columns, --sort and CSV have. Those with a star are shown when they are asked for, or by CSV.",
  );
  for (const { key, title, extra } of all) {
    yield ".TP";
    yield `.B ${roff(key)}${extra ? "*" : ""}`;
    yield roff(`${title}: ${meanings[key] ?? ""}`);
  }
}

function* examples(all: readonly (readonly [line: string, purpose: string])[]): Generator<string> {
  yield ".SH EXAMPLES";
  for (const [line, purpose] of all) {
    yield ".TP";
    yield `.B ${roff(line)}`;
    yield roff(purpose);
  }
}

function* rest(): Generator<string> {
  yield ".SH FILTERS";
  for (const text of FILTER_GRAMMAR) {
    yield roff(text);
    yield ".PP";
  }
  for (const [condition, meaning] of CONDITIONS) {
    yield ".TP";
    yield `.B ${roff(condition)}`;
    yield roff(meaning);
  }
  yield ".SH EXIT STATUS";
  for (const [code, meaning] of EXITS) {
    yield ".TP";
    yield `.B ${code}`;
    yield roff(meaning);
  }
  yield ".SH ENVIRONMENT";
  yield roff("NO_COLOR and FORCE_COLOR decide about colour where --color does not.");
  yield ".SH SEE ALSO";
  yield roff("ss(8), netstat(8), lsof(8), ip(8), proc(5)");
}

/** A dash is a hyphen in roff unless escaped; a line must not begin with a control character. */
function roff(text: string): string {
  const escaped = text.replaceAll("\\", "\\e").replaceAll("-", "\\-");
  return /^[.']/.test(escaped) ? `\\&${escaped}` : escaped;
}
