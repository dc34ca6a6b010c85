import { suggestion } from "./suggest.ts";

/*
 * A command line by the rules of getopt_long(3), for the programs that are written with it: letters in clusters, long names that
 * may be cut short, values behind a letter or behind `=`. commander cannot read it, and takes longer to load than a short
 * answer takes.
 */

/** An option: its letter, or none; its long names, with blanks between; what it does; whether it takes a value. */
export type Option<Action> = readonly [letter: string, names: string, action: Action, takesValue?: true];

/** A part of a command line. */
export type Part<Action> =
  | { readonly kind: "option"; readonly action: Action; readonly value: string }
  | { readonly kind: "word"; readonly text: string }
  | { readonly kind: "wrong"; readonly problem: string };

/** The parts of a command line, in its order. Behind what is wrong comes nothing more. */
export function* partsOf<Action>(
  args: readonly string[],
  options: readonly Option<Action>[],
): Generator<Part<Action>, void> {
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!;
    if (arg === "--") {
      for (const text of args.slice(at + 1)) yield { kind: "word", text };
      return;
    }
    if (arg.length < 2 || !arg.startsWith("-")) {
      yield { kind: "word", text: arg };
      continue;
    }
    for (const [option, given, name] of arg.startsWith("--") ? long(arg, options) : cluster(arg, options)) {
      if (option === undefined) {
        yield { kind: "wrong", problem: name };
        return;
      }
      const [, , action, takesValue] = option;
      let value = given;
      if (takesValue && value === undefined) {
        value = args[++at];
        if (value === undefined) {
          yield { kind: "wrong", problem: `option '${name}' needs a value` };
          return;
        }
      }
      yield { kind: "option", action, value: value ?? "" };
    }
  }
}

type Found<Action> = readonly [option: Option<Action> | undefined, value: string | undefined, nameOrProblem: string];

/** `-tulpen`, `-Ainet`. */
function* cluster<Action>(arg: string, options: readonly Option<Action>[]): Generator<Found<Action>> {
  for (let at = 1; at < arg.length; at++) {
    const letter = String.fromCodePoint(arg.codePointAt(at)!);
    const option = options.find(([short]) => short === letter);
    if (option === undefined) {
      yield [undefined, undefined, `unknown option '-${letter}'${byCase(letter, options)}`];
      return;
    }
    const [, , , takesValue] = option;
    if (takesValue) {
      yield [option, at + 1 < arg.length ? arg.slice(at + 1) : undefined, `-${letter}`];
      return;
    }
    yield [option, undefined, `-${letter}`];
  }
}

/** The same letter in the other case, when that is an option. */
function byCase(letter: string, options: readonly Option<unknown>[]): string {
  const other = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
  return options.some(([short]) => short === other) ? ` (did you mean -${other}?)` : "";
}

/** `--listening`, `--list`, `--protocol=inet`. */
function* long<Action>(arg: string, options: readonly Option<Action>[]): Generator<Found<Action>> {
  const equals = arg.indexOf("=");
  const name = arg.slice(2, equals === -1 ? undefined : equals);
  const value = equals === -1 ? undefined : arg.slice(equals + 1);
  const all = options.flatMap((option) => option[1].split(" ").map((long) => [long, option] as const));
  const exact = all.filter(([long]) => long === name);
  const found = exact.length > 0 ? exact : all.filter(([long]) => long !== "" && long.startsWith(name));
  const [first] = found;
  const names = all.map(([long]) => `--${long}`);
  if (first === undefined) yield [undefined, undefined, `unknown option '--${name}'${suggestion(`--${name}`, names)}`];
  else if (found.some(([, option]) => option !== first[1])) {
    const candidates = found.map(([long]) => `--${long}`).join(", ");
    yield [undefined, undefined, `option '--${name}' can be any of ${candidates}`];
  } else if (value !== undefined && !first[1][3]) yield [undefined, undefined, `option '--${first[0]}' takes no value`];
  else yield [first[1], value, `--${first[0]}`];
}
