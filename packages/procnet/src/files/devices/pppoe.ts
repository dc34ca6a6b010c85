import { HOST_BYTE_ORDER } from "../../codes/byte-order.ts";
import { lineForm, parseRows } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";

/*
 * /proc/net/pppoe: pppoe_seq_show (drivers/net/ppp/pppoe.c).
 *
 *   Id       Address              Device
 *   00001200 02:00:00:00:00:01     eth0
 *
 * The id is 16 bits in network order printed as a native number: session 0x12 of a little-endian machine.
 */

/** A PPP over Ethernet session: a row of `/proc/net/pppoe`. */
export interface Pppoe {
  /** Session id as it is on the wire. */
  readonly sessionId: number;
  /** Hardware address of the peer, lower-case hexadecimal with colons. */
  readonly address: string;
  /** Ethernet device that carries the session. */
  readonly device: string;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** Rows of `/proc/net/pppoe`. */
export type PppoeRows = Pppoe[];

/**
 * Sockets of PPP over Ethernet: rows of `/proc/net/pppoe`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { pppoe } from "procnet/tables";
 * read(pppoe).map(({ sessionId, device }) => [sessionId, device]);
 * ```
 */
export const pppoe: RowTable<"pppoe", Pppoe> = table(
  { name: "pppoe", needs: "CONFIG_PPPOE, module pppoe" },
  lineForm(["Id "], pppoeRow),
);

/**
 * Parses the text of `/proc/net/pppoe`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parsePppoe } from "procnet/parse";
 * parsePppoe(bytes).map(({ sessionId, device }) => [sessionId, device]);
 * ```
 */
export function parsePppoe(text: Uint8Array, options: ParseOptions = {}): PppoeRows {
  return parseRows(pppoe, text, options);
}

function pppoeRow(line: Line, options: ParseOptions): Pppoe {
  const id = line.hex("Id");
  if (id > 0xffff) line.fail("Id", "a hexadecimal number of 16 bits");
  const swap = (options.byteOrder ?? HOST_BYTE_ORDER) === "LE";
  return {
    sessionId: swap ? ((id & 0xff) << 8) | (id >>> 8) : id,
    address: line.word("Address"),
    device: line.word("Device"),
    ...line.extra(),
  };
}
