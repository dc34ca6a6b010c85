import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type Choices, pick } from "../choices.ts";
import { eachAttribute, eachMessage, kernelBytes } from "../kernel.ts";
import type { MessageReader } from "./readers.ts";

/** The longest message: those of the kernel are far shorter. */
const LONGEST = 4096;

/** Good messages to begin with, without the head of netlink. */
export function goodMessages(root: string, { recorded, head }: MessageReader): Uint8Array[] {
  if (recorded === undefined) return [madeMessage(head)];
  const bytes = recordedAnswer(root, recorded);
  const found: Uint8Array[] = [];
  const DONE = 3;
  eachMessage(kernelBytes(bytes, true), bytes.length, (type, _flags, _sequence, from, to) => {
    if (type !== DONE) found.push(bytes.slice(from, to));
  });
  return found;
}

/** Of a kernel of this order of bytes, from the scene that has most of it. */
function recordedAnswer(root: string, name: string): Uint8Array {
  const file = readFileSync(join(root, "test", "kernel", "recorded", "6.18.json.gz"));
  const { scenes } = JSON.parse(gunzipSync(file).toString()) as Recording;
  const all = Object.values(scenes).map(({ netlink }) => new Uint8Array(Buffer.from(netlink[name]!, "base64")));
  return all.reduce((most, one) => (one.length > most.length ? one : most));
}

interface Recording {
  readonly scenes: Readonly<Record<string, { readonly netlink: Readonly<Record<string, string>> }>>;
}

/** A message with an attribute of each number and of several lengths, for what no kernel here tells of. */
function madeMessage(head: number): Uint8Array {
  const attributes = Array.from({ length: 24 }, (_, type) =>
    attribute(type, new Uint8Array(4 * (type % 7)).fill(type)),
  );
  return joined([new Uint8Array(head).fill(1), ...attributes]);
}

function attribute(type: number, value: Uint8Array, length = value.length + 4): Uint8Array {
  const bytes = new Uint8Array(4 + ((value.length + 3) & ~3));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, length, true);
  view.setUint16(2, type, true);
  bytes.set(value, 4);
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** Where attributes begin and end, with their heads. */
function placesOf(message: Uint8Array, head: number): (readonly [from: number, to: number])[] {
  const places: (readonly [number, number])[] = [];
  if (message.length < head) return places;
  eachAttribute(kernelBytes(message, true), head, message.length, (_type, from, to) => {
    places.push([from - 4, Math.min(message.length, (to + 3) & ~3)]);
  });
  return places;
}

type Change = (message: Uint8Array, head: number, choices: Choices) => Uint8Array;

/** A good message, changed in a few places by its structure: heads, lengths, numbers, attributes. */
export function changedMessage(good: readonly Uint8Array[], head: number, choices: Choices): Uint8Array {
  let message: Uint8Array = pick(choices, good).slice();
  for (let changes = choices.below(5); changes > 0; changes--) message = pick(choices, CHANGES)(message, head, choices);
  return message.slice(0, LONGEST);
}

const LENGTHS = [0, 1, 3, 4, 5, 8, 0x7fff, 0xfffc, 0xffff] as const;
const BYTES = [0, 1, 0x7f, 0x80, 0xfe, 0xff] as const;

const CHANGES: readonly Change[] = [
  // A byte anywhere, and a word of one kind.
  (message, _head, choices) => {
    if (message.length > 0) message[choices.below(message.length)] = choices.below(256);
    return message;
  },
  (message, _head, choices) => {
    const at = choices.below(message.length + 1);
    return message.fill(pick(choices, BYTES), at, at + 1 + choices.below(8));
  },
  // Its end, also within its head.
  (message, _head, choices) => message.slice(0, choices.below(message.length + 1)),
  // The length of an attribute, or its number.
  (message, head, choices) =>
    atOne(message, head, choices, (from) => {
      new DataView(message.buffer).setUint16(from, pick(choices, LENGTHS), true);
      return message;
    }),
  (message, head, choices) =>
    atOne(message, head, choices, (from) => {
      new DataView(message.buffer).setUint16(from + 2, choices.below(64), true);
      return message;
    }),
  // One twice, without it, shorter, longer than what is read of it.
  (message, head, choices) => atOne(message, head, choices, (from, to) => joined([message, message.slice(from, to)])),
  (message, head, choices) =>
    atOne(message, head, choices, (from, to) => joined([message.slice(0, from), message.slice(to)])),
  (message, head, choices) =>
    atOne(message, head, choices, (from, to) => {
      const type = new DataView(message.buffer).getUint16(from + 2, true);
      const value = message.slice(from + 4, from + 4 + choices.below(to - from));
      return joined([message.slice(0, from), attribute(type, value), message.slice(to)]);
    }),
  (message, head, choices) =>
    atOne(message, head, choices, (from, to) => {
      const type = new DataView(message.buffer).getUint16(from + 2, true);
      const value = joined([message.slice(from + 4, to), new Uint8Array(choices.below(600)).fill(0x2e)]);
      return joined([message.slice(0, from), attribute(type, value), message.slice(to)]);
    }),
  // One more, of any number.
  (message, _head, choices) =>
    joined([message, attribute(choices.below(0x10000), new Uint8Array(choices.below(40)).fill(choices.below(256)))]),
];

function atOne(
  message: Uint8Array,
  head: number,
  choices: Choices,
  change: (from: number, to: number) => Uint8Array,
): Uint8Array {
  const places = placesOf(message, head);
  if (places.length === 0) return message;
  return change(...pick(choices, places));
}
