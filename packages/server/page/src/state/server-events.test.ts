import fc from "fast-check";
import { expect, it } from "vitest";
import { type ServerEvent, serverEvents } from "./server-events.ts";

async function read(pieces: readonly Uint8Array[]): Promise<ServerEvent[]> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  const events: ServerEvent[] = [];
  for await (const event of serverEvents(body)) events.push(event);
  return events;
}

const TEXT = [
  ": still here\n\n",
  'event: snapshot\nid: a.1\ndata: {"sockets":["ä – 𝄞"]}\n\n',
  "event: rows\nid:\ndata: two\ndata: lines\n\n",
  "data:no blank\n\n\n\n",
  "event: cut off\ndata: nev",
].join("");

const EVENTS: readonly ServerEvent[] = [
  { event: "snapshot", id: "a.1", data: '{"sockets":["ä – 𝄞"]}' },
  { event: "rows", id: "", data: "two\nlines" },
  { event: "message", id: undefined, data: "no blank" },
];

it("reads events, in whatever pieces they come", async () => {
  const bytes = new TextEncoder().encode(TEXT);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 12 }), async (cuts) => {
      const ends = [...cuts, bytes.length].sort((a, b) => a - b);
      const pieces = ends.map((end, at) => bytes.slice(at === 0 ? 0 : ends[at - 1], end));
      expect(await read(pieces)).toEqual(EVENTS);
    }),
  );
});

it("reads them byte by byte", async () => {
  const bytes = new TextEncoder().encode(TEXT);
  expect(await read(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(EVENTS);
});
