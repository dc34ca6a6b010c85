import { isProcfsError, type Net } from "procnet";
import { UsageError } from "../errors.ts";
import { type Report, type Table, tableOf } from "../output/report.ts";
import type { Column } from "../output/table.ts";
import type { CommandIo } from "../terminal.ts";
import { type Cell, jsonText, safe } from "../text/safe.ts";
import { suggestion } from "../text/suggest.ts";
import { Issues, type OutputOptions, output } from "./context.ts";
import { netOf, procfsOf, type WhereOptions } from "./where.ts";

type Row = Readonly<Record<string, unknown>>;

/** `procnet show [file]` */
export function showCommand(
  file: string | undefined,
  options: OutputOptions & WhereOptions,
  io: CommandIo,
): Promise<number> {
  const net = netOf(options, procfsOf(options, io));
  if (file === undefined) return output(() => listReport(net), options, io, "show");
  const name = file.replace(/^\/proc\/(?:self\/)?net\//, "");
  return output(() => fileReport(net, name), options, io, `show ${name}`);
}

function listReport(net: Net): Report {
  const files = net.list().map((name) => ({ name }));
  const columns: Column<{ name: string }>[] = [{ key: "name", title: "NAME", value: ({ name }) => name }];
  return { document: { kind: "files", files }, items: files, table: tableOf(columns, files) };
}

function fileReport(net: Net, name: string): Report {
  const issues = new Issues();
  const content = contentOf(net, name, issues);
  const document = { kind: "file", takenAt: new Date(), name, content: content ?? null };
  if (typeof content === "string") {
    const lines = content.replace(/\n$/, "").split("\n");
    const rows = lines.map((line) => ({ line }));
    const text = lines.map((line) => safe(line.replaceAll("\t", "    ")));
    return { document, items: rows, table: rowTable(rows), text, notes: issues.notes };
  }
  const rows = Array.isArray(content) ? content.map(asRow) : flatten("", content);
  return { document, items: rows, table: rowTable(rows), notes: issues.notes };
}

function contentOf(net: Net, name: string, issues: Issues): unknown {
  try {
    return net.read(name as "tcp", { onIssue: issues.take });
  } catch (error) {
    if (!isProcfsError(error) || (error.code !== "ERR_INVALID_ARG" && error.code !== "ENOENT")) throw error;
    const names = net.list();
    // A file that nothing is known of is shown as it is.
    if (error.code === "ERR_INVALID_ARG" && names.includes(name)) return new TextDecoder().decode(net.rawText(name));
    if (error.code === "ENOENT") throw error;
    throw new UsageError(
      `there is no file "${name}"${suggestion(name, names) || "; procnet show lists those there are"}`,
    );
  }
}

function asRow(value: unknown): Row {
  return typeof value === "object" && value !== null && !ArrayBuffer.isView(value) ? (value as Row) : { value };
}

/** A tree of values as rows: `Tcp.RetransSegs` and its value. */
function flatten(prefix: string, value: unknown): Row[] {
  const entries = value instanceof Map ? [...value] : isTree(value) ? Object.entries(value) : undefined;
  if (entries === undefined) return value === undefined && prefix === "" ? [] : [{ name: prefix, value }];
  return entries.flatMap(([key, inner]) => flatten(prefix === "" ? String(key) : `${prefix}.${key}`, inner));
}

function isTree(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

/** A column for each field that a row has. */
function rowTable(rows: readonly Row[]): Table {
  const keys = new Set(rows.flatMap((row) => Object.keys(row)));
  const columns = [...keys].map((key, index): Column<Row> => {
    const fieldOf = (row: Row): unknown => (Object.hasOwn(row, key) ? row[key] : undefined);
    const isNumber = rows.every((row) => fieldOf(row) === undefined || typeof fieldOf(row) === "number");
    const drop = index === 0 ? {} : { drop: keys.size - index };
    return {
      key: safe(key),
      title: safe(key.toUpperCase()),
      align: isNumber ? "right" : "left",
      value: (row) => cellOf(fieldOf(row)),
      ...drop,
    };
  });
  return tableOf(columns, rows);
}

function cellOf(value: unknown): Cell {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "object" && !(value instanceof Uint8Array)) return jsonText(value);
  return value as Cell;
}
