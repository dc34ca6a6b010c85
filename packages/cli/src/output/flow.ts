import { jsonText, type OrderKey, type RowOrder, SCHEMA_VERSION } from "procnet/view";
import type { Io } from "../io.ts";
import { type Cells, cellsOf } from "./cells.ts";
import { PIECE, type Presentation, writeNotes } from "./present.ts";
import type { FlowColumns } from "./rows.ts";
import { Spool } from "./spool.ts";
import { painter, wantsColor } from "./style.ts";
import { type Column, csvHead, csvLine, TableForm, type TableLayout } from "./table.ts";

/** What a command finds where there may be a million rows: they are shown as they come, and none is kept. */
export interface Flow<Row extends object> {
  /** The document of `--json` up to its rows. */
  readonly head: { readonly kind: string; readonly [field: string]: unknown };
  /** The field of the document that holds the rows. */
  readonly field: string;
  readonly rows: AsyncIterable<Row> | Iterable<Row>;
  /** How a row is written in documents, where it has other fields there. */
  readonly itemText?: (row: Row) => string;
  /** Columns of the table, and those of CSV. */
  readonly columns: FlowColumns<Row>;
  /** The order of the rows, if they are not shown as they come. */
  readonly order?: RowOrder<Row>;
  /** What is known once all rows have come. */
  readonly end: () => FlowEnd;
}

/** A flow whose rows are of some kind that does not matter any more: it is handed to what can show rows of any kind. */
export interface AnyFlow {
  readonly flow: <Result>(use: <Row extends object>(flow: Flow<Row>) => Result) => Result;
}

export function flowOf<Row extends object>(flow: Flow<Row>): AnyFlow {
  return { flow: (use) => use(flow) };
}

/** The rest of a document, and what is said beside it. */
export interface FlowEnd {
  readonly document: { readonly [field: string]: unknown };
  readonly notes?: readonly string[];
  readonly exitCode?: number;
}

/** Rows of a table from which its columns are laid out. Later ones may be wider, and are then wider where nothing is cut. */
const WINDOW = 8192;

/** Shows a flow once; gives what it ended with. */
export async function presentFlow<Row extends object>(flow: Flow<Row>, how: Presentation, io: Io): Promise<FlowEnd> {
  const end = await written(flow, how, io);
  writeNotes(io, end.notes ?? []);
  return end;
}

/** Writes rows and what belongs around them; gives the end, also when nobody reads to it. */
export async function written<Row extends object>(flow: Flow<Row>, how: Presentation, io: Io): Promise<FlowEnd> {
  const paper = new Paper(io);
  switch (how.format) {
    case "json":
      return writeDocument(flow, paper);
    case "ndjson":
      await eachOf(flow, texts(flow.itemText ?? jsonText), (text) => paper.put(text));
      break;
    case "csv":
      if (how.header) await paper.put(csvHead(flow.columns.csv));
      await eachOf(
        flow,
        texts((row) => csvLine(flow.columns.csv, row)),
        (text) => paper.put(text),
      );
      break;
    case "table":
      await writeTable(flow, how, io, paper);
  }
  await paper.flush();
  return flow.end();
}

async function writeDocument<Row extends object>(flow: Flow<Row>, paper: Paper): Promise<FlowEnd> {
  await paper.put(`${jsonText({ schemaVersion: SCHEMA_VERSION, ...flow.head }).slice(0, -1)},"${flow.field}":[`, "");
  let between = "";
  await eachOf(flow, texts(flow.itemText ?? jsonText), (text) => {
    const going = paper.put(between + text, "");
    between = ",";
    return going;
  });
  const end = flow.end();
  const rest = jsonText(end.document).slice(1);
  await paper.put(rest === "}" ? "]}" : `],${rest}`);
  await paper.flush();
  return end;
}

async function writeTable<Row extends object>(flow: Flow<Row>, how: Presentation, io: Io, paper: Paper): Promise<void> {
  const layout = layoutOf(flow, how, io);
  let form: TableForm | undefined;
  let window: Cells[] = [];
  const write = async (): Promise<boolean> => {
    const isFirst = form === undefined;
    form ??= new TableForm(flow.columns.table, window, layout);
    let going = true;
    if (isFirst) for (const line of form.head()) going = await paper.put(line);
    else form.widen(window);
    for (const row of window) {
      const put = paper.put(form.line(row));
      going = put === true || (await put);
      if (!going) break;
    }
    window = [];
    return going;
  };
  await eachOf(flow, cellTexts(flow.columns.table), (cells) => window.push(cells) < WINDOW || write());
  if (form === undefined || window.length > 0) await write(); // a table without rows has a head
}

/** The first lines of a flow's table, and how many more there are. */
export async function firstLines<Row extends object>(
  flow: Flow<Row>,
  how: Presentation,
  io: Io,
  most: number,
): Promise<{ readonly lines: string[]; readonly missing: number; readonly end: FlowEnd }> {
  const first: Cells[] = [];
  let count = 0;
  await eachOf(flow, cellTexts(flow.columns.table), (cells) => {
    if (count++ < most) first.push(cells);
    return true;
  });
  const form = new TableForm(flow.columns.table, first, layoutOf(flow, how, io));
  const lines = [...form.head(), ...first.map((cells) => form.line(cells))];
  return { lines, missing: count - first.length, end: flow.end() };
}

function layoutOf<Row extends object>({ columns }: Flow<Row>, how: Presentation, io: Io): TableLayout {
  const paint = painter(wantsColor(how.color, io));
  return { columns: io.columns, drop: !columns.chosen, header: how.header, paint };
}

/** What is made of each row to be shown, and how it is kept where rows have to wait for their order. */
interface Making<Row, Made> {
  readonly make: (row: Row) => Made;
  readonly pack: (made: Made) => string;
  readonly unpack: (text: string) => Made;
}

function texts<Row>(make: (row: Row) => string): Making<Row, string> {
  const same = (text: string): string => text;
  return { make, pack: same, unpack: same };
}

function cellTexts<Row>(columns: readonly Column<Row>[]): Making<Row, Cells> {
  return {
    make: (row) => cellsOf(columns, row),
    // Cells are escaped, so that none holds a newline.
    pack: ({ texts: shown, styles }) => [...shown, ...styles.map((style) => style ?? "")].join("\n"),
    unpack: (text) => {
      const both = text.split("\n");
      const styles = both.slice(columns.length).map((style) => (style === "" ? undefined : style));
      return { texts: both.slice(0, columns.length), styles: styles as Cells["styles"] };
    },
  };
}

/** Hands on what is made of each row, in order, until `take` says false. */
async function eachOf<Row extends object, Made>(
  { rows, order }: Flow<Row>,
  { make, pack, unpack }: Making<Row, Made>,
  take: (made: Made) => true | boolean | Promise<boolean>,
): Promise<void> {
  if (order === undefined) {
    for await (const row of rows) {
      const going = take(make(row)); // waited for only where it has to be: a million of them would take their time
      if (going !== true && !(await going)) return;
    }
    return;
  }
  const spool = new Spool();
  const keys: OrderKey[] = [];
  for await (const row of rows) {
    keys.push(order.key(row));
    spool.add(pack(make(row)));
  }
  const places = Array.from(keys, (_, place) => place).sort((a, b) => order.compare(keys[a], keys[b]));
  for (const place of places) if (!(await take(unpack(spool.text(place))))) return;
}

/** What is written in pieces: the next is made when the reader has taken the one before. */
class Paper {
  private readonly io: Io;
  private piece = "";

  constructor(io: Io) {
    this.io = io;
  }

  /** Adds a line; false once nobody reads any more. */
  put(text: string, end = "\n"): true | Promise<boolean> {
    this.piece += text + end;
    return this.piece.length < PIECE || this.flush();
  }

  async flush(): Promise<boolean> {
    const { piece } = this;
    this.piece = "";
    return (piece === "" || this.io.out(piece)) && (await this.io.drain());
  }
}
