import { COLON } from "../../../bytes/ascii.ts";
import { decimalSpan } from "../../../bytes/decimal.ts";
import { hexCounterSpan, hexSpan } from "../../../bytes/hex.ts";
import { type ByteOrder, HOST_BYTE_ORDER } from "../../../codes/byte-order.ts";
import type { Line } from "../../../form/line.ts";
import type { ParseOptions } from "../../../form/options.ts";
import { byteIn } from "../../../form/token.ts";
import type { InetAddresses } from "./inet-address.ts";
import type { InetColumns, InetFormat } from "./inet-format.ts";
import { type InetSocketEntry, stateName } from "./inet-row.ts";

/** A row read token by token: any width, and errors that name the column. */
export function inetRow<Row extends InetSocketEntry>(line: Line, format: InetFormat<Row>, options: ParseOptions): Row {
  const columns = inetColumns(line, format.addresses, options.byteOrder ?? HOST_BYTE_ORDER);
  const row = format.build(...columns, ...format.readTail(line, columns[4], columns[7]));
  return line.more() ? { ...row, ...line.extra() } : row;
}

function inetColumns(line: Line, addresses: InetAddresses, byteOrder: ByteOrder): InetColumns {
  line.next("sl");
  const numbered = line.bytes[line.tokenEnd - 1] === COLON;
  if (!numbered || Number.isNaN(decimalSpan(line.bytes, line.tokenStart, line.tokenEnd - 1))) {
    line.fail("sl", "a row number and a colon");
  }
  line.next("local_address");
  const localAddress = address(line, "local_address", addresses, byteOrder);
  const localPort = port(line, "local_address");
  line.next("rem_address");
  const remoteAddress = address(line, "rem_address", addresses, byteOrder);
  const remotePort = port(line, "rem_address");
  const state = stateCode(line);
  line.next("tx_queue");
  const txQueue = beforeColon(line, "tx_queue");
  const rxQueue = afterColon(line, "rx_queue");
  line.next("tr");
  const timer = beforeColon(line, "tr");
  const timerExpires = afterColon(line, "tm->when");
  const retransmits = line.hex("retrnsmt");
  const uid = line.unsigned32("uid"); // Linux before 3.11 prints uids from 2^31 on as negative numbers
  const probes = line.decimal("timeout");
  const inode = line.decimal("inode");
  const refCount = line.decimal("ref");
  line.next("pointer");
  return [
    localAddress,
    localPort,
    remoteAddress,
    remotePort,
    stateName(state),
    txQueue,
    rxQueue,
    timer,
    timerExpires,
    retransmits,
    uid,
    probes,
    inode,
    refCount,
  ];
}

function stateCode(line: Line): number {
  const state = line.hex("st");
  if (state > 0xff) line.fail("st", "a state of two hexadecimal digits");
  return state;
}

/** Index of the colon in the token. */
function colon(line: Line, field: string): number {
  const at = byteIn(line, COLON);
  if (at < 0) line.fail(field, "two hexadecimal numbers with a colon between");
  return at;
}

function port(line: Line, field: string): number {
  const value = afterColon(line, field);
  return value > 0xffff ? line.fail(field, "an address and a port of 16 bits") : value;
}

function beforeColon(line: Line, field: string): number {
  const value = hexSpan(line.bytes, line.tokenStart, colon(line, field));
  return value < 0 ? line.fail(field, "a hexadecimal number") : value;
}

function afterColon(line: Line, field: string): number {
  // Some kernels print a time that is over as a negative number of 64 bits.
  const value = hexCounterSpan(line.bytes, colon(line, field) + 1, line.tokenEnd);
  return value < 0 ? line.fail(field, "a hexadecimal number") : value;
}

function address(line: Line, field: string, { digits, textOf }: InetAddresses, byteOrder: ByteOrder): string {
  const start = line.tokenStart;
  if (colon(line, field) - start !== digits) line.fail(field, `an address of ${digits} hexadecimal digits and a port`);
  return textOf((index) => {
    const value = hexSpan(line.bytes, start + index * 8, start + index * 8 + 8);
    return value < 0 ? line.fail(field, "hexadecimal") : value;
  }, byteOrder);
}
