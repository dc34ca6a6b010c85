/* A screen of a terminal, as tmux captures it with its colours, as a page: so that Chromium can make a picture of it. */

/** How a cell looks. */
interface Look {
  foreground: string | undefined;
  background: string | undefined;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underlined: boolean;
  reversed: boolean;
}

const PLAIN: Look = {
  foreground: undefined,
  background: undefined,
  bold: false,
  dim: false,
  italic: false,
  underlined: false,
  reversed: false,
};

const FOREGROUND = "#d7dae0";
const BACKGROUND = "#16181d";

/** The sixteen colours that programs name by number. */
const NAMED: readonly string[] = [
  ...["#2a2d34", "#f0625a", "#5fbf77", "#e0af4b", "#62a6f0", "#c98bdb", "#56c2c9", "#d7dae0"],
  ...["#7d828c", "#ff8078", "#7fdc97", "#f5c969", "#86bdff", "#dfa8ee", "#7adfe5", "#ffffff"],
];

const STEPS = [0, 95, 135, 175, 215, 255];

/** One of 256 colours: named ones, a cube of six steps, greys. */
function indexed(index: number): string {
  if (index < 16) return NAMED[index]!;
  if (index >= 232) return `rgb(${Array(3).fill(8 + (index - 232) * 10)})`;
  const at = index - 16;
  return `rgb(${[Math.floor(at / 36), Math.floor(at / 6) % 6, at % 6].map((step) => STEPS[step])})`;
}

/** Changes a look by the numbers of one "select graphic rendition". */
function select(look: Look, codes: readonly number[]): Look {
  const next = { ...look };
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at]!;
    if (code === 0) Object.assign(next, PLAIN);
    else if (code === 1) next.bold = true;
    else if (code === 2) next.dim = true;
    else if (code === 3) next.italic = true;
    else if (code === 4) next.underlined = true;
    else if (code === 7) next.reversed = true;
    else if (code === 22) Object.assign(next, { bold: false, dim: false });
    else if (code === 23) next.italic = false;
    else if (code === 24) next.underlined = false;
    else if (code === 27) next.reversed = false;
    else if (code === 39) next.foreground = undefined;
    else if (code === 49) next.background = undefined;
    else if (code === 38 || code === 48) {
      const [kind, ...rest] = codes.slice(at + 1);
      const colour = kind === 5 ? indexed(rest[0] ?? 0) : `rgb(${rest.slice(0, 3)})`;
      if (code === 38) next.foreground = colour;
      else next.background = colour;
      at += kind === 5 ? 2 : 4;
    } else if (code >= 30 && code <= 37) next.foreground = NAMED[code - 30];
    else if (code >= 90 && code <= 97) next.foreground = NAMED[code - 82];
    else if (code >= 40 && code <= 47) next.background = NAMED[code - 40];
    else if (code >= 100 && code <= 107) next.background = NAMED[code - 92];
  }
  return next;
}

function styleOf({ foreground = FOREGROUND, background = BACKGROUND, ...look }: Look): string {
  const [front, back] = look.reversed ? [background, foreground] : [foreground, background];
  const words = [`color:${front}`];
  if (back !== BACKGROUND) words.push(`background:${back}`);
  if (look.bold) words.push("font-weight:bold");
  if (look.dim) words.push("opacity:0.62");
  if (look.italic) words.push("font-style:italic");
  if (look.underlined) words.push("text-decoration:underline");
  return words.join(";");
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** What the font lacks comes from another one, whose letters are not as wide: each such character gets the place that it has. */
const inCells = (text: string): string => escaped(text).replaceAll(/[^\x20-\x7e\n]/gu, "<i>$&</i>");

/** A page that shows a captured screen. */
export function terminalPage(captured: string): string {
  let look = PLAIN;
  let body = "";
  // A capture selects looks by `ESC [ 1 ; 31 m`, and sends nothing else.
  for (const [index, part] of captured
    .replace(/\n+$/, "")
    .split(/\x1b\[([\d;:]*)m/)
    .entries()) {
    if (index % 2 === 1) look = select(look, part.split(/[;:]/).map(Number));
    else if (part !== "") body += `<span style="${styleOf(look)}">${inCells(part)}</span>`;
  }
  return `<!doctype html><style>
    body { margin: 0; background: ${BACKGROUND}; display: inline-block }
    pre { margin: 0; padding: 12px 16px; font: 15px/18px "DejaVu Sans Mono", monospace; color: ${FOREGROUND} }
    i { display: inline-block; width: 1ch; font-style: inherit; overflow: hidden; height: 18px; vertical-align: bottom }
  </style><pre>${body}</pre>`;
}
