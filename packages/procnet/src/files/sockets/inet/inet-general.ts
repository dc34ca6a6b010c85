import { COLON } from "../../../bytes/ascii.ts";
import { decimalSpan } from "../../../bytes/decimal.ts";
import { hexCounterSpan, hexSpan } from "../../../bytes/hex.ts";
import type { ByteOrder } from "../../../codes/byte-order.ts";
import type { Line } from "../../../form/line.ts";
import { byteIn } from "../../../form/token.ts";
import { type InetSocketEntry, inetAddress4, inetAddress6, stateName } from "./inet-row.ts";

/** The columns all families share, read token by token: any width, and errors that name the column. */
export function inetColumns(line: Line, addressDigits: 8 | 32, byteOrder: ByteOrder): InetSocketEntry {
  line.next("sl");
  const numbered = line.bytes[line.tokenEnd - 1] === COLON;
  if (!numbered || Number.isNaN(decimalSpan(line.bytes, line.tokenStart, line.tokenEnd - 1))) {
    line.fail("sl", "a row number and a colon");
  }
  line.next("local_address");
  const localAddress = address(line, "local_address", addressDigits, byteOrder);
  const localPort = port(line, "local_address");
  line.next("rem_address");
  const remoteAddress = address(line, "rem_address", addressDigits, byteOrder);
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
  return {
    localAddress,
    localPort,
    remoteAddress,
    remotePort,
    state: stateName(state),
    txQueue,
    rxQueue,
    timer,
    timerExpires,
    retransmits,
    uid,
    probes,
    inode,
    refCount,
  };
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

function address(line: Line, field: string, digits: 8 | 32, byteOrder: ByteOrder): string {
  const start = line.tokenStart;
  if (colon(line, field) - start !== digits) line.fail(field, `an address of ${digits} hexadecimal digits and a port`);
  const word = (index: number): number => {
    const value = hexSpan(line.bytes, start + index * 8, start + index * 8 + 8);
    return value < 0 ? line.fail(field, "hexadecimal") : value;
  };
  if (digits === 8) return inetAddress4(word(0), byteOrder);
  return inetAddress6(word(0), word(1), word(2), word(3), byteOrder);
}
