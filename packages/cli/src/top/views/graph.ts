/** How a graph is drawn. */
export interface GraphForm {
  readonly columns: number;
  readonly rows: number;
  /** The value at the top; a graph of less is lower. */
  readonly most: number;
  /** Whether the terminal shows nothing but ASCII. */
  readonly isAscii: boolean;
}

/** Dots of a braille character from the bottom, of its left half and of its right one (Unicode, block U+2800). */
const LEFT = [0x40, 0x04, 0x02, 0x01] as const;
const RIGHT = [0x80, 0x20, 0x10, 0x08] as const;
const BRAILLE = 0x2800;
const DOTS = 4;
/** What stands for half a line in ASCII, and for a whole one. */
const LOW = ".";
const HIGH = "|";

/** Values over time, the last one on the right, as lines from the top. What was not known, NaN, is left empty. */
export function graphLines(values: ArrayLike<number>, form: GraphForm): string[] {
  const perColumn = form.isAscii ? 1 : 2;
  const wanted = form.columns * perColumn;
  const all = Array.from({ length: wanted }, (_, at) => values[values.length - wanted + at] ?? Number.NaN);
  const levels = all.map((value) => levelOf(value, form));
  return Array.from({ length: form.rows }, (_, line) => {
    const below = (form.rows - 1 - line) * (form.isAscii ? 2 : DOTS);
    let text = "";
    for (let column = 0; column < form.columns; column++) {
      const [left = 0, right = 0] = levels.slice(column * perColumn, (column + 1) * perColumn);
      text += form.isAscii ? asciiOf(left - below) : brailleOf(left - below, right - below);
    }
    return text;
  });
}

/** How high a value reaches, in dots. What is more than nothing is seen. */
function levelOf(value: number, { rows, most, isAscii }: GraphForm): number {
  if (!(value > 0) || !(most > 0)) return 0;
  const dots = rows * (isAscii ? 2 : DOTS);
  return Math.max(1, Math.min(dots, Math.round((value / most) * dots)));
}

function asciiOf(level: number): string {
  if (level <= 0) return " ";
  return level === 1 ? LOW : HIGH;
}

function brailleOf(left: number, right: number): string {
  let bits = 0;
  for (let dot = 0; dot < DOTS; dot++) {
    if (left > dot) bits |= LEFT[dot]!;
    if (right > dot) bits |= RIGHT[dot]!;
  }
  return bits === 0 ? " " : String.fromCharCode(BRAILLE + bits);
}

/** The largest value that is known; 0 where none is. */
export function mostOf(values: ArrayLike<number>): number {
  let most = 0;
  for (let at = 0; at < values.length; at++) if (values[at]! > most) most = values[at]!;
  return most;
}
