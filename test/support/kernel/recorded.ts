import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect } from "vitest";
import type { Dump } from "../../../packages/kernel/src/diag/dump.ts";
import { Answer } from "../../../packages/kernel/src/netlink/answer.ts";
import { kernelBytes } from "../../../packages/kernel/src/netlink/bytes.ts";

/** What record.py wrote down of one scene. */
export interface RecordedScene {
  /** What the scene says of itself: inodes and ports by name, and what it could not make. */
  readonly facts: {
    readonly inodes: Readonly<Record<string, number>>;
    readonly missed: Readonly<Record<string, string>>;
  };
  /** Commands for ip(8) that this kernel could not carry out. */
  readonly missedCommands: readonly string[];
  /** Where unix sockets have their names. */
  readonly directory: string;
  /** Answers by what was asked, in base64. */
  readonly netlink: Readonly<Record<string, string>>;
  /** Texts of /proc/net; one character for each byte. */
  readonly procfs: Readonly<Record<string, string>>;
  /** Inodes of a listener and both ends of a connection, or why there are none. */
  readonly vsock: readonly number[] | string;
  readonly ss: string;
  readonly ip: Readonly<Record<string, readonly Record<string, unknown>[]>>;
}

/** What a kernel said. */
export interface Recording {
  readonly name: string;
  readonly kernel: string;
  readonly machine: string;
  readonly littleEndian: boolean;
  readonly scenes: Readonly<Record<"sockets" | "states" | "routed", RecordedScene>>;
}

const FOLDER = new URL("../../kernel/recorded/", import.meta.url);

/** All recordings, by the names of their files: see test/kernel/recorded/README.md. */
export const RECORDINGS: readonly Recording[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".json.gz"))
  .map((file) => ({
    name: file.replace(".json.gz", ""),
    ...JSON.parse(gunzipSync(readFileSync(new URL(file, FOLDER))).toString()),
  }));

/** The rows of an answer that was recorded. @throws KernelError where the kernel refused */
export function recordedRows<Row>(
  { littleEndian, scenes }: Recording,
  scene: keyof Recording["scenes"],
  name: string,
  dump: Dump<Row>,
): Row[] {
  const bytes = new Uint8Array(Buffer.from(scenes[scene].netlink[name]!, "base64"));
  const of = kernelBytes(bytes, littleEndian);
  const read = dump.reader();
  const rows: Row[] = [];
  const answer = new Answer(name, 1, true, (_type, from, to) => {
    const row = read(of, from, to);
    if (row !== undefined) rows.push(row);
  });
  answer.bytes(of, bytes.length);
  expect(answer.isOver).toBe(true);
  return rows;
}
