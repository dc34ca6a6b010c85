import type { JSX } from "preact";
import type { Column } from "procnet/view";
import { csvOf, ndjsonOf } from "./row-texts.ts";

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

function save(name: string, type: string, parts: string[]): void {
  const address = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
