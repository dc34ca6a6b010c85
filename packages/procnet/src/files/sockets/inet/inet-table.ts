import type { RowTable } from "../../../form/table.ts";
import { InetCounter } from "./inet-counter.ts";
import type { InetSocketEntry } from "./inet-row.ts";
import { type InetFormat, type InetOptions, InetScanner } from "./inet-scanner.ts";

/** A table of internet sockets. */
export type InetTable<Row extends InetSocketEntry> = RowTable<Row, InetOptions> & { readonly format: InetFormat<Row> };

/** The table of a format. */
export function inetTable<Row extends InetSocketEntry>(format: InetFormat<Row>): InetTable<Row> {
  return {
    format,
    scanner: (options) => new InetScanner(format, options),
    counter: (options) => new InetCounter(format, options),
  };
}
