import { parseRows } from "../../form/forms.ts";
import { type Cells, headerForm, type UnknownColumns } from "../../form/header-form.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/protocols: proto_seq_show (net/core/sock.c).
 *
 *   protocol  size sockets  memory press maxhdr  slab module     cl co di ac io in de sh ss gs se re bi br ha uh gp em
 *   UNIX-STREAM 1152     54      -1   NI       0   yes  kernel      y  n  n  n  n  n  n  n  n  n  n  n  n  n  n  n  n  n
 *
 * Read by the names in the header: `sp`, in the middle, went away with Linux 6.5.
 */

/** What a protocol implements; a method of which the header says nothing is absent. */
export interface ProtocolMethods {
  /** Closing a socket. */
  readonly close?: boolean;
  /** Connecting. */
  readonly connect?: boolean;
  /** Ending a connection. */
  readonly disconnect?: boolean;
  /** Taking a connection. */
  readonly accept?: boolean;
  /** Its own `ioctl`. */
  readonly ioctl?: boolean;
  /** Setting up a new socket. */
  readonly init?: boolean;
  /** Taking a socket down. */
  readonly destroy?: boolean;
  /** Ending one direction. */
  readonly shutdown?: boolean;
  /** Its own options, set. */
  readonly setsockopt?: boolean;
  /** Its own options, read. */
  readonly getsockopt?: boolean;
  /** Sending. */
  readonly sendmsg?: boolean;
  /** Receiving. */
  readonly recvmsg?: boolean;
  /** Up to Linux 6.4. */
  readonly sendpage?: boolean;
  /** Its own way of binding. */
  readonly bind?: boolean;
  /** Taking packets that waited for the socket. */
  readonly backlogRcv?: boolean;
  /** Entering a socket in the table of those that receive. */
  readonly hash?: boolean;
  /** Removing a socket from that table. */
  readonly unhash?: boolean;
  /** Choosing or reserving a port. */
  readonly getPort?: boolean;
  /** Saying that memory is short. */
  readonly enterMemoryPressure?: boolean;
}

/** A row of `/proc/net/protocols`: a family or protocol of sockets that the kernel knows. */
export interface ProtocolEntry extends UnknownColumns {
  /** Name, such as `TCPv6`, `UDP-Lite` or `UNIX-STREAM`; modules can repeat one. */
  readonly protocol: string;
  /** Bytes of one socket. */
  readonly size: number;
  /** Sockets now open in this network namespace. */
  readonly sockets: number;
  /** Pages of memory in use by all sockets of the machine; -1 when the protocol does not count them. */
  readonly memory: number;
  /** Whether the protocol is short of memory; the kernel's column `press`. Absent when it cannot tell (`NI`). */
  readonly pressure: boolean | undefined;
  /** Longest header, bytes; 0 when unset. The kernel's column `maxhdr`. */
  readonly maxHeader: number;
  /** Whether its sockets have a slab cache of their own. */
  readonly slab: boolean;
  /** Module it lives in, `kernel` when built in. */
  readonly module: string;
  /** Methods it implements. */
  readonly methods: ProtocolMethods;
}

/** Rows of `/proc/net/protocols`. */
export type ProtocolEntries = ProtocolEntry[];

/**
 * Kinds of sockets that the kernel knows: rows of `/proc/net/protocols`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { protocols } from "procnet/tables";
 * const inUse = read(protocols).filter((entry) => entry.sockets > 0);
 * ```
 */
export const protocols: RowTable<"protocols", ProtocolEntry> = table(
  { name: "protocols", needs: "CONFIG_NET" },
  headerForm("protocol", protocolRow),
);

/**
 * Parses the text of `/proc/net/protocols`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseProtocols } from "procnet/parse";
 * const inUse = parseProtocols(bytes).filter((entry) => entry.sockets > 0);
 * ```
 */
export function parseProtocols(text: Uint8Array, options: ParseOptions = {}): ProtocolEntries {
  return parseRows(protocols, text, options);
}

/** Methods by their columns. */
const METHODS: ReadonlyMap<string, keyof ProtocolMethods> = /* @__PURE__ */ new Map<string, keyof ProtocolMethods>([
  ["cl", "close"],
  ["co", "connect"],
  ["di", "disconnect"],
  ["ac", "accept"],
  ["io", "ioctl"],
  ["in", "init"],
  ["de", "destroy"],
  ["sh", "shutdown"],
  ["ss", "setsockopt"],
  ["gs", "getsockopt"],
  ["se", "sendmsg"],
  ["re", "recvmsg"],
  ["sp", "sendpage"],
  ["bi", "bind"],
  ["br", "backlogRcv"],
  ["ha", "hash"],
  ["uh", "unhash"],
  ["gp", "getPort"],
  ["em", "enterMemoryPressure"],
]);

function protocolRow(cells: Cells): ProtocolEntry {
  return {
    protocol: cells.word("protocol"),
    size: cells.decimal("size"),
    sockets: cells.signed("sockets"),
    memory: cells.signed("memory"),
    pressure: cells.word("press") === "NI" ? undefined : choice(cells, "press", "yes", "no"),
    maxHeader: cells.decimal("maxhdr"),
    slab: choice(cells, "slab", "yes", "no"),
    module: cells.word("module"),
    methods: methods(cells),
    ...cells.rest(),
  };
}

function methods(cells: Cells): ProtocolMethods {
  const found: { -readonly [Name in keyof ProtocolMethods]: boolean } = {};
  for (const [column, method] of METHODS) if (cells.has(column)) found[method] = choice(cells, column, "y", "n");
  return found;
}

function choice(cells: Cells, column: string, yes: string, no: string): boolean {
  const word = cells.word(column);
  return word === yes || (word !== no && cells.line.fail(column, `${yes} or ${no}`));
}
