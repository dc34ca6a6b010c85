import { type BaseProcFs, isProcfsError, Net } from "procnet";
import { jsonText } from "procnet/view";
import { CommandFailure } from "../errors.ts";
import { EXIT } from "../io.ts";
import { type FlowEnd, flowOf } from "../output/flow.ts";
import type { Answer } from "../output/repeat.ts";
import { columnsOf, orderBy, type Report, rowsReport } from "../output/report.ts";
import type { Column } from "../output/table.ts";
import type { CommandIo } from "../terminal.ts";
import { type Cell, safe } from "../text/safe.ts";
import { suggestion } from "../text/suggest.ts";
import { Issues, output, presentationOf, type TableOptions } from "./context.ts";
import { columnsIn, readEach } from "./places.ts";
import { type AnywhereOptions, netOf, procfsOf } from "./where.ts";

type Row = Readonly<Record<string, unknown>>;

/** `procnet show [file]` */
export function showCommand(
  file: string | undefined,
  options: TableOptions & AnywhereOptions,
  io: CommandIo,
): Promise<number> {
  const procfs = procfsOf(options, io);
  if (options.allNamespaces) return showEverywhere(file, options, procfs, io);
  const net = new Net(netOf(options, procfs).place);
  if (file === undefined) return output(() => listReport(net, options), options, io, "show");
  const name = nameOf(file);
  return output(() => rowsAnswer(net, name, options) ?? fileReport(net, name, options), options, io, `show ${name}`);
}

/** A file may be given by its whole path. */
function nameOf(file: string): string {
  return file.replace(/^\/proc\/(?:self\/)?net\//, "");
}

/** The rows of a file of every namespace, or the names of its files. A text without rows has a row for each line. */
function showEverywhere(
  file: string | undefined,
  options: TableOptions & AnywhereOptions,
  procfs: BaseProcFs,
  io: CommandIo,
): Promise<number> {
  const name = file === undefined ? undefined : nameOf(file);
  const head = name === undefined ? { kind: "files" } : { kind: "file", field: "content" };
  const produce = (): Report => {
    const issues = new Issues();
    const { rows, notes } = readEach<Row>(options, procfs, ({ place }) => {
      const net = new Net(place);
      return name === undefined ? net.list().map((one) => ({ name: one })) : rowsIn(contentOf(net, name, issues));
    });
    const report = rowsReport(head, columnsIn(columnsFor(rows.map(own)), options), rows, options);
    const document = name === undefined ? { kind: "files", files: report.items } : { ...report.document, name };
    return { ...report, document, notes: [...issues.notes, ...notes] };
  };
  return output(produce, options, io, name === undefined ? "show" : `show ${name}`);
}

/** A row without what tells its namespace. */
function own({ namespace, container, ...row }: Row): Row {
  return row;
}

function listReport(net: Net, options: TableOptions): Report {
  const files = net.list().map((name) => ({ name }));
  const columns: Column<{ name: string }>[] = [{ key: "name", title: "NAME", value: ({ name }) => name }];
  const { document, ...rest } = rowsReport({ kind: "files" }, columns, files, options);
  return { ...rest, document: { kind: "files", files: document.files } };
}

/** Rows that are looked at before the first is shown. A file with more of them is read twice where it needs columns. */
const WINDOW = 8192;

/** The rows of a file as they are read; `undefined` for what is no table of rows. */
function rowsAnswer(net: Net, name: string, options: TableOptions): Answer | undefined {
  const { format } = presentationOf(options);
  const isChosen = options.columns !== undefined || options.sort !== undefined;
  const needsColumns = format === "csv" || format === "table" || isChosen;
  const issues = new Issues();
  const read = rowsOf(net, name, issues.take);
  if (read === undefined) return undefined;
  const first: Row[] = [];
  for (let step = read.next(); !step.done; step = read.next()) {
    // A list of words is short, and no row of it is an object.
    if (!isRow(step.value)) return void read.return();
    first.push(step.value);
    if (!needsColumns || first.length === WINDOW) break;
  }
  const fields = new Fields();
  if (needsColumns) {
    // Rows of one file may have different fields: what is far down has its column too.
    const all = first.length < WINDOW ? first : rowsOf(net, name, () => {})!;
    for (const row of all) fields.take(row as Row);
  }
  const columns = fields.columns();
  return flowOf<Row>({
    head: { kind: "file", takenAt: new Date(), name },
    field: "content",
    rows: continued(first, read),
    columns: columnsOf(columns, options.columns),
    ...(options.sort !== undefined && { order: orderBy(columns, options.sort) }),
    end: (): FlowEnd => ({ document: {}, notes: issues.notes }),
  });
}

function* continued(first: readonly Row[], rest: Iterable<object>): Generator<Row> {
  yield* first;
  yield* rest as Iterable<Row>;
}

/** What stands in a file row by row. That two rows of `unix` have one inode is seen only where all are there. */
function rowsOf(net: Net, name: string, onIssue: Issues["take"]): Generator<object, void> | undefined {
  if (name === "unix") return undefined;
  try {
    return net.each(name as "tcp", { onIssue });
  } catch (error) {
    if (isProcfsError(error) && error.code === "ERR_INVALID_ARG") return undefined;
    throw error;
  }
}

function fileReport(net: Net, name: string, options: TableOptions): Report {
  const issues = new Issues();
  const content = contentOf(net, name, issues);
  const head = { kind: "file", takenAt: new Date(), name };
  const { notes } = issues;
  const rows = rowsIn(content);
  if (typeof content === "string") {
    const lines = linesOf(content);
    const text = lines.map((line) => safe(line.replaceAll("\t", "    ")));
    const { items, table } = rowsReport(head, columnsFor(rows), rows, options);
    const isPlain = options.columns === undefined && options.sort === undefined;
    return { document: { ...head, content }, items, table, ...(isPlain && { text }), notes };
  }
  const isList = Array.isArray(content);
  const { items, table } = rowsReport(head, columnsFor(rows), rows, options);
  const isOrdered = isList && options.sort !== undefined;
  return { document: { ...head, content: isOrdered ? items : (content ?? null) }, items, table, notes };
}

/** What a file holds as rows: those of a table, the lines of a text, or the values of a tree. */
function rowsIn(content: unknown): Row[] {
  if (typeof content === "string") return linesOf(content).map((line) => ({ line }));
  return Array.isArray(content) ? content.map(asRow) : flatten("", content);
}

function linesOf(text: string): string[] {
  return text.replace(/\n$/, "").split("\n");
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
    throw new CommandFailure(
      `there is no file "${name}"${suggestion(name, names) || "; procnet show lists those there are"}`,
      EXIT.failure,
    );
  }
}

function asRow(value: unknown): Row {
  return isRow(value) ? value : { value };
}

function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !ArrayBuffer.isView(value);
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

function columnsFor(rows: readonly Row[]): Column<Row>[] {
  const fields = new Fields();
  for (const row of rows) fields.take(row);
  return fields.columns();
}

/** The fields that some rows have, and in which of them there are numbers only. */
class Fields {
  private readonly numeric = new Map<string, boolean>();

  take(row: Row): void {
    for (const key of Object.keys(row)) {
      const isNumber = row[key] === undefined || typeof row[key] === "number";
      if (!isNumber || !this.numeric.has(key)) this.numeric.set(key, isNumber);
    }
  }

  /** A column for each field. */
  columns(): Column<Row>[] {
    return Array.from(this.numeric, ([key, isNumber], index): Column<Row> => {
      const drop = index === 0 ? {} : { drop: this.numeric.size - index };
      return {
        key: safe(key),
        title: safe(titleOf(key)),
        align: isNumber ? "right" : "left",
        value: (row) => cellOf(Object.hasOwn(row, key) ? row[key] : undefined),
        ...drop,
      };
    });
  }
}

/** `LOCAL_ADDRESS` for `localAddress`: words as a person reads them, and each heading one word, as those of ps(1). */
function titleOf(key: string): string {
  return key.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toUpperCase();
}

function cellOf(value: unknown): Cell {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "object" && !(value instanceof Uint8Array)) return jsonText(value);
  return value as Cell;
}
