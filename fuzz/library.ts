/** What of the library is fuzzed, the parts that are not public included: the only door of this workspace to its sources. */

export { type ByteSource, Chunks } from "../packages/procnet/src/bytes/chunks.ts";
export { escapeText } from "../packages/procnet/src/bytes/escape.ts";
export { CATALOGUE } from "../packages/procnet/src/catalogue.ts";
export { isProcfsError, type ProcfsIssue } from "../packages/procnet/src/errors.ts";
export { InetScanner } from "../packages/procnet/src/files/sockets/inet/inet-scanner.ts";
export { UnixLines } from "../packages/procnet/src/files/sockets/unix/unix-lines.ts";
export { countChunks, parseRows, type RowForm } from "../packages/procnet/src/form/forms.ts";
export type { ParseOptions } from "../packages/procnet/src/form/options.ts";
export { eachRow, LineScanner, scanChunks } from "../packages/procnet/src/form/scanner.ts";
export { isRowTable, type RowTable, type TextTable } from "../packages/procnet/src/form/table.ts";
export * as parsers from "../packages/procnet/src/parse.ts";
