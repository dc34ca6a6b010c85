import { COLON, NINE, SPACE, ZERO } from "../../../bytes/ascii.ts";
import { Cursor } from "../../../bytes/cursor.ts";
import { TcpState } from "../../../codes/tcp-state.ts";

/*
 * Listeners come first in tcp and tcp6 where Linux itself prints them: tcp_seq_start (net/ipv4/tcp_ipv4.c) goes through the
 * table of listeners before that of connections, and holds the lock of what it is in, so that no listener leaves it half way.
 * Others that print these files do not: gVisor goes through a map of all sockets (commonGenerateTCP), LX zones of illumos
 * through a hash of them (lxpr_format_tcp), and a copy may have been edited. So reading ends early only where two things hold:
 *
 * - The file that was opened is one that Linux made: see linux-file.ts. Nothing in the text can stand for that.
 * - The text is one that Linux prints and the others do not, which is looked at here. It keeps apart what may one day answer
 *   to the first question as Linux does.
 */

/** Characters of a line of `tcp`: TMPSZ - 1. The lines of `tcp6` are not padded. */
const WIDTH4 = 149;

/** Bytes from the colon of `sl` to the column `uid`, the addresses aside. */
const TO_UID = 56;

/** Says where the listeners at the head of a file end, while that is not yet known not to be so. */
export class ListenersEnd {
  private isFromLinux: (() => boolean) | undefined;

  constructor(isFromLinux: (() => boolean) | undefined) {
    this.isFromLinux = isFromLinux;
  }

  /** Whether no listener can come behind this row, which is none: see {@link isPrintedByLinux}. What leaves a doubt says that one can. */
  isAt(bytes: Uint8Array, at: number, end: number, addressDigits: 8 | 32, index: number, state: number): boolean {
    const { isFromLinux } = this;
    if (isFromLinux === undefined || !endsListeners(state)) return false;
    if (!isPrintedByLinux(bytes, at, end, addressDigits, index)) return false;
    this.isFromLinux = undefined; // it is true for the whole file, or for none of it
    return isFromLinux();
  }
}

/**
 * Whether a row in this state ends the listeners at the head of the file. Up to Linux 4.3 the connection requests of a
 * listener (`SYN_RECV`) follow it, so they end nothing.
 */
function endsListeners(state: number): boolean {
  return state !== TcpState.LISTEN && state !== TcpState.SYN_RECV;
}

/**
 * Whether the row of a connection in `bytes[at, end)`, the `index`-th of its file, is printed as Linux does it: padded to its
 * width, numbered from 0 without a gap (gVisor prints numbers of its own, LX begins at 1), and either short, as
 * get_timewait4_sock prints it, or with a congestion window, which is never 0 (the others have none, and print 0).
 */
export function isPrintedByLinux(
  bytes: Uint8Array,
  at: number,
  end: number,
  addressDigits: 8 | 32,
  index: number,
): boolean {
  if (addressDigits === 8 && end - at !== WIDTH4) return false;
  let colon = at;
  let number = 0;
  for (let byte = bytes[colon]!; byte !== COLON && colon < end; byte = bytes[++colon]!) {
    if (byte === SPACE) continue;
    if (byte < ZERO || byte > NINE) return false;
    number = number * 10 + (byte - ZERO);
  }
  if (number !== index) return false;
  const cursor = new Cursor();
  cursor.at = colon + 2 * addressDigits + TO_UID;
  for (let column = 0; column < 4; column++) if (cursor.decimal(bytes) < 0) return false;
  if (!cursor.skipToken(bytes)) return false; // the pointer
  if (cursor.atLineEnd(bytes)) return true;
  for (let column = 0; column < 3; column++) if (cursor.decimal(bytes) < 0) return false;
  return cursor.decimal(bytes) > 0;
}
