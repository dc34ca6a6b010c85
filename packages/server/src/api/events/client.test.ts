import { expect, it } from "vitest";
import { Client, type Told } from "./client.ts";
import { Telling } from "./telling.ts";

const KB = 1024;
const bytes = (letter: string, length: number): Told => ({ bytes: Buffer.alloc(length, letter) });

/** A look of which this many parts come after the first. */
function inParts(letter: string, parts: number, length = 10): Told {
  const telling = new Telling({ number: 1, id: "1", rows: undefined, others: [] });
  return { ...bytes(letter, length), rest: { telling, at: parts } };
}

interface Watched {
  readonly client: Client;
  readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly clock: { now: number };
  readonly ends: string[];
  /** Reads so many bytes, and gives their letters, each once for a run of them. */
  read(length: number): Promise<string>;
}

interface Ways {
  readonly snapshot?: () => Promise<Told>;
  readonly more?: (at: number) => Promise<Told>;
}

function watched({
  snapshot = async () => bytes("S", 10),
  more = async (at) => bytes(`${at}`, 10),
}: Ways = {}): Watched {
  const clock = { now: 0 };
  const ends: string[] = [];
  const client = new Client({
    snapshot,
    more: async ({ telling, at }) => ({ ...(await more(at)), rest: at > 1 ? { telling, at: at - 1 } : undefined }),
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
  const one = watched({ snapshot: () => Promise.reject(new Error("no look")) });
  one.client.restart();
  expect((await one.reader.read()).done).toBe(true);
  expect(one.ends).toEqual(["end", "hang up"]);
});

it("takes parts of a look when there is room for them, and nothing of a later look between", async () => {
  const made: number[] = [];
  const { client, read } = watched({
    more: async (at) => {
      made.push(at);
      return bytes(`${at}`, 100 * KB);
    },
  });
  client.begin(inParts("s", 3));
  client.tell(bytes("a", 10));
  expect(await read(10)).toBe("s");
  expect(made).toEqual([]);
  expect(await read(1)).toBe("3");
  client.tell(bytes("b", 10));
  expect(made).toEqual([3]);
  expect(await read(236 * KB + 20)).toBe("321ab");
  expect(made).toEqual([3, 2, 1]);
  expect(client.untold()).toEqual([]);
});

it("ends a snapshot that is begun before it begins anew, also while a part is made", async () => {
  let go = (): void => {};
  const { client, read } = watched({
    more: async (at) => {
      if (at === 2)
        await new Promise<void>((resolve) => {
          go = resolve;
        });
      return bytes(`${at}`, 10);
    },
  });
  client.begin(inParts("s", 2));
  expect(await read(10)).toBe("s");
  const rest = read(30);
  await new Promise((resolve) => setImmediate(resolve));
  client.restart();
  go();
  expect(await rest).toBe("21S");
});

it("has parts of two looks waiting at most, then a snapshot in place of the second", async () => {
  const { client, read } = watched();
  client.begin(inParts("s", 1));
  expect(await read(10)).toBe("s");
  client.tell(inParts("a", 1));
  expect(client.untold()).toHaveLength(2);
  client.tell(inParts("b", 1));
  expect(client.untold()).toHaveLength(1);
  expect(await read(20)).toBe("1S");
});

it("is told an event that is longer than what may wait where nothing waits", async () => {
  const { client, read } = watched();
  client.tell(bytes("a", 1100 * KB));
  expect(await read(1100 * KB)).toBe("a");
  client.tell(bytes("b", 10));
  client.tell(bytes("c", 1100 * KB));
  expect(await read(10)).toBe("S");
});

it("is let go when a part cannot be made", async () => {
  const one = watched({ more: () => Promise.reject(new Error("no part")) });
  one.client.begin(inParts("s", 1));
  expect(await one.read(10)).toBe("s");
  expect((await one.reader.read()).done).toBe(true);
  expect(one.ends).toEqual(["end", "hang up"]);
});
