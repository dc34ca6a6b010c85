import { ipv4Text, ipv6Text } from "./address.ts";

/** An address and a port as the kernel's `%pISpc` prints them: `192.0.2.1:7001`, `[2001:db8::1]:7001`. */
export interface Endpoint {
  /** Canonical text of the address. */
  readonly address: string;
  readonly port: number;
}

/** The longest text of an address: eight groups whose last two are dotted. */
const LONGEST = 45;

/**
 * Canonical text of an address that the kernel printed as text: dotted, or IPv6 with or without `::`. The kernel shortens
 * IPv6 in some files only, so the same address has several spellings. `undefined` when the text is no address.
 */
export function addressText(text: string): string | undefined {
  if (text.length > LONGEST) return undefined;
  const word = ipv4Word(text);
  if (word !== undefined) return ipv4Text(word);
  const groups = ipv6Groups(text);
  if (groups === undefined) return undefined;
  const [a, b, c, d, e, f, g, h] = groups as [number, number, number, number, number, number, number, number];
  return ipv6Text((a << 16) | b, (c << 16) | d, (e << 16) | f, (g << 16) | h);
}

/** Splits what `%pISpc` prints; `undefined` when the text is no address with a port. */
export function endpoint(text: string): Endpoint | undefined {
  const colon = text.lastIndexOf(":");
  const bracketed = text.startsWith("[") && text[colon - 1] === "]";
  const host = bracketed ? text.slice(1, colon - 1) : text.slice(0, Math.max(colon, 0));
  const address = bracketed === host.includes(":") ? addressText(host) : undefined;
  const port = decimal(text.slice(colon + 1), 5);
  return address === undefined || port === undefined || port > 0xffff ? undefined : { address, port };
}

function decimal(text: string, digits: number): number | undefined {
  return text.length <= digits && /^[0-9]+$/.test(text) ? Number(text) : undefined;
}

function ipv4Word(text: string): number | undefined {
  const parts = text.split(".").map((part) => decimal(part, 3));
  if (parts.length !== 4) return undefined;
  let word = 0;
  for (const part of parts) {
    if (part === undefined || part > 255) return undefined;
    word = (word << 8) | part;
  }
  return word;
}

function ipv6Groups(text: string): number[] | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const shortened = halves.length === 2;
  const head = groupsOf(halves[0]!, !shortened);
  const tail = shortened ? groupsOf(halves[1]!, true) : [];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (shortened ? missing < 1 : missing !== 0) return undefined;
  return [...head, ...new Array<number>(missing).fill(0), ...tail];
}

/** Groups between colons; the last may be a dotted address when `atEnd`. */
function groupsOf(text: string, atEnd: boolean): number[] | undefined {
  if (text === "") return [];
  const groups: number[] = [];
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    const word = atEnd && index === parts.length - 1 ? ipv4Word(part) : undefined;
    if (word !== undefined) groups.push(word >>> 16, word & 0xffff);
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}
