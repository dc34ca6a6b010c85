import { addressText } from "../../codes/address-text.ts";
import type { Line } from "../../form/line.ts";

/** Addresses of one side of an association, and the one that data goes to or leaves from. */
export interface SctpAddresses {
  readonly addresses: readonly string[];
  readonly primary: string | undefined;
}

const ASTERISK = 0x2a;

/** The next token as an address in canonical text; the kernel prints all eight groups of IPv6. */
export function sctpAddress(line: Line, field: string): string {
  const text = line.word(field);
  return addressText(text) ?? line.fail(field, "an address");
}

/** Reads addresses up to the first token that cannot be one. An asterisk in front of an address marks the primary. */
export function sctpAddresses(line: Line, field: string): SctpAddresses {
  const addresses: string[] = [];
  let primary: string | undefined;
  while (line.more()) {
    const marked = line.bytes[line.at] === ASTERISK;
    const at = line.at;
    if (marked) line.at++;
    else if (!looksLikeAddress(line, field)) {
      line.at = at;
      break;
    }
    const address = sctpAddress(line, field);
    addresses.push(address);
    if (marked) primary = address;
  }
  return { addresses, primary };
}

/** Whether the next token has the dot or the colon that every address has, and no number. */
function looksLikeAddress(line: Line, field: string): boolean {
  const at = line.at;
  const text = line.word(field);
  line.at = at;
  return text.includes(".") || text.includes(":");
}
