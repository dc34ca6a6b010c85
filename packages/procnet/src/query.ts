/**
 * The language of `ss(8)` for sockets: a text becomes a tree, the tree is asked of sockets, or compiled into the options of
 * `sockets()`. Opens nothing and runs anywhere, also in a browser.
 *
 * @packageDocumentation
 */

export { type CompiledFilter, compileFilter, type FilterOptions } from "./query/compile.ts";
export { asksForOwners, matches, saysStates } from "./query/evaluate.ts";
export type {
  Comparison,
  Condition,
  Filter,
  FurtherTest,
  NumberField,
  Side,
  TextField,
} from "./query/filter.ts";
export { FilterError } from "./query/filter-error.ts";
export { everyFilter, heldBy } from "./query/filters.ts";
export type { FilterNames } from "./query/host.ts";
export { type MissingField, missingFields } from "./query/needs.ts";
export { type FilterReading, type FurtherWord, parseFilter } from "./query/parser.ts";
export { globOf, type Pattern } from "./query/pattern.ts";
export type { StateSet } from "./query/state-set.ts";
export { stateWords } from "./query/states.ts";
export { FILTER_WORDS } from "./query/words.ts";
