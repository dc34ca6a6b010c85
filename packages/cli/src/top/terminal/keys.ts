import { emitKeypressEvents } from "node:readline";

/** A key that was pressed. */
export interface Key {
  /** `up`, `pagedown`, `return`, `escape`, `ctrl-c`; of a key that prints something, what it prints. */
  readonly name: string;
  /** What it prints; empty for keys that do not. */
  readonly text: string;
}

/** How Node tells of a key. */
interface Pressed {
  readonly sequence?: string;
  readonly name?: string;
  readonly ctrl?: boolean;
  readonly meta?: boolean;
}

/** Milliseconds after which an escape is the key and no longer the beginning of another: half a second by default. */
const ESCAPE_ENDS = 25;

/** What comes of Tab with Shift. */
const BACKTAB = "\x1b[Z";

/** Tells of keys until what it gives is called. */
export function onKeys(input: NodeJS.ReadableStream, take: (key: Key) => void): () => void {
  // What is given here as the second one need only be an object with this field.
  emitKeypressEvents(input, Object.assign(Object.create(null), { escapeCodeTimeout: ESCAPE_ENDS }));
  const pressed = (text: string | undefined, key: Pressed): void => {
    const found = keyOf(text, key);
    if (found !== undefined) take(found);
  };
  input.on("keypress", pressed);
  return () => void input.removeListener("keypress", pressed);
}

/** What a key is called here; `undefined` for combinations that nobody uses. */
export function keyOf(text: string | undefined, { name, sequence = "", ctrl, meta }: Pressed): Key | undefined {
  if (ctrl && name !== undefined) return { name: `ctrl-${name}`, text: "" };
  const printed = text ?? sequence;
  if (isPrintable(printed)) return { name: printed, text: printed };
  if (name === undefined || (meta && name !== "escape")) return undefined;
  // A pasted end of line is one of these as well.
  if (name === "enter" || name === "linefeed") return { name: "return", text: "" };
  return { name: sequence === BACKTAB ? "backtab" : name, text: "" };
}

/** One character or several, none of which steers anything. */
function isPrintable(text: string): boolean {
  return text !== "" && !/[\p{Cc}\p{Cs}]/u.test(text);
}
