import { expect, it } from "vitest";
import { Client } from "./client.ts";

const KB = 1024;
const bytes = (letter: string, length: number): Uint8Array => Buffer.alloc(length, letter);

interface Watched {
  readonly client: Client;
  readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly clock: { now: number };
  readonly ends: string[];
  /** Reads so many bytes, and gives their letters, each once for a run of them. */
  read(length: number): Promise<string>;
}

function watched(snapshot: () => Promise<Uint8Array> = async () => bytes("S", 10)): Watched {
  const clock = { now: 0 };
  const ends: string[] = [];
  const client = new Client({
    snapshot,
    now: () => clock.now,
    onEnd: () => ends.push("end"),
    hangUp: () => ends.push("hang up"),
  });
  const reader: ReadableStreamDefaultReader<Uint8Array> = client.body.getReader();
  const read = async (length: number): Promise<string> => {
    let text = "";
    while (text.length < length) text += Buffer.from((await reader.read()).value ?? []).toString();
    return text.replace(/(.)\1+/g, "$1");
  };
  return { client, reader, clock, ends, read };
}

it("gives what it is told, in its order", async () => {
  const { client, read } = watched();
  client.begin(bytes("s", 100 * KB));
  client.tell(bytes("a", 10));
  client.tell(bytes("b", 10));
  expect(await read(100 * KB + 20)).toBe("sab");
});

it("gives a snapshot in place of more than a megabyte, after what was half written", async () => {
  const { client, read } = watched();
  client.tell(bytes("a", 200 * KB));
  expect(await read(1)).toBe("a"); // the first piece of it
  for (let count = 0; count < 9; count++) client.tell(bytes("b", 100 * KB));
  client.tell(bytes("c", KB)); // is too much
  client.tell(bytes("d", KB)); // is in the snapshot
  expect(await read(136 * KB + 10)).toBe("aS");
  client.tell(bytes("e", 10));
  expect(await read(10)).toBe("e");
});

it("does not count a snapshot, which all share", async () => {
  const { client, read } = watched();
  client.begin(bytes("s", 3000 * KB));
  client.tell(bytes("a", 1000 * KB));
  expect(await read(4000 * KB)).toBe("sa");
});

it("is stalled when what was handed over is not taken", async () => {
  const { client, clock, read, reader } = watched();
  client.begin(bytes("s", 200 * KB));
  expect(client.isStalled(10)).toBe(false);
  await read(1);
  clock.now = 10;
  expect(client.isStalled(10)).toBe(true);
  await read(136 * KB);
  const more = reader.read(); // waits for more: whatever the time, nobody is late
  await new Promise((resolve) => setImmediate(resolve));
  clock.now = 100;
  expect(client.isStalled(10)).toBe(false);
  client.close();
  await more;
});

it("is stalled when nobody begins to read, from when there is something to be read", () => {
  const { client, clock } = watched();
  clock.now = 10;
  expect(client.isStalled(10)).toBe(false); // the first look may take its time
  client.begin(bytes("s", 10));
  clock.now = 15;
  client.tell(bytes("a", 10));
  expect(client.isStalled(10)).toBe(false);
  clock.now = 20;
  expect(client.isStalled(10)).toBe(true);
});

it("says that it is there when nothing else was said for long", async () => {
  const { client, clock, read } = watched();
  client.beat(bytes("b", 1), 10);
  clock.now = 10;
  client.beat(bytes("B", 1), 10);
  client.beat(bytes("b", 1), 10);
  client.tell(bytes("a", 1));
  expect(await read(2)).toBe("Ba");
});

it.each([
  ["the reader goes", async ({ reader }: Watched) => reader.cancel(), ["end"]],
  ["it is closed", async ({ client }: Watched) => client.close(), ["end", "hang up"]],
])("ends once when %s, and takes no more", async (_, end, said) => {
  const one = watched();
  one.client.begin(bytes("s", 10));
  await end(one);
  one.client.tell(bytes("a", 10));
  one.client.restart();
  one.client.close();
  expect(one.ends).toEqual(said);
  expect((await one.reader.read()).done).toBe(true);
});

it("is let go when no snapshot can be made", async () => {
  const one = watched(() => Promise.reject(new Error("no look")));
  one.client.restart();
  expect((await one.reader.read()).done).toBe(true);
  expect(one.ends).toEqual(["end", "hang up"]);
});
