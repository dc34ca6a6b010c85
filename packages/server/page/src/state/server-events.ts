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
 */
export async function* serverEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  let rest = "";
  for await (const piece of textOf(body)) {
    const text = rest + piece;
    const blocks = text.split("\n\n");
    rest = blocks.pop()!;
    for (const block of blocks) {
      const event = eventOf(block);
      if (event !== undefined) yield event;
    }
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
