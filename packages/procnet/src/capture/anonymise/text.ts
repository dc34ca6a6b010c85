import { parseAddressRange } from "../../codes/address-range.ts";
import type { ByteOrder } from "../../codes/byte-order.ts";
import type { AddressMap, Groups } from "./addresses.ts";

/*
 * Addresses in the forms that the tables have. Each gives the text of the address that stands for it, in the same form; a
 * text that has not that form comes back as it is.
 */

const HEX8 = /^[0-9A-Fa-f]{8}$/;
const HEX32 = /^[0-9A-Fa-f]{32}$/;
const DOTTED = /(?<![\w.])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\w.])/g;
const LONG = /(?<![\w:])(?:[0-9A-Fa-f]{4}:){7}[0-9A-Fa-f]{4}/g;
const MAC = /(?<![\w:])(?:[0-9A-Fa-f]{2}:){3,}[0-9A-Fa-f]{2}(?![\w:])/g;

/** Which of two ways addresses of IPv4 are mapped. */
export type Map4 = (word: number) => number;

/** `%08X` of a word in network order: the digits of each byte turned around on little-endian machines. */
export function hostHex4(text: string, order: ByteOrder, map: Map4): string {
  if (!HEX8.test(text)) return text;
  const word = map(inOrder(Number.parseInt(text, 16), order));
  return hex(inOrder(word, order), 8).toUpperCase();
}

/** Four such words. */
export function hostHex6(text: string, order: ByteOrder, addresses: AddressMap): string {
  if (!HEX32.test(text)) return text;
  const words = [0, 8, 16, 24].map((at) => inOrder(Number.parseInt(text.slice(at, at + 8), 16), order));
  const mapped = addresses.ipv6(words.flatMap((word) => [word >>> 16, word & 0xffff]));
  return wordsOf(mapped)
    .map((word) => hex(inOrder(word, order), 8))
    .join("")
    .toUpperCase();
}

/** Bytes in network order. */
export function netHex4(text: string, map: Map4): string {
  const prefix = text.startsWith("0x") ? "0x" : "";
  const digits = text.slice(prefix.length);
  if (!HEX8.test(digits)) return text;
  const mapped = hex(map(Number.parseInt(digits, 16)), 8);
  return prefix + (/[A-F]/.test(digits) ? mapped.toUpperCase() : mapped);
}

/** Bytes in network order. */
export function netHex6(text: string, addresses: AddressMap): string {
  if (!HEX32.test(text)) return text;
  return addresses
    .ipv6(groupsOf(text))
    .map((group) => hex(group, 4))
    .join("");
}

/** A hardware address without separators. */
export function hexMac(text: string, addresses: AddressMap): string {
  if (!/^(?:[0-9A-Fa-f]{2})+$/.test(text)) return text;
  return addresses
    .mac(pairs(text))
    .map((byte) => hex(byte, 2))
    .join("");
}

/** All addresses in a text as they are printed for people: dotted, in eight groups of four digits, and of hardware. */
export function printed(text: string, addresses: AddressMap, map: Map4): string {
  return text
    .replace(LONG, (long) => {
      const mapped = addresses.ipv6(groupsOf(long.replaceAll(":", "")));
      return mapped.map((group) => hex(group, 4)).join(":");
    })
    .replace(MAC, (mac) => {
      const bytes = addresses.mac(pairs(mac.replaceAll(":", "")));
      return bytes.map((byte) => hex(byte, 2)).join(":");
    })
    .replace(DOTTED, (dotted) => {
      const parts = dotted.split(".").map(Number);
      const mapped = map(parts.reduce((word, part) => word * 256 + part, 0) >>> 0);
      return [24, 16, 8, 0].map((shift) => (mapped >>> shift) & 0xff).join(".");
    });
}

/** An address of IPv6 in its short form. */
export function short6(text: string, addresses: AddressMap): string {
  const bytes = text.includes(":") ? parseAddressRange(text)?.bytes : undefined;
  if (bytes === undefined) return text;
  const groups = Array.from({ length: 8 }, (_, at) => (bytes[2 * at]! << 8) | bytes[2 * at + 1]!);
  const mapped = addresses.ipv6(groups).map((group) => group.toString(16));
  return mapped.join(":").replace(/(?:^|:)(?:0(?::|$)){2,}/, "::");
}

function groupsOf(digits: string): Groups {
  return Array.from({ length: 8 }, (_, at) => Number.parseInt(digits.slice(4 * at, 4 * at + 4), 16));
}

function wordsOf(groups: Groups): number[] {
  return [0, 2, 4, 6].map((at) => ((groups[at]! << 16) | groups[at + 1]!) >>> 0);
}

function pairs(digits: string): number[] {
  return Array.from({ length: digits.length / 2 }, (_, at) => Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16));
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}

function inOrder(word: number, order: ByteOrder): number {
  if (order === "BE") return word >>> 0;
  return (((word & 0xff) << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0;
}
