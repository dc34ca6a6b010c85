import { COLON, SPACE } from "../../../bytes/ascii.ts";
import { decimalSpan } from "../../../bytes/decimal.ts";
import { hexSpan, isHex } from "../../../bytes/hex.ts";
import { latin1 } from "../../../bytes/strings.ts";
import type { Line } from "../../../form/line.ts";

/** What `%pK` prints in place of a pointer before its hash key exists. */
const NO_POINTER: ReadonlySet<string> = /* @__PURE__ */ new Set(["(____ptrval____)", "(ptrval)", "pK-error"]);

/** The numbers of a row, reused from row to row, and where its path is. */
export class UnixColumns {
  refCount = 0;
  protocol = 0;
  flags = 0;
  type = 0;
  state = 0;
  inode = 0;
  /** Where the path begins; -1 when the socket has no name. It ends with the line. */
  pathStart = -1;

  /**
   * Reads the line; false when it has not the form of a row: `%pK: %08X %08X %08X %04X %02X %5lu`, then nothing, or one
   * blank and the path.
   */
  read(line: Line): boolean {
    if (!pointer(line)) return false;
    this.refCount = hexColumn(line, 8);
    this.protocol = hexColumn(line, 8);
    this.flags = hexColumn(line, 8);
    this.type = hexColumn(line, 4);
    this.state = hexColumn(line, 2);
    if (this.refCount < 0 || this.protocol < 0 || this.flags < 0 || this.type < 0 || this.state < 0) return false;
    if (!line.more()) return false;
    line.next("Inode");
    this.inode = decimalSpan(line.bytes, line.tokenStart, line.tokenEnd);
    const named = line.at < line.end && line.bytes[line.at] === SPACE;
    this.pathStart = named ? line.at + 1 : -1;
    return this.inode >= 0 && (named || line.at === line.end);
  }
}

/** Whether the line begins with a pointer and a colon; reads over them. */
function pointer(line: Line): boolean {
  if (line.start === line.end || line.bytes[line.start] === SPACE || !line.more()) return false;
  line.next("Num");
  const { bytes, tokenStart } = line;
  const end = line.tokenEnd - 1;
  if (bytes[end] !== COLON || end - tokenStart > 16) return false;
  return (end - tokenStart >= 8 && isHex(bytes, tokenStart, end)) || NO_POINTER.has(latin1(bytes, tokenStart, end));
}

/**
 * The next token as hexadecimal of this many digits, one blank in front of it; negative when it is not. What is printed has 32,
 * 16 and 8 bits, so more digits are none of the kernel's.
 */
function hexColumn(line: Line, digits: number): number {
  const start = line.at + 1;
  if (line.bytes[line.at] !== SPACE || !line.more() || line.at !== start) return -1;
  line.next("column");
  return line.tokenEnd - line.tokenStart !== digits ? -1 : hexSpan(line.bytes, line.tokenStart, line.tokenEnd);
}
