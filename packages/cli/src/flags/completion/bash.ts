import { type Completed, flagsOf, takesDirectory } from "./completed.ts";

/** A script for bash: works without the package bash-completion. */
export function* bash(commands: readonly Completed[]): Generator<string> {
  yield "# procnet completion bash: source it, or put it into /etc/bash_completion.d";
  yield "_procnet() {";
  yield `  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command="" word`;
  yield `  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do`;
  yield `    case "$word" in ${commands.flatMap(({ names }) => names).join("|")}) command="$word"; break ;; esac`;
  yield "  done";
  yield "  COMPREPLY=()";
  yield* columns(commands);
  yield* values(commands);
  yield '  case "$command" in';
  yield `    "") COMPREPLY=($(compgen -W "${words(commands)}" -- "$current")) ;;`;
  for (const command of commands) {
    const found = [...command.values, ...command.options.flatMap(flagsOf)].join(" ");
    yield `    ${command.names.join("|")}) COMPREPLY=($(compgen -W "${found} --help" -- "$current")) ;;`;
  }
  yield "  esac";
  yield "}";
  yield "complete -o default -F _procnet procnet";
}

/** What may stand first: a command, or an option of `sockets`. */
function words(commands: readonly Completed[]): string {
  const sockets = commands.find(({ names }) => names.includes("sockets"));
  const options = sockets?.options.flatMap((option) => option.long ?? []) ?? [];
  return [...commands.map(({ names }) => names[0]), ...options, "--help", "--version"].join(" ");
}

/** Columns, of which several can stand behind each other, or one behind a sign. */
function* columns(commands: readonly Completed[]): Generator<string> {
  yield `  local list="" sign=""`;
  yield `  [[ $current == *,* ]] && list="\${current%,*},"`;
  yield `  [[ $current == -* ]] && sign="-"`;
  yield '  case "$command $previous" in';
  for (const { names, columns: keys } of commands.filter((command) => command.columns.length > 0)) {
    const all = names.includes("sockets") ? [...names, ""] : names;
    const after = (option: string) => all.map((name) => `"${name} ${option}"`).join("|");
    const words = `-W "${keys.join(" ")}"`;
    yield `    ${after("--columns")}) COMPREPLY=($(compgen -P "$list" ${words} -- "\${current##*,}")); return ;;`;
    yield `    ${after("--sort")}) COMPREPLY=($(compgen -P "$sign" ${words} -- "\${current#-}")); return ;;`;
  }
  yield "  esac";
}

/** Values of the option before the word, where they are known. An option means the same in every command. */
function* values(commands: readonly Completed[]): Generator<string> {
  const options = new Map(commands.flatMap((command) => command.options).map((option) => [option.long, option]));
  yield '  case "$previous" in';
  for (const option of options.values()) {
    if (!option.required) continue;
    const flags = flagsOf(option).join("|");
    if (takesDirectory(option)) yield `    ${flags}) COMPREPLY=($(compgen -d -- "$current")); return ;;`;
    else
      yield `    ${flags}) COMPREPLY=($(compgen -W "${option.argChoices?.join(" ") ?? ""}" -- "$current")); return ;;`;
  }
  yield "  esac";
}
