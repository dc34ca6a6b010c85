import { constants } from "node:os";
import { InvalidArgumentError } from "commander";
import { suggestion } from "../text/suggest.ts";

/*
 * Readers of option values. What they throw becomes one line: the option's name, what is wrong, and a suggestion.
 */

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 };
const { signals } = constants;
const LONGEST = 2 ** 31 - 1;

/** `500ms`, `1s`, `2m`, `1.5` (seconds): milliseconds. */
export function duration(text: string): number {
  const [, digits, unit = "s"] = /^(\d+(?:\.\d+)?)([a-z]*)$/.exec(text) ?? [];
  const name = unit === "" ? "s" : unit;
  const factor = Object.hasOwn(UNITS, name) ? UNITS[name] : undefined;
  if (digits === undefined || factor === undefined) throw invalid(`write it like 500ms, 2s or 1m`);
  const milliseconds = Number(digits) * factor;
  if (milliseconds < 1 || milliseconds > LONGEST) throw invalid("it must be between 1ms and 24 days");
  return milliseconds;
}

/** A whole number from `least` to `most`. */
export function whole(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most)) throw invalid(`it must be a whole number from ${least} to ${most}`);
    return value;
  };
}

/** Process ids, `1,2`, added to those given before. */
export function pids(text: string, before: readonly number[] = []): number[] {
  return [...before, ...text.split(",").map(whole(1, 2 ** 31))];
}

/** Names, `a,b`, added to those given before. */
export function names(text: string, before: readonly string[] = []): string[] {
  const found = text.split(",").map((name) => name.trim());
  if (found.includes("")) throw invalid("write names with commas between, like a,b");
  return [...before, ...found];
}

/** `NAME=VALUE`, added to those given before. What is wrong is said without the value: it may be a secret. */
export function pairs(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const at = text.indexOf("=");
  if (at < 1) throw invalid("write it like NAME=VALUE");
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

/** Ports, `80,:443`, added to those given before. */
export function ports(text: string, before: readonly number[] = []): number[] {
  return [...before, ...text.split(",").map((part) => whole(1, 65535)(part.replace(/^:/, "")))];
}

/** One of a few words. */
export function oneOf(words: readonly string[]): (text: string) => string {
  return (text) => {
    if (words.includes(text)) return text;
    throw invalid(suggestion(text, words).trim() || `it must be one of ${words.join(", ")}`);
  };
}

/** A signal as kill(1) takes it: `TERM`, `SIGTERM`, `sigterm` or its number. */
export function signalName(words: readonly string[]): (text: string) => string {
  const one = oneOf(words);
  return (text) => {
    const name = text.toUpperCase().replace(/^SIG/, "");
    const found = /^\d+$/.test(text)
      ? words.find((word) => signals[`SIG${word}` as NodeJS.Signals] === Number(text))
      : name;
    return one(found ?? text);
  };
}

function invalid(problem: string): InvalidArgumentError {
  return new InvalidArgumentError(problem);
}
