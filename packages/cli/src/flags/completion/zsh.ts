import type { Option } from "commander";
import { type Completed, flagsOf, takesDirectory } from "./completed.ts";

/** A script for zsh: a file called `_procnet` in a directory of `$fpath`, or sourced. */
export function* zsh(commands: readonly Completed[]): Generator<string> {
  yield "#compdef procnet";
  yield "_procnet() {";
  yield "  local -a commands";
  yield "  commands=(";
  for (const { names, description } of commands) yield `    ${quote(`${names[0]}:${description}`)}`;
  yield "  )";
  yield "  local command=$words[2]";
  yield "  # The options of sockets may stand without a command.";
  yield "  if [[ $command == -* ]]; then command=sockets";
  yield "  elif (( CURRENT == 2 )); then _describe command commands; return";
  yield "  else shift words; (( CURRENT-- )); fi";
  yield "  case $command in";
  for (const { names, options, values, columns } of commands) {
    yield `    ${names.join("|")})`;
    const first = values.length > 0 ? [`'1: :(${values.join(" ")})'`] : ["'*: :_files'"];
    yield `      _arguments ${[...options.flatMap((option) => specs(option, columns)), ...first].join(" \\\n        ")} ;;`;
  }
  yield "  esac";
  yield "}";
  yield 'if [ "$funcstack[1]" = _procnet ]; then _procnet "$@"; else compdef _procnet procnet; fi';
}

function specs(option: Option, columns: readonly string[]): string[] {
  const values = takesDirectory(option) ? ":directory:_files -/" : valuesOf(option, columns);
  const text = option.description.replace(/[[\]:]/g, (character) => `\\${character}`);
  return flagsOf(option).map((flag) => quote(`${flag}[${text}]${option.required ? values : ""}`));
}

function valuesOf({ long, argChoices = [] }: Option, columns: readonly string[]): string {
  if (long === "--columns" && columns.length > 0) return `:column:_values -s , column ${columns.join(" ")}`;
  return `:value:(${(long === "--sort" ? columns : argChoices).join(" ")})`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
