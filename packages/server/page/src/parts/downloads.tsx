import type { JSX } from "preact";
import { type Column, escapeText, jsonText } from "procnet/view";

interface DownloadsProps<Row> {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly rows: readonly Row[];
  /** Those of the table, for CSV. */
  readonly columns: readonly Column<Row>[];
}

/** What is shown, as files. */
export function Downloads<Row>({ name, rows, columns }: DownloadsProps<Row>): JSX.Element {
  return (
    <span class="group">
      <button
        type="button"
        title="What is shown, one JSON object a line"
        onClick={() => save(`${name}.ndjson`, "application/x-ndjson", ndjsonOf(rows))}
      >
        NDJSON
      </button>
      <button
        type="button"
        title="What is shown, as a table"
        onClick={() => save(`${name}.csv`, "text/csv", csvOf(rows, columns))}
      >
        CSV
      </button>
    </span>
  );
}

/** One row a line. */
export function ndjsonOf<Row>(rows: readonly Row[]): string[] {
  return rows.map((row) => `${jsonText(row)}\n`);
}

/** As the command writes it: RFC 4180 with LF, a head of keys, no placeholders. */
export function csvOf<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string[] {
  const head = `${columns.map(({ key }) => key).join(",")}\n`;
  return [head, ...rows.map((row) => `${columns.map((column) => csvCell(column, row)).join(",")}\n`)];
}

const decoder = new TextDecoder();

function csvCell<Row>({ raw, value }: Column<Row>, row: Row): string {
  const cell = (raw ?? value)(row);
  if (cell === undefined) return "";
  if (typeof cell !== "string" && !(cell instanceof Uint8Array)) return String(cell);
  const text = escapeText(typeof cell === "string" ? cell : decoder.decode(cell));
  // Programs that calculate take such a text for a formula, and its words were chosen by who named the process.
  const tame = /^[=+\-@]./.test(text) ? `'${text}` : text;
  return /[",]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
}

function save(name: string, type: string, parts: string[]): void {
  const address = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
