import type { RowCounter } from "../../../form/forms.ts";
import type { Reading, Scanner } from "../../../form/scanner.ts";
import { type CountableTable, type GivenFacts, table } from "../../../form/table.ts";
import { InetCounter } from "./inet-counter.ts";
import type { InetSocketEntry } from "./inet-row.ts";
import { type InetFormat, type InetOptions, InetScanner } from "./inet-scanner.ts";
import { INET_CONDITIONS } from "./inet-where.ts";

/** A table of internet sockets. */
export interface InetTable<Name extends string = string, Row extends InetSocketEntry = InetSocketEntry>
  extends CountableTable<Name, Row, InetOptions> {
  readonly format: InetFormat<Row>;
}

/** The table of a format. */
/* @__NO_SIDE_EFFECTS__ */
export function inetTable<Name extends string, Row extends InetSocketEntry>(
  facts: GivenFacts<Name>,
  format: InetFormat<Row>,
): InetTable<Name, Row> {
  const form = {
    conditions: INET_CONDITIONS,
    scanner: (options: InetOptions, reading?: Reading): Scanner<Row> => new InetScanner(format, options, reading),
    counter: (options: InetOptions, reading?: Reading): RowCounter => new InetCounter(format, options, reading),
  };
  return { ...table(facts, form), format };
}
