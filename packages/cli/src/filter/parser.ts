import { suggestion } from "../text/suggest.ts";
import type { Comparison, Condition, Filter, NumberField, Side, TextField } from "./ast.ts";
import { FilterError } from "./filter-error.ts";
import { hostOf, portOf } from "./host.ts";
import { globOf, substringOf } from "./pattern.ts";
import { STATE_WORDS, statesOf } from "./states.ts";
import { type Token, tokens } from "./tokens.ts";

/*
 * filter    := all { ("or" | "|" | "||") all }
 * all       := one { ["and" | "&" | "&&"] one }        conditions side by side are joined by and, as ss does
 * one       := ("not" | "!") one | "(" filter ")" | condition
 * condition := "state" STATE | "exclude" STATE
 *            | ("src" | "dst" | "host") ["=" | "!="] ADDRESS[/LENGTH][:PORT] | PATH
 *            | ("sport" | "dport" | "port") COMPARISON [:]PORT
 *            | NUMBER-FIELD COMPARISON NUMBER
 *            | TEXT-FIELD ("=" | "!=" | "~") TEXT
 */

const SIDES: Readonly<Record<string, Side>> = { src: "local", dst: "remote", host: "either", addr: "either" };
const PORTS: Readonly<Record<string, Side>> = { sport: "local", dport: "remote", port: "either" };
const NUMBERS: Readonly<Record<string, NumberField>> = {
  pid: "pid",
  uid: "uid",
  inode: "inode",
  recvq: "recvq",
  sendq: "sendq",
  netns: "netns",
};
const TEXTS: Readonly<Record<string, TextField>> = {
  process: "process",
  comm: "process",
  container: "container",
  unit: "unit",
  proto: "proto",
};
const COMPARISONS: Readonly<Record<string, Comparison>> = {
  "=": "=",
  "==": "=",
  eq: "=",
  "!=": "!=",
  ne: "!=",
  neq: "!=",
  "<": "<",
  lt: "<",
  "<=": "<=",
  le: "<=",
  leq: "<=",
  ">": ">",
  gt: ">",
  ">=": ">=",
  ge: ">=",
  geq: ">=",
  "~": "~",
};

/** Words that begin a condition, for suggestions and completion. */
export const KEYWORDS: readonly string[] = [
  "state",
  "exclude",
  ...Object.keys(SIDES),
  ...Object.keys(PORTS),
  ...Object.keys(NUMBERS),
  ...Object.keys(TEXTS),
  "path",
];
const JOINERS = ["and", "or", "not"];
/** Deeper than any filter that a person writes, and far from what exhausts the stack. */
const DEEPEST = 200;

/** What the parser asks the machine. */
export interface Services {
  /** The port of a service: 443 for `https`. */
  readonly portOfService: (name: string) => number | undefined;
}

/** @throws FilterError that points at the column */
export function parseFilter(text: string, services: Services): Filter {
  const parser = new Parser(text, services);
  const filter = parser.any(0);
  parser.expectEnd();
  return filter;
}

class Parser {
  private readonly text: string;
  private readonly services: Services;
  private readonly tokens: readonly Token[];
  private next = 0;

  constructor(text: string, services: Services) {
    this.text = text;
    this.services = services;
    this.tokens = tokens(text);
  }

  any(depth: number): Filter {
    if (depth > DEEPEST) throw this.error(this.peek(), "this is nested too deeply");
    const filters = [this.all(depth)];
    while (this.take("or", "|", "||")) filters.push(this.all(depth));
    return filters.length === 1 ? filters[0]! : { kind: "or", filters };
  }

  private all(depth: number): Filter {
    const filters = [this.one(depth)];
    while (this.take("and", "&", "&&") || this.beginsCondition()) filters.push(this.one(depth));
    return filters.length === 1 ? filters[0]! : { kind: "and", filters };
  }

  private one(depth: number): Filter {
    if (depth > DEEPEST) throw this.error(this.peek(), "this is nested too deeply");
    if (this.take("not", "!")) return { kind: "not", filter: this.one(depth + 1) };
    const token = this.peek();
    if (token.kind !== "(") return this.condition();
    this.next++;
    const inner = this.any(depth + 1);
    if (this.peek().kind !== ")") throw this.error(token, "this parenthesis is not closed");
    this.next++;
    return inner;
  }

  private condition(): Condition | Filter {
    const token = this.peek();
    if (token.kind === "end")
      throw this.error(token, this.next === 0 ? "the filter is empty" : "a condition is missing");
    if (token.kind !== "word") throw this.error(token, `a condition cannot begin with "${token.text}"`);
    this.next++;
    const word = token.text.toLowerCase();
    if (word === "state") return this.state();
    if (word === "exclude") return { kind: "not", filter: this.state() };
    if (Object.hasOwn(SIDES, word)) return this.address(SIDES[word]!);
    if (Object.hasOwn(PORTS, word)) return this.port(PORTS[word]!);
    if (Object.hasOwn(NUMBERS, word)) return this.number(NUMBERS[word]!);
    if (Object.hasOwn(TEXTS, word)) return this.textField(TEXTS[word]!);
    if (word === "path") return this.path();
    const hint = suggestion(token.text, [...KEYWORDS, ...JOINERS]);
    const isState = hint === "" && statesOf(word) !== undefined ? ` (did you mean state ${word}?)` : hint;
    throw this.error(token, `"${token.text}" begins no condition${isState}`);
  }

  private state(): Condition {
    const token = this.value("a state");
    const states = new Set<string>();
    let at = token.at;
    for (const word of token.text.split(",")) {
      const found = statesOf(word);
      if (found === undefined) {
        throw this.error({ ...token, at }, `there is no state "${word}"${suggestion(word, STATE_WORDS)}`);
      }
      for (const state of found) states.add(state);
      at += word.length + 1;
    }
    return { kind: "state", states };
  }

  private address(side: Side): Condition {
    const negated = this.equality();
    const token = this.value("an address");
    if (/^([/@]|unix:)/.test(token.text)) {
      return { kind: "path", negated, pattern: globOf(token.text.replace(/^unix:/, "")) };
    }
    const host = hostOf(token.text, this.services);
    if (typeof host === "string") throw this.error(token, host);
    return { kind: "address", side, negated, ...host };
  }

  private port(side: Side): Condition {
    const comparison = this.comparison(false);
    const token = this.value("a port");
    const port = portOf(token.text.replace(/^:/, ""), this.services);
    if (typeof port === "string") throw this.error(token, port);
    return { kind: "port", side, comparison, port };
  }

  private number(field: NumberField): Condition {
    const comparison = this.comparison(false);
    const token = this.value("a number");
    if (!/^\d{1,15}$/.test(token.text)) throw this.error(token, `"${token.text}" is no number`);
    return { kind: "number", field, comparison, value: Number(token.text) };
  }

  private textField(field: TextField): Condition {
    const comparison = this.comparison(true);
    const { text } = this.value("a name");
    const pattern = comparison === "~" ? substringOf(text) : globOf(text);
    return { kind: "text", field, negated: comparison === "!=", pattern };
  }

  private path(): Condition {
    const comparison = this.comparison(true);
    const { text } = this.value("a path");
    const pattern = comparison === "~" ? substringOf(text) : globOf(text);
    return { kind: "path", negated: comparison === "!=", pattern };
  }

  /** `=`, `!=` or nothing, which is `=`. */
  private equality(): boolean {
    const token = this.peek();
    const comparison = Object.hasOwn(COMPARISONS, token.text) ? COMPARISONS[token.text] : undefined;
    if (comparison === undefined) return false;
    if (comparison !== "=" && comparison !== "!=") throw this.error(token, "an address is compared with = or != only");
    this.next++;
    return comparison === "!=";
  }

  private comparison(isText: boolean): Comparison {
    const token = this.peek();
    const known = token.kind === "operator" || token.kind === "word";
    const comparison = known && Object.hasOwn(COMPARISONS, token.text) ? COMPARISONS[token.text]! : undefined;
    const allowed = isText ? ["=", "!=", "~"] : ["=", "!=", "<", "<=", ">", ">="];
    if (comparison === undefined && token.kind === "word") return "="; // `dport 443`
    if (comparison === undefined || !allowed.includes(comparison)) {
      throw this.error(token, `expected a comparison: ${allowed.join(" ")}`);
    }
    this.next++;
    return comparison;
  }

  private value(what: string): Token {
    const token = this.peek();
    if (token.kind !== "word") throw this.error(token, `expected ${what}`);
    this.next++;
    return token;
  }

  private beginsCondition(): boolean {
    const token = this.peek();
    if (token.kind === "(" || (token.kind === "operator" && token.text === "!")) return true;
    return token.kind === "word" && token.text.toLowerCase() !== "or";
  }

  private take(...words: string[]): boolean {
    const token = this.peek();
    if (token.kind !== "word" && token.kind !== "operator") return false;
    if (!words.includes(token.text.toLowerCase())) return false;
    this.next++;
    return true;
  }

  expectEnd(): void {
    const token = this.peek();
    if (token.kind === ")") throw this.error(token, "this parenthesis closes nothing");
    if (token.kind !== "end") throw this.error(token, `"${token.text}" is not expected here`);
  }

  private peek(): Token {
    return this.tokens[this.next]!;
  }

  private error(token: Token, problem: string): FilterError {
    return new FilterError(this.text, token.at, problem);
  }
}
