/*
 * What a command line can say, as data: from it come the types that commands work with, what commander parses, help,
 * completion and the manual page. The name of an option is the key under which it stands: `allNamespaces` is
 * `--all-namespaces`. A command that uses another name does not compile.
 */

/** What an option gives, by its kind. */
export interface Values {
  /** It is given, or not. */
  readonly yes: true;
  /** `--no-owners` under the key `owners`: true unless it is given. */
  readonly no: boolean;
  readonly text: string;
  /** `a,b`, once or several times. */
  readonly names: readonly string[];
  /** `NAME=VALUE`, once or several times; of two with one name the last. */
  readonly pairs: Readonly<Record<string, string>>;
  /** Process ids, `1,2`, once or several times. */
  readonly pids: readonly number[];
  /** Ports, `80,443`, once or several times. */
  readonly ports: readonly number[];
  /** A time, in milliseconds. */
  readonly duration: number;
  /** How many times. */
  readonly times: number;
}

export interface OptionSpec {
  /** One of some words, a signal by its name or number, or as {@link Values} says. */
  readonly kind: keyof Values | "word" | "signal";
  readonly description: string;
  /** The letter of its short form. */
  readonly short?: string;
  /** What its value is called in help. */
  readonly value?: string;
  readonly words?: readonly string[];
  readonly default?: string;
  /** Keys of options that cannot be given with it. */
  readonly conflicts?: readonly string[];
  /** Understood, and not shown. */
  readonly hidden?: true;
}

/** Options by the key under which a command finds them. */
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** What stands behind the name of a command. */
export interface ArgumentSpec {
  readonly name: string;
  readonly kind: "text" | "texts" | "ports" | "word";
  readonly description: string;
  readonly required?: true;
  readonly words?: readonly string[];
}

export interface CommandSpec {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly description: string;
  readonly argument?: ArgumentSpec;
  readonly options: OptionSpecs;
}

/** What an option gives when it is given. */
type ValueOf<Spec extends OptionSpec> = Spec["kind"] extends keyof Values
  ? Values[Spec["kind"]]
  : Spec["words"] extends readonly (infer Word)[]
    ? Word
    : never;

/** Keys of the options that have a value even when they are not given. */
type Always<Specs> = {
  [Key in keyof Specs]: Specs[Key] extends { readonly kind: "no" } | { readonly default: string } ? Key : never;
}[keyof Specs];

/** The options as a command gets them. */
export type OptionsOf<Specs extends OptionSpecs> = {
  readonly [Key in Always<Specs>]: ValueOf<Specs[Key]>;
} & {
  readonly [Key in Exclude<keyof Specs, Always<Specs>>]?: ValueOf<Specs[Key]>;
};

/** What stands behind the name of a command, as the command gets it. */
export type ArgumentOf<Spec extends ArgumentSpec | undefined> = Spec extends ArgumentSpec
  ? Spec["kind"] extends "texts"
    ? readonly string[]
    : Spec["kind"] extends "ports"
      ? readonly number[]
      :
          | (Spec["words"] extends readonly (infer Word)[] ? Word : string)
          | (Spec["required"] extends true ? never : undefined)
  : undefined;
