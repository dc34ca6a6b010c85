import { suggestion } from "../bytes/suggest.ts";
import { checkOptions, optionNames } from "../check-options.ts";
import { parseAddressRange } from "../codes/address-range.ts";
import { invalidArgument } from "../errors.ts";
import type { Comparison, Condition, Filter, FurtherTest, NumberField, Side, TextField } from "./filter.ts";
import { FilterError } from "./filter-error.ts";
import { type FilterNames, hostOf, portOf } from "./host.ts";
import { numberOf } from "./number-text.ts";
import { foldedGlobOf, globOf, substringOf } from "./pattern.ts";
import { allBut, both, either, inverted, isEmpty, type StateSet, statesNamed } from "./state-set.ts";
import { statesOf, stateWords } from "./states.ts";
import { type Token, tokens } from "./tokens.ts";
import { COMPARISONS, FILTER_WORDS, JOINERS, NUMBERS, PORTS, SIDES, TEXTS, UNTOLD } from "./words.ts";

/*
 * filter    := all { ("or" | "|" | "||") all }
 * all       := one { ["and" | "&" | "&&"] one }        conditions side by side are joined by and, as ss does
 * one       := ("not" | "!") one | "(" filter ")" | condition
 * condition := "state" STATE | ("exclude" | "excl") STATE      side by side they build one set, from left to right
 *            | ("src" | "dst" | "host") ["=" | "!="] [FAMILY:]ADDRESS[/LENGTH][:PORT]
 *            | "src" ["=" | "!="] [unix:]PATH
 *            | ("sport" | "dport" | "port") COMPARISON [:]PORT
 *            | NUMBER-FIELD COMPARISON NUMBER
 *            | TEXT-FIELD ("=" | "!=" | "~") TEXT
 */

/** Deeper than any filter that a person writes, and far from what exhausts the stack. */
const DEEPEST = 200;

/** How a filter is read. */
export interface FilterReading extends FilterNames {
  /** Conditions are joined from left to right, as ss 6.1 does it whatever its manual says; by default `and` binds more tightly than `or`. */
  readonly leftToRight?: boolean;
  /** The family of addresses that name none, as ss has it by its options: with `unix` each is a path. */
  readonly family?: "inet" | "inet6" | "unix" | "link" | "netlink" | "vsock" | undefined;
  /** Words of the caller's own, in small letters, which mean nothing else then. */
  readonly words?: ReadonlyMap<string, FurtherWord>;
}

/** A word that begins a condition of the caller's. */
export interface FurtherWord {
  /** Whether something stands behind it that it is compared with by `=` or `!=`. */
  readonly hasValue: boolean;
  /** What it asks, with what stands behind it; a text that says what is wrong with that. */
  readonly read: (value: string) => FurtherTest | string;
}

const OPTIONS = /* @__PURE__ */ optionNames<FilterReading>({
  portOfService: true,
  addressesOf: true,
  leftToRight: true,
  family: true,
  words: true,
});

/**
 * Reads a filter in the language of `ss(8)`, docs/filter.md. Names of services and hosts mean what `reading` says of them;
 * without it there are numbers only.
 *
 * @throws `FilterError` that points at the column, `ProcfsError` with code `ERR_INVALID_ARG` for what is no text
 * @example
 * ```ts
 * import { matches, parseFilter } from "procnet/query";
 * import { sockets } from "procnet";
 * const filter = parseFilter("state established and ( dport = :443 or src 10.0.0.0/8 )");
 * const found = (await sockets()).sockets.filter((socket) => matches(filter, socket));
 * ```
 */
export function parseFilter(text: string, reading: FilterReading = {}): Filter {
  if (typeof text !== "string") throw invalidArgument("a filter must be a text");
  checkOptions("parseFilter", reading, OPTIONS);
  const parser = new Parser(text, reading);
  const filter = parser.any(0);
  parser.expectEnd();
  return filter;
}

class Parser {
  private readonly text: string;
  private readonly names: FilterNames;
  private readonly leftToRight: boolean;
  private readonly family: string;
  private readonly words: FilterReading["words"];
  private readonly tokens: readonly Token[];
  private next = 0;

  constructor(text: string, reading: FilterReading) {
    this.text = text;
    this.names = reading;
    this.leftToRight = reading.leftToRight === true;
    this.family = reading.family === undefined ? "" : `${reading.family}:`;
    this.words = reading.words;
    this.tokens = tokens(text);
  }

  any(depth: number): Filter {
    if (depth > DEEPEST) throw this.error(this.peek(), "this is nested too deeply");
    if (this.leftToRight) return this.inOrder(depth);
    const filters = [this.all(depth)];
    while (this.take("or", "|", "||")) filters.push(this.all(depth));
    return filters.length === 1 ? filters[0]! : { kind: "or", filters };
  }

  /** Joins what comes with all that came before it. */
  private inOrder(depth: number): Filter {
    let kind: "and" | "or" = "and";
    let filters: Filter[] = [this.all(depth)];
    while (true) {
      const isOr = this.take("or", "|", "||");
      if (!isOr && !this.take("and", "&", "&&") && !this.beginsCondition()) break;
      const next = isOr ? "or" : "and";
      if (next !== kind && filters.length > 1) filters = [{ kind, filters }];
      kind = next;
      filters.push(this.all(depth));
    }
    return filters.length === 1 ? filters[0]! : { kind, filters };
  }

  private all(depth: number): Filter {
    const filters: Filter[] = [];
    let at: number | undefined; // of the set of states that words side by side build
    let others = allBut(); // states that sets joined by `and` let pass
    let isJoined = false;
    do {
      const token = this.peek();
      const last = at === undefined ? undefined : (filters[at] as States).states;
      const more = isJoined || last === undefined ? undefined : this.takeStates(last);
      if (more !== undefined) filters[at!] = more;
      else {
        const filter = this.one(depth);
        filters.push(filter);
        if (filter.kind === "state" && isStateWord(token)) {
          if (last !== undefined) others = both(others, last);
          if (isEmpty(both(others, filter.states))) throw this.error(token, IN_TWO_STATES);
          at = filters.length - 1;
        }
      }
      // From left to right what is joined is looked at one by one, but for words of states side by side.
      if (this.leftToRight && !(at !== undefined && isStateWord(this.peek()))) break;
      isJoined = this.take("and", "&", "&&");
    } while (isJoined || this.beginsCondition());
    return filters.length === 1 ? filters[0]! : { kind: "and", filters };
  }

  /** Adds a further word to a set of states, or takes its states away; `undefined` where no such word stands. */
  private takeStates(before: StateSet): States | undefined {
    const token = this.peek();
    if (!isStateWord(token)) return undefined;
    this.next++;
    const { states: given } = this.state();
    const states = isExclude(token) ? both(before, inverted(given)) : either(before, given);
    if (isEmpty(states)) throw this.error(token, "no state is left");
    return { kind: "state", states };
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
    const further = this.words?.get(word);
    if (further !== undefined) return this.further(token, further);
    if (word === "state") return this.state();
    if (isExclude(token)) {
      const states = inverted(this.state().states);
      if (isEmpty(states)) throw this.error(token, "no state is left");
      return { kind: "state", states };
    }
    if (Object.hasOwn(SIDES, word)) return this.address(SIDES[word]!);
    if (Object.hasOwn(PORTS, word)) return this.port(PORTS[word]!);
    const number = NUMBERS.get(word);
    if (number !== undefined) return this.number(number);
    if (Object.hasOwn(TEXTS, word)) return this.textField(word as TextField);
    if (word === "path") return this.path();
    if (Object.hasOwn(UNTOLD, word)) throw this.error(token, UNTOLD[word]!);
    if (JOINERS.includes(word)) throw this.error(token, `"${token.text}" joins conditions: one is missing before it`);
    const hint = suggestion(token.text, [...FILTER_WORDS, ...JOINERS]);
    const isState = hint === "" && statesOf(word) !== undefined ? ` (did you mean state ${word}?)` : hint;
    throw this.error(
      token,
      `"${token.text}" begins no condition${isState || (this.peek().kind === "operator" ? "" : exampleFor(token.text))}`,
    );
  }

  private state(): States {
    const token = this.value("a state");
    let states = statesNamed();
    let at = token.at;
    for (const word of token.text.split(",")) {
      const found = statesOf(word);
      if (found === undefined) {
        throw this.error({ ...token, at }, `there is no state "${word}"${suggestion(word, stateWords())}`);
      }
      states = either(states, found);
      at += word.length + 1;
    }
    return { kind: "state", states };
  }

  private address(side: Side): Condition {
    const negated = this.equality("an address");
    const token = this.value("an address");
    const text = FAMILY.test(token.text) ? token.text : this.family + token.text;
    if (/^([/@]|unix:)/.test(text)) {
      if (side !== "local")
        throw this.error(token, "procfs does not tell the peer of a unix socket: only src can be a path");
      return { kind: "path", negated, pattern: foldedGlobOf(text.replace(/^unix:/, "")) };
    }
    const host = hostOf(text, this.names);
    if (typeof host === "string") throw this.error(token, host);
    return { kind: "address", side, negated, ...host };
  }

  private port(side: Side): Condition {
    const comparison = this.comparison(false);
    const token = this.value("a port");
    const port = portOf(token.text.replace(/^:/, ""), this.names);
    if (typeof port === "string") throw this.error(token, port);
    if (port === undefined && comparison !== "=" && comparison !== "!=") throw this.error(token, "expected a port");
    return { kind: "port", side, comparison, port };
  }

  private number(field: NumberField): Condition {
    const comparison = this.comparison(false);
    const token = this.value("a number");
    const value = numberOf(token.text, field);
    if (typeof value === "string") throw this.error(token, value);
    return { kind: "number", field, comparison, value };
  }

  private textField(field: TextField): Condition {
    const comparison = this.comparison(true);
    const { text } = this.value("a name");
    const pattern = comparison === "~" ? substringOf(text) : globOf(text);
    return { kind: "text", field, negated: comparison === "!=", pattern };
  }

  private further(word: Token, { hasValue, read }: FurtherWord): Condition {
    const negated = hasValue && this.equality(word.text);
    const token = hasValue ? this.value("what it is compared with") : word;
    const test = read(hasValue ? token.text : "");
    if (typeof test === "string") throw this.error(token, test);
    return { kind: "further", negated, test };
  }

  private path(): Condition {
    const comparison = this.comparison(true);
    const { text } = this.value("a path");
    const pattern = comparison === "~" ? substringOf(text) : globOf(text);
    return { kind: "path", negated: comparison === "!=", pattern };
  }

  /** `=`, `!=` or nothing, which is `=`. */
  private equality(what: string): boolean {
    const token = this.peek();
    const comparison = Object.hasOwn(COMPARISONS, token.text) ? COMPARISONS[token.text] : undefined;
    if (comparison === undefined) return false;
    if (comparison !== "=" && comparison !== "!=") throw this.error(token, `${what} is compared with = or != only`);
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

/** Such a filter would find nothing, and say that there is nothing. */
const IN_TWO_STATES = "no socket is in two states at once: leave out the word and";

/** What would look for a word that stands alone: people write what they look for. Of odd words there is none that could be copied. */
function exampleFor(word: string): string {
  if (!/^[\w.:@/[\]-]{1,40}$/.test(word)) return "";
  const port = /^:?(\d{1,5})$/.exec(word)?.[1];
  if (port !== undefined) return `: write port = :${port}`;
  if (/^[/@]/.test(word)) return `: write path ~ ${word}`;
  if (parseAddressRange(word) !== undefined) return `: write host ${word}`;
  return /^[\w.-]+$/.test(word) ? `: write process = ${word}` : "";
}

/** Addresses that say of which family they are. */
const FAMILY = /^(?:inet6?|unix|link|netlink|vsock):/;

type States = Extract<Condition, { kind: "state" }>;

function isStateWord(token: Token): boolean {
  return token.kind === "word" && (token.text.toLowerCase() === "state" || isExclude(token));
}

function isExclude({ text }: Token): boolean {
  return ["exclude", "excl"].includes(text.toLowerCase());
}
