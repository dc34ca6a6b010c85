import type { ByteOrder } from "../codes/byte-order.ts";
import type { OnIssue } from "../errors.ts";

/** What every parser and reader accepts. */
export interface ParseOptions {
  /** The file's name for messages. Readers fill it in. */
  readonly path?: string;
  /** Called for every row that cannot be read; without it the first one throws. */
  readonly onIssue?: OnIssue;
  /** Byte order of the machine the text comes from; the machine this runs on by default. */
  readonly byteOrder?: ByteOrder;
  /**
   * Gives 64-bit counters as `bigint`. As numbers, the default, they are exact up to 2^53: a link of 100 Gbit/s
   * counts that many bytes in about eight days.
   */
  readonly bigint?: boolean;
}

/** {@link ParseOptions} that ask for `bigint` counters. */
export interface BigIntOptions extends ParseOptions {
  /** 64-bit counters come as `bigint`. */
  readonly bigint: true;
}

/** {@link ParseOptions} that ask for counters as numbers, or do not ask. */
export interface NumberOptions extends ParseOptions {
  /** 64-bit counters come as numbers. */
  readonly bigint?: false;
}

/** {@link ParseOptions} whose wish for `bigint` counters is of the type `Exact`. */
export interface ExactOptions<Exact extends boolean> extends ParseOptions {
  /** Whether 64-bit counters come as `bigint`. */
  readonly bigint?: Exact;
}

/** What 64-bit counters come as: either one where the options leave it open. */
export type CounterOf<Exact extends boolean> = boolean extends Exact ? Counter : Exact extends true ? bigint : number;

/** Type of a 64-bit counter: `number`, or `bigint` where the options asked for it. */
export type Counter = number | bigint;
