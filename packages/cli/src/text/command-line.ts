import { cut, width } from "./width.ts";

/*
 * Command lines that are too long for their column. What runs is told by the script, not by the interpreter before it, and
 * by the end of a path, not by its beginning.
 */

/** Programs that run what is named behind them; a version may follow (`python3.11`). */
const INTERPRETER =
  /^(?:node|nodejs|bun|deno|tsx|ts-node|python|pypy|ruby|perl|php|java|sh|bash|dash|zsh|ksh|busybox|lua|luajit|Rscript|guile|mono|dotnet|erl|elixir|npx|npm|pnpm|yarn)[\d.]*$/;

/** Options of theirs with which the next word is what runs: a module, an archive, a text. */
const NAMING: ReadonlySet<string> = new Set(["-m", "-jar", "-c", "-e", "-p", "--eval", "--print", "--module"]);

/** Options of theirs whose value is the next word. */
const WITH_VALUE: ReadonlySet<string> = new Set([
  ...["-r", "--require", "--import", "--loader", "--experimental-loader", "-C", "--conditions"],
  ...["-W", "-X", "-cp", "-classpath", "--class-path", "--module-path", "-I", "-u", "--preload", "--env-file"],
]);

/** Words with which an interpreter is told what to do with the next (`deno run`, `npm exec`). */
const VERBS: ReadonlySet<string> = new Set(["run", "exec", "start", "serve", "x", "dlx"]);

/** Cuts a command line to so many columns: the program's name and the script's stay as long as there is room. */
export function cutCommandLine(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  const [program = "", ...words] = text.split(" ");
  const at = scriptAt(fileName(program), words);
  if (at === undefined) return cut([shortPath(program), ...words].join(" "), columns);
  const script = shortPath(words[at]!);
  const named = at > 0 && NAMING.has(words[at - 1]!) ? at - 1 : at;
  const behind = words.slice(at + 1);
  const options = [...words.slice(0, at), script];
  const short = [...(named === 0 ? [] : ["…"]), ...words.slice(named, at), script];
  // As much of it as fits: all options, none of them, the script alone. What follows the script is cut first.
  for (const kept of [
    [shortPath(program), ...options],
    [shortPath(program), ...short],
    [fileName(program), ...short],
  ]) {
    const line = kept.join(" ");
    if (width(line) > columns) continue;
    // A mark right behind the script would look like a part of its name.
    return width(line) + 2 > columns ? line : cut([line, ...behind].join(" "), columns);
  }
  return endOf(script, columns);
}

/** Which of the words behind an interpreter is what runs; `undefined` where the program is none, or names nothing. */
function scriptAt(program: string, words: readonly string[]): number | undefined {
  if (!INTERPRETER.test(program)) return undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (NAMING.has(word) && at + 1 < words.length) return at + 1;
    if (WITH_VALUE.has(word)) at++;
    else if (!word.startsWith("-") && word !== "" && !(VERBS.has(word) && at + 1 < words.length)) return at;
  }
  return undefined;
}

/** `…/server.js` for a path of several parts. */
function shortPath(path: string): string {
  const name = fileName(path);
  return name !== "" && path.length > name.length + 2 ? `…/${name}` : path;
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The end of a text: of a name the beginning is cut. */
function endOf(text: string, columns: number): string {
  const letters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  let end = "";
  for (let letter = letters.pop(); letter !== undefined; letter = letters.pop()) {
    if (width(letter + end) + 1 > columns) return `…${end}`;
    end = letter + end;
  }
  return end;
}
