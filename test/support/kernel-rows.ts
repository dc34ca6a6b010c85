import * as fc from "fast-check";
import type { ByteOrder } from "../../packages/procnet/src/index.ts";

/** The values behind a row of an internet socket table, as the kernel has them before it prints them. */
export interface KernelRow {
  readonly sl: number;
  /** Addresses in the order of the network. */
  readonly local: readonly number[];
  readonly remote: readonly number[];
  readonly localPort: number;
  readonly remotePort: number;
  readonly state: number;
  readonly txQueue: number;
  readonly rxQueue: number;
  readonly timer: number;
  readonly expires: number;
  readonly retransmits: number;
  readonly uid: number;
  readonly probes: number;
  readonly inode: number;
  readonly refCount: number;
  readonly pointer: string;
  /** What follows the pointer; absent in the short rows. */
  readonly tail: readonly (number | string)[];
}

const edges = (max: number, ...more: number[]): fc.Arbitrary<number> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(0, 1, 9, 10, 255, 256, 65535, max, ...more.filter((edge) => edge <= max)) },
    fc.integer({ min: 0, max }),
  );

const U16 = 0xffff;
const S32 = 0x7fffffff;
const U32 = 0xffffffff;
const EXACT = Number.MAX_SAFE_INTEGER;
const word = edges(U32, 80, 0x80000000, 0x7fffffff);
const port = edges(U16, 80);
const idle = fc.constant(0);
const address = fc.oneof(
  fc.array(fc.nat(255), { minLength: 16, maxLength: 16 }),
  fc.array(fc.constantFrom(0, 255), { minLength: 16, maxLength: 16 }),
  fc.constantFrom(
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 192, 0, 2, 1],
  ),
);
const pointer = fc.constantFrom(
  "00000000979a9b83",
  "ffff88003e1c0000",
  "c7f0c040",
  "0000000000000000",
  "(____ptrval____)",
  "(ptrval)",
  "pK-error",
);
const extra = fc.oneof({ weight: 5, arbitrary: fc.constant([]) }, fc.constantFrom(["17"], ["new", "-1"]));

/** What TCP has behind the pointer: the five columns of full sockets, and columns of kernels to come. */
const tcpTail = fc
  .tuple(edges(S32), edges(S32), edges(U32), edges(U32), fc.oneof(fc.constant(-1), edges(S32)), extra)
  .map(([rto, ato, quick, cwnd, ssthresh, more]) => [rto, ato, quick, cwnd, ssthresh, ...more]);

/** What UDP has behind the pointer: the drops, which old kernels lack. */
const udpTail = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(edges(U32), extra).map(([drops, more]) => [drops, ...more]) },
  fc.constant([]),
);

/** Any row the kernel may print, and states it has not yet. */
export function kernelRow(isTcp: boolean): fc.Arbitrary<KernelRow> {
  const busy = fc.record({
    sl: fc.oneof(fc.nat(99), edges(S32)),
    local: address,
    remote: address,
    localPort: port,
    remotePort: port,
    state: fc.oneof(fc.integer({ min: 1, max: 13 }), fc.nat(255)),
    txQueue: word,
    rxQueue: word,
    timer: fc.oneof(fc.nat(4), fc.nat(255)),
    expires: edges(EXACT, U32, U32 + 1),
    retransmits: fc.nat(255),
    uid: edges(U32, 65534),
    probes: edges(S32),
    inode: edges(EXACT, 99999, 4294967296),
    refCount: edges(S32),
    pointer,
    tail: isTcp ? tcpTail : udpTail,
  });
  const quiet = fc.record({ txQueue: idle, rxQueue: idle, timer: idle, expires: idle, retransmits: idle });
  const ordinary = fc.oneof(
    busy,
    fc.tuple(busy, quiet).map(([row, still]) => ({ ...row, ...still })),
  );
  if (!isTcp) return ordinary;
  // Requests, time-wait, and FIN_WAIT2 with the timer of time-wait end at the pointer.
  const short = fc
    .tuple(busy, fc.constantFrom([3, 1], [6, 3], [5, 3]))
    .map(([row, [state, timer]]) => ({ ...row, state: state!, timer: timer!, tail: [] }));
  return fc.oneof({ weight: 3, arbitrary: ordinary }, short);
}

/** How a table is printed. */
export interface Layout {
  readonly digits: 8 | 32;
  readonly order: ByteOrder;
  readonly padded: boolean;
}

const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, "0");

/** The text of a table: `tcp4_seq_show` and its kin. */
export function inetText(name: string, rows: readonly KernelRow[], layout: Layout): string {
  const columns = "st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";
  const header = `  sl  local_address rem_address   ${columns}${name.startsWith("udp") ? " ref pointer drops" : ""}`;
  const width = !layout.padded ? 0 : name.startsWith("tcp") ? 149 : 127;
  return [header, ...rows.map((row) => rowText(row, layout))].map((line) => `${line.padEnd(width)}\n`).join("");
}

function rowText(row: KernelRow, layout: Layout): string {
  const queues = `${hex(row.txQueue, 8)}:${hex(row.rxQueue, 8)}`;
  const timer = `${hex(row.timer, 2)}:${hex(row.expires, 8)}`;
  return [
    `${String(row.sl).padStart(4)}:`,
    `${addressText(row.local, layout)}:${hex(row.localPort, 4)}`,
    `${addressText(row.remote, layout)}:${hex(row.remotePort, 4)}`,
    `${hex(row.state, 2)} ${queues} ${timer} ${hex(row.retransmits, 8)}`,
    `${String(row.uid).padStart(5)} ${String(row.probes).padStart(8)} ${row.inode} ${row.refCount} ${row.pointer}`,
    ...row.tail,
  ].join(" ");
}

/** Words of four bytes, each as a number of the machine that prints. IPv4 takes the first four bytes. */
function addressText(address: readonly number[], { digits, order }: Layout): string {
  let text = "";
  for (let at = 0; at < digits / 2; at += 4) {
    const bytes = address.slice(at, at + 4);
    if (order === "LE") bytes.reverse();
    text += bytes.map((byte) => hex(byte, 2)).join("");
  }
  return text;
}
