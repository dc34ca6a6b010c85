import type { RowCounter, RowForm } from "../../../form/forms.ts";
import type { Reading, Scanner } from "../../../form/scanner.ts";
import { type CountableTable, type GivenFacts, table } from "../../../form/table.ts";
import { InetCounter } from "./inet-counter.ts";
import type { InetFormat, InetOptions } from "./inet-format.ts";
import { ListenersEnd } from "./inet-order.ts";
import type { InetSocketEntry } from "./inet-row.ts";
import { InetScanner } from "./inet-scanner.ts";
import { INET_CONDITIONS } from "./inet-where.ts";

/** A table of internet sockets. */
export interface InetTable<Name extends string = string, Row extends InetSocketEntry = InetSocketEntry>
  extends CountableTable<Name, Row, InetOptions> {
  readonly format: InetFormat<Row>;
}

/** The rows of a format in a text, which nobody else has to be asked about. */
/* @__NO_SIDE_EFFECTS__ */
export function inetRows<Row extends InetSocketEntry>(format: InetFormat<Row>): RowForm<Row, InetOptions> {
  return { conditions: INET_CONDITIONS, scanner: (options) => new InetScanner(format, options) };
}

/** The table of a format. */
/* @__NO_SIDE_EFFECTS__ */
export function inetTable<Name extends string, Row extends InetSocketEntry>(
  facts: GivenFacts<Name>,
  format: InetFormat<Row>,
): InetTable<Name, Row> {
  const form = {
    conditions: INET_CONDITIONS,
    isEndDear: true as const,
    scanner: (options: InetOptions, reading?: Reading): Scanner<Row> => inetScanner(format, options, reading),
    counter: (options: InetOptions, reading?: Reading): RowCounter =>
      new InetCounter(inetScanner(format, options, reading), format.addresses.digits, options.where !== undefined),
  };
  return { ...table(facts, form), format };
}

/** Begins one reading of a file, which may end with the listeners. */
export function inetScanner<Row extends InetSocketEntry>(
  format: InetFormat<Row>,
  options: InetOptions,
  reading?: Reading,
): InetScanner<Row> {
  return new InetScanner(format, options, new ListenersEnd(reading?.isFromLinux));
}
