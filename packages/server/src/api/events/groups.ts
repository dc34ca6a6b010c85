import type { Look } from "../../sampler/sampler.ts";
import type { Expose } from "../expose.ts";
import { destinationsDocument, listenersDocument, processesDocument } from "../groups.ts";

/** Rows of a document at most, as many as an endpoint gives unasked. */
const ROWS = 500;

/** What sockets are added up to. */
export type GroupView = "processes" | "listeners" | "destinations";

const DOCUMENTS: Readonly<Record<GroupView, (look: Look, expose: Expose, limit: number) => Promise<string>>> = {
  processes: processesDocument,
  listeners: listenersDocument,
  destinations: destinationsDocument,
};

export const GROUP_VIEWS: readonly GroupView[] = ["processes", "listeners", "destinations"];

/** Documents of looks that are still told of: written once for all channels that tell as much. */
const written = new WeakMap<Look, Map<string, Promise<string>>>();

/** What the endpoint of this name says of a look. */
export function groupDocument(view: GroupView, look: Look, expose: Expose): Promise<string> {
  const documents = written.get(look) ?? new Map<string, Promise<string>>();
  written.set(look, documents);
  const key = `${view} ${expose}`;
  const document = documents.get(key) ?? DOCUMENTS[view](look, expose, ROWS);
  documents.set(key, document);
  return document;
}
