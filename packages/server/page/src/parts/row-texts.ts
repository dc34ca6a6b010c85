import { type Column, escapeText, jsonText } from "procnet/view";

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
  // Programs that calculate take such a text for a formula, some also with the wide signs of East Asian keyboards (U+FF0B and so on), and
  // its words were chosen by who named the process.
  const tame = /^[=+\-@\uff1d\uff0b\uff0d\uff20]./.test(text) ? `'${text}` : text;
  return /[",]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
}
