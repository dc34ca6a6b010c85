import { type Completed, OF_COLUMNS, takesDirectory } from "./completed.ts";

/** A script for fish: `procnet completion fish > ~/.config/fish/completions/procnet.fish`. */
export function* fish(commands: readonly Completed[]): Generator<string> {
  const all = commands.flatMap(({ names }) => names).join(" ");
  yield "complete -c procnet -f";
  const none = `not __fish_seen_subcommand_from ${all}`;
  for (const { names, description, options, values, columns, wantsDirectory } of commands) {
    yield `complete -c procnet -n "${none}" -a ${names[0]} -d ${quote(description)}`;
    // The options of `sockets` may stand without a command.
    const alone = names.includes("sockets") ? `; or ${none}` : "";
    const here = `complete -c procnet -n "__fish_seen_subcommand_from ${names.join(" ")}${alone}"`;
    if (wantsDirectory) yield `${here} -a '(__fish_complete_directories)'`;
    if (values.length > 0) yield `${here} -a ${quote(values.join(" "))}`;
    for (const option of options) {
      const flags = [
        ...(option.short ? [`-s ${option.short.slice(1)}`] : []),
        ...(option.long ? [`-l ${option.long.slice(2)}`] : []),
      ];
      const directory = takesDirectory(option) ? " -a '(__fish_complete_directories)'" : "";
      const words = OF_COLUMNS.includes(option.long) ? columns : (option.argChoices ?? []);
      const choices = words.length > 0 ? ` -a ${quote(words.join(" "))}` : directory;
      yield `${here} ${flags.join(" ")}${option.required ? " -x" : ""}${choices} -d ${quote(option.description)}`;
    }
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
