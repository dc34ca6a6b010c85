import { btfOf, madeBtf } from "../../test/support/kernel/made-btf.ts";
import type { Limit } from "../bulk.ts";
import { literal } from "../bytes.ts";
import { foreign } from "../checks/values.ts";
import { SeededChoices } from "../choices.ts";
import { Answer, BrokenMessage, BtfError, KernelError, kernelBytes } from "../kernel.ts";
import { changedMessage, goodMessages } from "./messages.ts";
import { type MessageReader, READERS } from "./readers.ts";

/** What is wrong with a reader of the kernel's bytes, and the bytes that show it. */
export interface MessageFinding {
  readonly reader: string;
  readonly littleEndian: boolean;
  readonly problem: string;
  readonly bytes: Uint8Array;
}

/** What came of a run. */
export interface MessageRun {
  readonly counts: ReadonlyMap<string, number>;
  readonly findings: readonly MessageFinding[];
}

/** More than anybody reads at once. */
const MOST = 20;

/** What reads an answer whole, and what reads a description of types: their bytes are made by hand. */
const OTHERS: readonly MessageReader[] = [
  { name: "answer", recorded: undefined, head: 16, read: readAnswer },
  { name: "BTF", recorded: undefined, head: 24, read: readBtf },
];

/** Readers whose name, `message tcp`, has a text in it. */
export function messageReaders(only = ""): MessageReader[] {
  return [...READERS, ...OTHERS].filter(({ name }) => `message ${name}`.includes(only));
}

/** Hands changed messages to readers, in both orders of bytes. The same for the same seed. */
export function runMessages(root: string, readers: readonly MessageReader[], seed: number, limit: Limit): MessageRun {
  const good = readers.map((reader) => (reader.name === "BTF" ? [madeBtf()] : goodMessages(root, reader)));
  const counts = new Map(readers.map(({ name }) => [name, 0]));
  const findings: MessageFinding[] = [];
  const choices = new SeededChoices(seed);
  const end = performance.now() + limit.milliseconds;
  for (let run = 0; run < limit.runs && findings.length < MOST; run++) {
    if (run % 64 === 0 && performance.now() >= end) break;
    const at = run % readers.length;
    const reader = readers[at]!;
    const bytes = changedMessage(good[at]!, reader.head, choices);
    counts.set(reader.name, counts.get(reader.name)! + 1);
    for (const littleEndian of [true, false]) {
      const problem = problemOf(reader, bytes, littleEndian);
      if (problem !== undefined) findings.push({ reader: reader.name, littleEndian, problem, bytes });
    }
  }
  return { counts, findings };
}

/** Prints a finding: the bytes as they are in hexadecimal digits. */
export function reportMessage({ reader, littleEndian, problem, bytes }: MessageFinding): void {
  console.log(
    `FOUND message ${reader}, ${littleEndian ? "little" : "big"} endian\n  ${literal(problem.slice(0, 600))}`,
  );
  console.log(`  ${bytes.length} bytes: ${Buffer.from(bytes).toString("hex")}`);
}

/** Bytes that are none of what they should be are an error of the package, and what is read of others is plain. */
export function problemOf(reader: MessageReader, bytes: Uint8Array, littleEndian: boolean): string | undefined {
  try {
    const value = reader.read(bytes, littleEndian);
    return foreign(value, "") ?? notFinite(value, "");
  } catch (error) {
    const isOurs = error instanceof BrokenMessage || error instanceof KernelError || error instanceof BtfError;
    return isOurs ? undefined : `threw ${error instanceof Error ? error.stack : String(error)}`;
  }
}

function notFinite(value: unknown, path: string): string | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? undefined : `${path}: ${value}`;
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return undefined;
  for (const [key, item] of value instanceof Map ? value : Object.entries(value)) {
    const found = notFinite(item, `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The bytes as all that one recv(2) gave: messages with their heads. */
function readAnswer(bytes: Uint8Array, littleEndian: boolean): unknown {
  const lengths: number[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length >= 16) {
    // One message, whose number is that of an error, an end, an overrun or a row, and which answers the question.
    view.setUint32(0, bytes.length, littleEndian);
    view.setUint16(4, [2, 3, 4, 20][bytes[16]! & 3] ?? 20, littleEndian);
    view.setUint32(8, 1, littleEndian);
  }
  const answer = new Answer("fuzz", 1, true, (_type, from, to) => lengths.push(to - from));
  answer.bytes(kernelBytes(bytes, littleEndian), bytes.length);
  return { lengths, isOver: answer.isOver };
}

function readBtf(bytes: Uint8Array): unknown {
  const btf = btfOf(bytes, "outer", "walk");
  return { offset: btf.offset("outer", "c"), id: btf.id("func", "walk") };
}
