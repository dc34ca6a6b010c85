import { eachLine } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import { counterOf } from "../../form/line-counters.ts";
import type { Counter, CounterOf, ExactOptions, ParseOptions } from "../../form/options.ts";
import { counterTable, type TextTable } from "../../form/table.ts";

/*
 * /proc/net/can-bcm/<inode of the socket>: bcm_proc_show (net/can/bcm.c). A blank line ends it.
 *
 *   >>> socket 00000000cb627637 / sk 00000000afdf543a / bo 00000000afdf543a / dropped 0 / bound vcan0 <<<
 *   rx_op: 123 vcan0 [1]d timeo=500000 thr=100 # recv 3 (10) => reduction: 70%
 *   tx_op: 321 vcan0 (2) t1=1000 t2=20000 # sent 17
 *
 * Only receive operations that have seen a frame are listed. Times are microseconds.
 */

/** What a job of the broadcast manager has in both directions. */
export interface CanBcmOp {
  /** Identifier, with the bits of `CanIdFlags`. */
  readonly canId: number;
  /** Interface; `any` for all, `???` when it is gone. */
  readonly device: string;
  /** Frames that the job holds. */
  readonly frames: number;
  /** Whether they are CAN FD frames. */
  readonly fd: boolean;
  /** Settings in the row by the kernel's names, microseconds: `timeo` and `thr`, or `t1` and `t2`; only those set. */
  readonly settings: Readonly<Record<string, number>>;
}

/** A job that watches for frames. */
export interface CanBcmRxOp<Value extends Counter = number> extends CanBcmOp {
  /** Whether the length is compared too. */
  readonly checkLength: boolean;
  /** Frames handed on to the socket. */
  readonly received: Value;
  /** Frames seen. */
  readonly seen: Value;
  /** How many of the frames seen were not handed on, percent. */
  readonly reduction: number;
}

/** A job that sends frames. */
export interface CanBcmTxOp<Value extends Counter = number> extends CanBcmOp {
  /** Frames sent. */
  readonly sent: Value;
}

/** A socket of the broadcast manager: the text of `/proc/net/can-bcm/<inode>`. */
export interface CanBcm<Value extends Counter = number> {
  /** Opaque pointer of the socket. */
  readonly socket: string;
  /** Opaque pointer of the kernel's `sock`. */
  readonly sk: string;
  /** Opaque pointer of the kernel's `bcm_sock`. */
  readonly bo: string;
  /** Messages that the socket had no room for. */
  readonly dropped: Value;
  /** Interface the socket is bound to; `any` for all, `???` when it is gone. */
  readonly bound: string;
  /** What it waits to receive. */
  readonly rxOps: readonly CanBcmRxOp<Value>[];
  /** What it sends by itself. */
  readonly txOps: readonly CanBcmTxOp<Value>[];
}

/**
 * A socket of the broadcast manager: the text of `/proc/net/can-bcm/*`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { canBcm } from "procnet/tables";
 * console.log(read(canBcm, { name: "can-bcm/eth0" }));
 * ```
 */
export const canBcm: TextTable<"can-bcm/*", CanBcm | undefined, CanBcm<bigint> | undefined> = counterTable(
  { name: "can-bcm/*", needs: "CONFIG_CAN_BCM, module can-bcm", since: "2.6.25" },
  { parse },
);

/**
 * Parses the text of `/proc/net/can-bcm/<inode>`; `undefined` when it is empty.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad line, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseCanBcm } from "procnet/parse";
 * parseCanBcm(bytes)?.txOps.map((job) => job.canId.toString(16));
 * ```
 */
export function parseCanBcm<Exact extends boolean = false>(
  text: Uint8Array,
  options?: ExactOptions<Exact>,
): CanBcm<CounterOf<Exact>> | undefined;
export function parseCanBcm(text: Uint8Array, options: ParseOptions = {}): CanBcm<Counter> | undefined {
  return canBcm.parse(text, options);
}

function parse(text: Uint8Array, options: ParseOptions): CanBcm<Counter> | undefined {
  const bigint = options.bigint === true;
  let head: Omit<CanBcm<Counter>, "rxOps" | "txOps"> | undefined;
  const rxOps: CanBcmRxOp<Counter>[] = [];
  const txOps: CanBcmTxOp<Counter>[] = [];
  eachLine(
    text,
    options,
    (line) => {
      const first = line.word("line");
      if (first === ">>>") head = headOf(line, bigint);
      else if (first === "rx_op:") rxOps.push(rxOp(line, bigint));
      else if (first === "tx_op:") txOps.push(txOp(line, bigint));
      else line.fail("line", "what a line of this file begins with");
    },
    { blanks: "usual" },
  );
  return head === undefined ? undefined : { ...head, rxOps, txOps };
}

/** Reads words that are the same in every row. */
function expect(line: Line, ...words: string[]): void {
  for (const word of words) if (line.word(word) !== word) line.fail(word, `"${word}"`);
}

function headOf(line: Line, bigint: boolean): Omit<CanBcm<Counter>, "rxOps" | "txOps"> {
  expect(line, "socket");
  const socket = line.word("socket");
  expect(line, "/", "sk");
  const sk = line.word("sk");
  expect(line, "/", "bo");
  const bo = line.word("bo");
  expect(line, "/", "dropped");
  const dropped = counterOf(line, "dropped", bigint);
  expect(line, "/", "bound");
  const bound = line.word("bound");
  expect(line, "<<<");
  return { socket, sk, bo, dropped, bound };
}

function rxOp(line: Line, bigint: boolean): CanBcmRxOp<Counter> {
  const { checkLength, ...op } = opOf(line);
  expect(line, "recv");
  const received = counterOf(line, "recv", bigint);
  const seen = wrapped(line, "frames", /^\((-?[0-9]{1,19})\)$/);
  expect(line, "=>", "reduction:");
  if (line.word("reduction") !== "near") line.at = line.tokenStart;
  const reduction = wrapped(line, "reduction", /^(-?[0-9]{1,15})%$/);
  return { ...op, checkLength, received, seen: bigint ? seen : Number(seen), reduction: Number(reduction) };
}

/** The digits in the next token. */
function wrapped(line: Line, field: string, form: RegExp): bigint {
  const digits = form.exec(line.word(field))?.[1] ?? "-0";
  const value = BigInt(digits);
  if (digits === "-0" || BigInt.asIntN(64, value) !== value)
    line.fail(field, "a number in its brackets or with its sign");
  return value;
}

function txOp(line: Line, bigint: boolean): CanBcmTxOp<Counter> {
  const { checkLength: _, ...op } = opOf(line);
  expect(line, "sent");
  return { ...op, sent: counterOf(line, "sent", bigint) };
}

function opOf(line: Line): CanBcmOp & { readonly checkLength: boolean } {
  const canId = line.hex32("can_id");
  const device = line.word("device");
  const frames = /^([[(])([0-9]{1,10})[\])](d?)$/.exec(line.word("frames")) ?? line.fail("frames", "[n] or (n)");
  const settings: [string, number][] = [];
  for (let token = line.word("#"); token !== "#"; token = line.word("#")) {
    const [name = "", value = ""] = token.split("=", 2);
    if (!/^[0-9]{1,15}$/.test(value)) line.fail(name, "name=microseconds");
    settings.push([name, Number(value)]);
  }
  return {
    canId,
    device,
    frames: Number(frames[2]),
    fd: frames[1] === "(",
    settings: Object.fromEntries(settings),
    checkLength: frames[3] === "d",
  };
}
