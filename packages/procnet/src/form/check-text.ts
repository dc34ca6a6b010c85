import { escapeHidden } from "../bytes/escape-hidden.ts";
import { invalidArgument } from "../errors.ts";

/**
 * Refuses what is no text in bytes: a string, an `ArrayBuffer`, numbers of more bits. Read as bytes they would look like a text that
 * is empty, or of zeros. Told by its form, as programs can have several classes of that name.
 *
 * @throws `ProcfsError` with code `ERR_INVALID_ARG`
 */
export function checkText(text: Uint8Array): void {
  const kind = Object.prototype.toString.call(text).slice("[object ".length, -1);
  if (kind === "Uint8Array") return;
  throw invalidArgument(`the text must be a Uint8Array, as readFileSync(path) gives it, not ${escapeHidden(kind)}`);
}
