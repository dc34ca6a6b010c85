import type { Skipped, WatchedSocket } from "procnet";
import { hasHiddenOwner, jsonText, SCHEMA_VERSION } from "procnet/view";
import type { Look } from "../sampler/sampler.ts";
import { eachInTurns } from "../turns.ts";
import type { Expose } from "./expose.ts";
import type { Pages, Place } from "./pages.ts";
import { isAsked, type Question } from "./question.ts";
import { rowText } from "./row-text.ts";

/** Things that could not be looked at that a document names at most. */
const SKIPPED = 200;

/** A page of sockets. */
export interface PageOptions {
  readonly place: Place;
  readonly limit: number;
  readonly fields: readonly string[] | undefined;
}

/** The document of one page: that of the command, with the cursor of the next page. */
export async function socketsDocument(question: Question, page: PageOptions, pages: Pages): Promise<string> {
  const { place, limit, fields } = page;
  const { look } = place;
  const texts: string[] = [];
  let matched = 0;
  let hidden = 0;
  let next: number | undefined;
  await eachInTurns(look.sockets, 0, (socket, at) => {
    if (!isAsked(question, socket)) return;
    matched++;
    if (at < place.at) return;
    if (texts.length === limit) {
      next ??= at;
      return;
    }
    if (hasHiddenOwner(socket)) hidden++;
    texts.push(rowText(socket, question.expose, fields));
  });
  const head = { schemaVersion: SCHEMA_VERSION, kind: "sockets", takenAt: look.item.at };
  const cursor = next === undefined ? {} : { next: pages.cursorOf({ look, at: next }) };
  const rest = { ...roundOf(look, question.expose), hiddenOwners: hidden, matched, ...cursor };
  return `${jsonText(head).slice(0, -1)},"sockets":[${texts.join(",")}],${jsonText(rest).slice(1)}`;
}

/** Fields of a document that are of the look itself. */
export interface LookFields {
  readonly duration: number;
  readonly rights: object;
  readonly namespaces: readonly object[];
  readonly source?: string;
  readonly sourceOf?: object;
  readonly skipped: readonly object[];
  readonly skippedInAll?: number;
}

/** What a document says of the look itself. */
export function roundOf({ item, read }: Look, expose: Expose): LookFields {
  const { rights, namespaces, source, sourceOf } = read;
  const from = source === undefined || sourceOf === undefined ? {} : { source, sourceOf };
  const skipped = item.skipped.slice(0, SKIPPED);
  const more = item.skipped.length > SKIPPED ? { skippedInAll: item.skipped.length } : {};
  if (expose !== "minimal") return { duration: item.took, rights, namespaces, skipped, ...from, ...more };
  return {
    duration: item.took,
    rights: { allProcesses: rights.allProcesses },
    namespaces: namespaces.map(({ inode, tables, sockets }) => ({ inode, tables, sockets })),
    skipped: skipped.map(withoutProcess),
    ...(source !== undefined && { source }),
    ...more,
  };
}

/** Messages name files of processes, and so their numbers. */
function withoutProcess({ pid: _pid, ...skipped }: Skipped): object {
  return { ...skipped, message: `${skipped.what}: ${skipped.code}` };
}

/** Characters of a piece of a stream. */
const PIECE = 1 << 16;

/** Sockets between two turns of the event loop. */
const STEP = 2048;

/** All sockets that are asked for, one JSON a line, made as fast as they are read. */
export function* socketLines(
  question: Question,
  look: Look,
  text: (socket: WatchedSocket) => string,
): Generator<string, undefined> {
  let piece = "";
  let seen = 0;
  for (const socket of look.sockets) {
    if (++seen % STEP === 0) yield ""; // others have their turn, also where few pass
    if (!isAsked(question, socket)) continue;
    piece += `${text(socket)}\n`;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = "";
  }
  if (piece !== "") yield piece;
}
