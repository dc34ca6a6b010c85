import { Command, CommanderError } from "commander";
import { isProcfsError } from "procnet";
import { FILTER_WORDS } from "procnet/query";
import { addCommands } from "./commands/index.ts";
import { CommandFailure, UsageError } from "./errors.ts";
import { finishCommand } from "./flags/build.ts";
import { EXIT } from "./io.ts";
import type { CommandIo } from "./terminal.ts";
import { visible } from "./text/safe.ts";
import { closest, suggestion } from "./text/suggest.ts";

/** Runs a command line of any subcommand but `netstat`, and gives its exit code. */
export async function runProgram(args: readonly string[], io: CommandIo): Promise<number> {
  const outcome = { code: EXIT.ok as number };
  const finish = (code: number): void => {
    outcome.code = code;
  };
  const program = outline(io, finish, args[0] ?? "sockets");
  let command: string | undefined;
  try {
    checkHelp(args, program);
    const words = withCommand(args, program);
    command = words[0];
    finishFor(command, program);
    if (asksForHelp(words)) await tellColumns(program, io);
    await program.parseAsync(words, { from: "user" });
    return outcome.code;
  } catch (error) {
    return explain(error, command, io);
  }
}

/** The whole command line as it is defined: also what help, completion and the manual page are made from. */
export function newProgram(io: CommandIo, finish: (code: number) => void): Command {
  const program = outline(io, finish);
  program.commands.forEach(finishCommand);
  return program;
}

/** Makes those commands whole that a run needs: one, or all where it tells of them. */
function finishFor(word: string | undefined, program: Command): void {
  const one = TELLING.includes(word ?? "") ? undefined : commandOf(word, program);
  if (one !== undefined) finishCommand(one);
  else program.commands.forEach(finishCommand);
}

function asksForHelp(words: readonly string[]): boolean {
  return words.includes("--help") || words.includes("-h");
}

/** Only help needs the tables of all commands. */
async function tellColumns({ commands }: Command, { columns = HELP_WIDTH }: CommandIo): Promise<void> {
  const { addColumnHelp } = await import("./flags/column-help.ts");
  const { DESCRIBED_TABLES } = await import("./commands/columns.ts");
  addColumnHelp(commands, DESCRIBED_TABLES, columns);
}

/** Characters in a line of help that goes to no terminal. */
const HELP_WIDTH = 100;

/** Commands that tell of all the others. */
const TELLING: readonly string[] = ["completion", "man"];

/** The command line with the names of its commands; where `word` is one that tells of no others, of that one. */
function outline(io: CommandIo, finish: (code: number) => void, word?: string): Command {
  const program = new Command("procnet");
  program
    .exitOverride()
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      outputError: () => {},
      getOutHelpWidth: () => io.columns ?? HELP_WIDTH,
    })
    .helpOption("-h, --help", "print help")
    .enablePositionalOptions();
  if (word !== undefined && !TELLING.includes(word)) addCommands({ program, finish, only: word }, io);
  if (program.commands.length === 0) addCommands({ program, finish }, io);
  return program;
}

/** `help` of what is no command. */
function checkHelp([first, name]: readonly string[], program: Command): void {
  if (first !== "help" || name === undefined || isHelp(name) || isCommand(name, program)) return;
  const all = program.commands.flatMap((command) => [command.name(), ...command.aliases()]);
  throw new UsageError(`unknown command '${name}'${suggestion(name, all) || "; procnet --help lists them"}`);
}

/** Whether `help` is asked for help about nothing else. */
function isHelp(word = "help"): boolean {
  return ["help", "--help", "-h"].includes(word);
}

function isCommand(word: string, program: Command): boolean {
  return commandOf(word, program) !== undefined;
}

function commandOf(word: string | undefined, program: Command): Command | undefined {
  if (word === undefined) return undefined;
  return program.commands.find((command) => command.name() === word || command.aliases().includes(word));
}

/** `procnet` alone, or with options or a filter only, is `procnet sockets`; options may stand before the command. */
export function withCommand(args: readonly string[], program: Command): string[] {
  const [first, second] = args;
  if (first === undefined) return ["sockets"];
  // commander's own `help` leaves with the exit code that the process has at that time.
  if (first === "help") return isHelp(second) ? ["--help"] : [second!, "--help"];
  if (["-h", "--help", "-V", "--version", "--"].includes(first)) return [...args];
  if (!first.startsWith("-"))
    return !isCommand(first, program) && beginsFilter(first) ? ["sockets", ...args] : [...args];
  const at = commandAfterOptions(args, program);
  if (at === undefined) return ["sockets", ...args];
  return [args[at]!, ...args.slice(0, at), ...args.slice(at + 1)];
}

/** A filter may also be one word of the shell: `procnet 'sport = :443'`. */
function beginsFilter(text: string): boolean {
  const [word = ""] = text.split(" ", 1);
  return word === "(" || word === "not" || word === "!" || FILTER_WORDS.includes(word);
}

/** Place of the first word that is neither an option of `sockets` nor its value, if it is a command. */
function commandAfterOptions(args: readonly string[], program: Command): number | undefined {
  const sockets = commandOf("sockets", program)!;
  finishCommand(sockets);
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!;
    if (arg === "--") return undefined; // what follows is a filter, also if it begins with the word `port`
    if (arg.startsWith("-")) {
      const option = sockets.options.find(({ short, long }) => arg === short || arg === long);
      if (option?.required) at++;
      continue;
    }
    return isCommand(arg, program) ? at : undefined;
  }
  return undefined;
}

/** One line for people, and the exit code. What nobody expected is shown with its stack. */
function explain(error: unknown, command: string | undefined, io: CommandIo): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.ok; // help or version, already printed
    const words = wordsOf(error);
    io.err(`procnet: ${visible(words + calledHere(words, command))}\n`);
    return EXIT.usage;
  }
  if (error instanceof UsageError) {
    io.err(`${[`procnet: ${error.message}`, ...error.below].map(visible).join("\n")}\n`);
    return EXIT.usage;
  }
  if (error instanceof CommandFailure) {
    io.err(`procnet: ${visible(error.message)}\n`);
    return error.exitCode;
  }
  if (isProcfsError(error)) {
    io.err(`procnet: ${visible(error.message)}\n`);
    return error.code === "ERR_INVALID_ARG" ? EXIT.usage : EXIT.failure;
  }
  if (io.signal.aborted) return EXIT.ok; // nobody reads on; a signal or a full disk has its own code
  // Not left to Node, whose exit code 1 would mean that a port is free.
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.err(`procnet: unexpected: ${stack.split("\n").map(visible).join("\n")}\n`);
  return EXIT.failure;
}

/** commander's words on one line: `unknown option '--jsn' (did you mean --json?)`. */
function wordsOf(error: CommanderError): string {
  if (error.code === "commander.help") return "a command is missing; procnet --help lists them";
  const words = error.message
    .replace(/^error: /, "")
    .replace(/\n\(Did you mean (?:one of )?([^?]*)\?\)/, (_, list: string) => nearOf(error.message, list.split(", ")))
    .replaceAll("\n", " ");
  return WORDS.reduce((text, [theirs, ours]) => text.replace(theirs, ours), words);
}

/** Which of commander's suggestions is near, if one is: it takes three letters of other ones for near in a word of four. */
function nearOf(message: string, offered: readonly string[]): string {
  const [, dashes = "", word = ""] = /'(-*)([^']*)'/.exec(message) ?? [];
  const near = closest(
    word,
    offered.map((one) => one.slice(dashes.length)),
  );
  return near === undefined ? "" : ` (did you mean ${dashes}${near}?)`;
}

/** Options that another command has, by what they are called here. */
const CALLED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  health: { "--for": "--window" },
  traffic: { "--window": "--for" },
  watch: { "--window": "--for" },
};

/** ` (did you mean --window?)` for an option that is called otherwise in other commands. */
function calledHere(words: string, command: string | undefined): string {
  const [, option = ""] = /^unknown option '(--[a-z-]+)[^']*'$/.exec(words) ?? [];
  const called = CALLED[command ?? ""]?.[option];
  return called === undefined ? "" : ` (did you mean ${called}?)`;
}

/** What commander says about itself, as a person would say it: what was given, what is wanted. */
const WORDS: readonly (readonly [theirs: RegExp, ours: string])[] = [
  [/^command-argument value '(.*)' is invalid for argument '([a-z]+)'\. /s, "$2: '$1' cannot be used: "],
  [/^option '(?:-\w, )?(--[a-z0-9-]+)[^']*' argument '(.*)' is invalid\. /s, "$1: '$2' cannot be used: "],
  [/^unknown command '([0-9]{1,5})'$/, "unknown command '$1'; procnet port $1 shows who listens there"],
  [/^too many arguments for '([a-z]+)'\. Expected 0 arguments but got .*$/, "$1 takes no arguments; procnet $1 --help"],
];
