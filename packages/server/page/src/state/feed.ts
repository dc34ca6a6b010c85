import { problemOf } from "./ask.ts";
import { type ServerEvent, serverEvents } from "./server-events.ts";
import { Signal } from "./signal.ts";
import { turn } from "./turn.ts";

/** What is asked of `/api/v1/events`. */
export interface Ask {
  readonly views: readonly string[];
  readonly filter?: string | undefined;
  readonly protocol?: string | undefined;
  readonly rows?: number | undefined;
  readonly fields?: readonly string[] | undefined;
  /** Whether rows are wanted anew when only their queues changed. */
  readonly queues?: boolean | undefined;
}

/** How the page stands with the server. */
export type Link =
  | { readonly state: "connecting" }
  | { readonly state: "live" }
  | { readonly state: "hidden" }
  | { readonly state: "disconnected"; readonly why: string; readonly retryAt: number }
  | { readonly state: "unauthorised" }
  /** The question was refused: `column` says where its filter goes wrong. */
  | { readonly state: "refused"; readonly why: string; readonly column?: number | undefined };

/** When something was heard last, and how often it is to be expected; milliseconds of `performance.now`. */
export interface Heard {
  readonly at: number;
  readonly every: number;
}

type Listener = (data: unknown, event: string) => void;

/** Always the same, so that who looks at it is not drawn again with each event. */
const LIVE: Link = { state: "live" };

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30_000;
/** What is expected before the server has said how often it looks. */
const EVERY = 1000;
/** Three signs of life that the server gives when there is nothing to tell, milliseconds. */
const SILENCE = 45_000;
/** Characters of an event after which the next one waits for a frame that may be due. */
const LARGE = 1 << 14;

/** The stream of events: one at a time, opened again when it ends, closed while nobody can see the page. */
export class Feed {
  readonly link: Signal<Link> = new Signal<Link>({ state: "connecting" });
  readonly heard: Signal<Heard | undefined> = new Signal<Heard | undefined>(undefined);
  private readonly documents = new Map<string, Signal<unknown>>();
  private readonly listeners = new Set<Listener>();
  /** What the stream was asked last. */
  asked: Ask | undefined;
  private address = "";
  private lastId = "";
  private abort: AbortController | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;

  constructor() {
    document.addEventListener("visibilitychange", () => this.begin());
  }

  /** Asks for something else; nothing happens where it is the same. */
  ask(asked: Ask): void {
    const address = addressOf(asked);
    if (address === this.address) return;
    this.asked = asked;
    this.address = address;
    this.lastId = "";
    this.failures = 0;
    this.begin();
  }

  /** Asks again, now. */
  again(): void {
    this.failures = 0;
    this.begin();
  }

  /** Each event, until what is given back is called. */
  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The last one of a kind of event that has all there is to know: `health`, `rates`, `processes`, ... */
  document(event: string): Signal<unknown> {
    let signal = this.documents.get(event);
    if (signal === undefined) {
      signal = new Signal<unknown>(undefined);
      this.documents.set(event, signal);
    }
    return signal;
  }

  private begin(): void {
    this.abort?.abort();
    clearTimeout(this.timer);
    clearTimeout(this.silence);
    if (this.asked === undefined) return;
    if (document.hidden) {
      this.link.set({ state: "hidden" });
      return;
    }
    if (this.link.value.state !== "disconnected") this.link.set({ state: "connecting" });
    const abort = new AbortController();
    this.abort = abort;
    this.awaitMore(abort);
    void this.read(abort);
  }

  /** Gives a connection up on which nothing comes: who was cut off from the server is not told that it ended. */
  private awaitMore(abort: AbortController): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => {
      abort.abort();
      this.retry(`nothing came for ${SILENCE / 1000} s`);
    }, SILENCE);
  }

  private async read(abort: AbortController): Promise<void> {
    const { signal } = abort;
    let why = "the connection ended";
    try {
      const headers: Record<string, string> = this.lastId === "" ? {} : { "Last-Event-ID": this.lastId };
      const answer = await fetch(this.address, { headers, signal, cache: "no-store" });
      if (signal.aborted) return;
      if (answer.status === 401) return this.link.set({ state: "unauthorised" });
      if (answer.status === 400) return this.link.set(await refusalOf(answer));
      if (answer.ok && answer.body !== null) {
        for await (const event of serverEvents(answer.body, () => this.awaitMore(abort))) {
          if (signal.aborted) return;
          this.take(event);
          if (event.data.length > LARGE) await turn();
        }
      } else why = (await refusalOf(answer)).why;
    } catch (error) {
      if (!signal.aborted && error instanceof SyntaxError) why = "what the server sent could not be read";
    } finally {
      if (!signal.aborted) clearTimeout(this.silence);
    }
    if (!signal.aborted) this.retry(why);
  }

  private retry(why: string): void {
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.failures++);
    this.link.set({ state: "disconnected", why, retryAt: performance.now() + wait });
    this.timer = setTimeout(() => this.begin(), wait);
  }

  private take({ event, data, id }: ServerEvent): void {
    // The server is there, but what is shown is as old as it was: it will say so itself.
    if (event === "failure") return;
    const parsed: unknown = JSON.parse(data);
    if (id !== undefined) this.lastId = id;
    this.failures = 0;
    this.hear(parsed);
    this.link.set(LIVE);
    this.documents.get(event)?.set(parsed);
    for (const listener of [...this.listeners]) listener(parsed, event);
  }

  private hear(data: unknown): void {
    const { value } = this.heard;
    const { interval } = data as { readonly interval?: unknown };
    this.heard.set({ at: performance.now(), every: typeof interval === "number" ? interval : (value?.every ?? EVERY) });
  }
}

function addressOf({ views, filter, protocol, rows, fields, queues }: Ask): string {
  const asked = new URLSearchParams({ view: views.join(",") });
  if (filter !== undefined && filter !== "") asked.set("filter", filter);
  if (protocol !== undefined) asked.set("protocol", protocol);
  if (rows !== undefined) asked.set("rows", String(rows));
  if (fields !== undefined) asked.set("fields", fields.join(","));
  if (queues) asked.set("queues", "true");
  return `/api/v1/events?${asked}`;
}

/** What a server says of a question that it does not answer. */
async function refusalOf(answer: Response): Promise<Extract<Link, { readonly state: "refused" }>> {
  const { message, column } = problemOf(await answer.text());
  return { state: "refused", why: message ?? `the server answered ${answer.status}`, column };
}
