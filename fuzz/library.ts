/** What of the library is fuzzed, the parts that are not public included: the only door of this workspace to its sources. */
export { isProcfsError, type ProcfsIssue } from "../packages/procnet/src/errors.ts";
export { CATALOGUE } from "../packages/procnet/src/parse/catalogue.ts";
export * as parsers from "../packages/procnet/src/parse/index.ts";
export { InetScanner } from "../packages/procnet/src/parse/inet-scanner.ts";
export type { ParseOptions } from "../packages/procnet/src/parse/options.ts";
export { eachRow, LineScanner, scanChunks } from "../packages/procnet/src/parse/scanner.ts";
export { countChunks, parseRows, type RowTable, type TextTable } from "../packages/procnet/src/parse/table.ts";
export { UnixLines } from "../packages/procnet/src/parse/unix-lines.ts";
export { type ByteSource, Chunks } from "../packages/procnet/src/text/chunks.ts";
export { escapeText } from "../packages/procnet/src/text/escape.ts";
