import { closeSync, openSync, unlinkSync, writeSync } from "node:fs";
import { resolve } from "node:path";
import type { Listing } from "./table/listing.ts";
import { type InSteps, inSlices, STEP } from "./table/slices.ts";

/** Files of one second and one name, at most. */
const MOST = 100;

/**
 * Writes what is shown to a new file of the directory in which the command was started: a JSON object a line. No file is ever
 * overwritten. Gives its path.
 *
 * @throws as `openSync` and `writeSync` do
 */
export async function exportRows(
  listing: Pick<Listing, "view" | "documents">,
  at: Date,
  directory: string,
): Promise<string> {
  const { path, file } = newFile(resolve(directory, `procnet-${listing.view}-${stamp(at)}`));
  try {
    await inSlices(written(listing, file));
  } catch (error) {
    unlinkSync(path); // half of it would be taken for all
    throw error;
  } finally {
    closeSync(file);
  }
  return path;
}

function newFile(base: string): { readonly path: string; readonly file: number } {
  for (let number = 1; ; number++) {
    const path = `${base}${number === 1 ? "" : `-${number}`}.ndjson`;
    try {
      // Where somebody else has put a link, it is not followed.
      return { path, file: openSync(path, "wx", 0o600) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || number >= MOST) throw error;
    }
  }
}

function* written(listing: Pick<Listing, "documents">, file: number): InSteps<void> {
  let piece = "";
  let count = 0;
  for (const line of listing.documents()) {
    piece += `${line}\n`;
    if (++count % STEP !== 0) continue;
    writeAll(file, piece);
    piece = "";
    yield;
  }
  writeAll(file, piece);
}

/** A full disk may take a part. */
function writeAll(file: number, text: string): void {
  let rest: Uint8Array = Buffer.from(text);
  while (rest.length > 0) rest = rest.subarray(writeSync(file, rest));
}

/** `20260131-120000`, by the clock on the wall. */
function stamp(at: Date): string {
  return at.toLocaleString("sv").replace(/[-:]/g, "").replace(" ", "-");
}
