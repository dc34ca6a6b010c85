/** An event as a server sent it. */
export interface ServerEvent {
  readonly event: string;
  readonly data: string;
  /** As the server said it with this event; `undefined` where it said nothing. */
  readonly id: string | undefined;
}

/**
 * Reads server-sent events from bytes that come in any pieces: https://html.spec.whatwg.org/multipage/server-sent-events.html.
 * The browser's own EventSource says of no failure what it was, and cannot be told which event was the last.
 *
 * @param heard is called for whatever comes, also for comments, by which a server that has nothing to tell shows that it lives
 */
export async function* serverEvents(
  body: ReadableStream<Uint8Array>,
  heard: () => void = () => {},
): AsyncGenerator<ServerEvent> {
  /** Of an event that has not ended; each piece is looked through once, as events of a megabyte come in many. */
  let held: string[] = [];
  const ended = (last: string): ServerEvent | undefined => {
    const block = held.join("") + last;
    held = [];
    return eventOf(block);
  };
  for await (const piece of textOf(body)) {
    heard();
    let from = 0;
    while (from <= piece.length) {
      // The empty line that ends an event may lie between two pieces.
      const isBetween = from === 0 && piece.startsWith("\n") && held.at(-1)?.endsWith("\n");
      const end = isBetween ? 0 : piece.indexOf("\n\n", from);
      if (end < 0) break;
      const event = ended(piece.slice(from, end));
      if (event !== undefined) yield event;
      from = end + (isBetween ? 1 : 2);
    }
    if (from < piece.length) held.push(piece.slice(from));
  }
}

async function* textOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield decoder.decode(value, { stream: true });
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** `undefined` for a comment. */
function eventOf(block: string): ServerEvent | undefined {
  let event = "message";
  let id: string | undefined;
  const data: string[] = [];
  for (const line of block.split("\n")) {
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + (line[colon + 1] === " " ? 2 : 1));
    if (name === "event") event = value;
    else if (name === "data") data.push(value);
    else if (name === "id") id = value;
  }
  return data.length === 0 ? undefined : { event, data: data.join("\n"), id };
}
