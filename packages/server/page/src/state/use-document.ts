import { feed } from "./data.ts";
import type { DestinationsDocument, HealthDocument, ListenersDocument, ProcessesDocument } from "./documents.ts";
import { useSignal } from "./signal.ts";

interface Documents {
  readonly health: HealthDocument;
  readonly processes: ProcessesDocument;
  readonly listeners: ListenersDocument;
  readonly destinations: DestinationsDocument;
}

/** The last document of an event; `undefined` before the first one. */
export function useDocument<Name extends keyof Documents>(event: Name): Documents[Name] | undefined {
  return useSignal(feed.document(event)) as Documents[Name] | undefined;
}
