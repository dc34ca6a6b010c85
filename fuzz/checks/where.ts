import { type Choices, pick } from "../choices.ts";
import { outcomeOf } from "../subject.ts";
import type { Check } from "./check.ts";
import { difference } from "./same.ts";

type Row = Readonly<Record<string, unknown>>;

/** A filter, and what it wants by an independent reading. */
interface Filter {
  readonly where: object;
  readonly wants: (row: Row) => boolean;
}

/** Filtering while reading gives what filtering the rows gives. */
export const where: Check = {
  name: "where equals filtering all rows",
  oneIn: 2,
  fits: (target) => target.shape === "unix" || target.headers[0] === "sl",
  problem: ({ target, bytes, outcome }, choices) => {
    if (outcome.thrown !== undefined) return undefined;
    const rows = outcome.value as readonly Row[];
    const { where, wants } = target.shape === "unix" ? unixFilter(rows, choices) : inetFilter(rows, choices);
    const filtered = outcomeOf(target, bytes, { where });
    if (filtered.thrown !== undefined) return `threw ${String(filtered.thrown)}`;
    const found = difference(rows.filter(wants), filtered.value);
    return found && `${JSON.stringify(where)}: ${found}`;
  },
};

/** A field's value in one of the rows, or another one. */
function someValue<Value>(rows: readonly Row[], field: string, choices: Choices, others: readonly Value[]): Value {
  const row = rows[choices.below(rows.length + 1)];
  return row === undefined ? pick(choices, others) : (row[field] as Value);
}

function inetFilter(rows: readonly Row[], choices: Choices): Filter {
  const where: Record<string, unknown> = {};
  const wants: ((row: Row) => boolean)[] = [];
  const states = ["LISTEN", "ESTABLISHED", "TIME_WAIT", "CLOSE"];
  if (choices.below(2) === 0) {
    const list = [someValue(rows, "state", choices, states), pick(choices, states)].slice(0, 1 + choices.below(2));
    where.state = list.length === 1 ? list[0] : list;
    wants.push((row) => list.includes(row.state as string));
  }
  for (const field of ["localPort", "remotePort", "uid", "inode"]) {
    if (choices.below(4) > 0) continue;
    const value = someValue(rows, field, choices, [0, 80, 1000]);
    where[field] = choices.below(2) === 0 ? value : field === "inode" ? new Set([value]) : [value];
    wants.push((row) => row[field] === value);
  }
  return { where, wants: (row) => wants.every((want) => want(row)) };
}

function unixFilter(rows: readonly Row[], choices: Choices): Filter {
  const field = pick(choices, ["listening", "state", "type", "inode"]);
  const value = someValue<unknown>(rows, field, choices, field === "listening" ? [true] : field === "inode" ? [0] : []);
  if (value === undefined) return { where: {}, wants: () => true };
  return { where: { [field]: value }, wants: (row) => row[field] === value };
}
