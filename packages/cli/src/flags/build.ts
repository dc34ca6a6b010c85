import { Argument, type Command, Option } from "commander";
import type { ArgumentOf, ArgumentSpec, CommandSpec, OptionSpec, OptionSpecs, OptionsOf } from "./spec.ts";
import { duration, names, oneOf, pairs, pids, ports, signalName, whole } from "./values.ts";

/** Does what a command is for; gives its exit code. */
type Run<Spec extends CommandSpec, Groups extends OptionSpecs> = (
  options: OptionsOf<Spec["options"]> & Together<Groups>,
  argument: ArgumentOf<Spec["argument"]>,
) => Promise<number>;

/** The options of all groups. */
type Together<Groups extends OptionSpecs> = (
  Groups extends OptionSpecs
    ? (options: OptionsOf<Groups>) => void
    : never
) extends (options: infer All) => void
  ? All
  : never;

/** What commands are added to, and who is told how the one that ran has ended. */
export interface CommandLine {
  readonly program: Command;
  /** The one command that is wanted, by its name; all of them where it is absent. */
  readonly only?: string | undefined;
  readonly finish: (code: number) => void;
}

/** What commands still lack. All options of all commands take 6 ms to make, and a run needs those of one. */
const unfinished = new WeakMap<Command, () => void>();

/** Makes a command whole that {@link addCommand} has begun. */
export function finishCommand(command: Command): void {
  unfinished.get(command)?.();
  unfinished.delete(command);
}

/** Adds a command, by its name only so far, with its own options and those of groups that it shares with others. */
export function addCommand<Spec extends CommandSpec, Groups extends OptionSpecs>(
  { program, only, finish }: CommandLine,
  spec: Spec,
  groups: readonly Groups[],
  run: Run<Spec, Groups>,
): void {
  if (only !== undefined && only !== spec.name) return;
  const command = program.command(spec.name).description(spec.description);
  for (const alias of spec.aliases ?? []) command.alias(alias);
  unfinished.set(command, () => {
    if (spec.argument !== undefined) command.addArgument(argumentOf(spec.argument));
    for (const specs of [spec.options, ...groups]) {
      for (const [key, option] of Object.entries(specs)) command.addOption(optionOf(key, option));
    }
  });
  // commander hands over what it has parsed without a type: what it parses is what the definition says.
  command.action(async (...given) => {
    finish(await run(command.opts(), spec.argument === undefined ? undefined : given[0]));
  });
}

/** How an option is written: `-A, --protocol <list>`. */
function flagsOf(key: string, { short, value, kind }: OptionSpec): string {
  const name = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const long = `--${kind === "no" ? "no-" : ""}${name}${value === undefined ? "" : ` ${value}`}`;
  return short === undefined ? long : `-${short}, ${long}`;
}

function optionOf(key: string, spec: OptionSpec): Option {
  const option = new Option(flagsOf(key, spec), spec.description);
  if (spec.words !== undefined) option.choices(spec.words);
  readValue(option, spec);
  if (spec.default !== undefined) option.default(spec.default);
  if (spec.hidden) option.hideHelp();
  return option.conflicts([...(spec.conflicts ?? [])]);
}

/** Says how the text behind an option becomes its value, where it is not the value itself. */
function readValue(option: Option, { kind, words = [] }: OptionSpec): void {
  if (kind === "names") option.argParser(names);
  if (kind === "pairs") option.argParser(pairs);
  if (kind === "pids") option.argParser(pids);
  if (kind === "ports") option.argParser(ports);
  if (kind === "duration") option.argParser(duration);
  if (kind === "times") option.argParser(whole(1, 1e9));
  // Known to help and completion, and with a suggestion for what is none of them.
  if (kind === "word") option.argParser(oneOf(words));
  if (kind === "signal") option.argParser(signalName(words));
}

function argumentOf({ name, kind, description, required, words }: ArgumentSpec): Argument {
  const isMany = kind === "texts" || kind === "ports";
  const text = `${name}${isMany ? "..." : ""}`;
  const argument = new Argument(required ? `<${text}>` : `[${text}]`, description);
  if (words !== undefined) argument.choices(words).argParser(oneOf(words));
  if (kind === "ports") argument.argParser(ports);
  return argument;
}
