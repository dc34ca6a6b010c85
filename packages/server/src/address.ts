import { isIP } from "node:net";

/** Where to listen. */
export interface ListenAddress {
  /** An address, without brackets. */
  readonly address: string;
  /** 0 for one that is free. */
  readonly port: number;
}

/** Reads `ADDRESS:PORT`: `127.0.0.1:9909`, `[::1]:9909`, `0.0.0.0:0`. Throws a `TypeError` that says what is wrong. */
export function listenAddressOf(text: string): ListenAddress {
  const [, bracketed, plain, digits] = /^(?:\[([^\]]*)\]|([^:]*)):(\d{1,5})$/.exec(text) ?? [];
  const address = bracketed ?? plain ?? "";
  const port = Number(digits);
  if (isIP(address) !== (bracketed === undefined ? 4 : 6) || !(port <= 65_535))
    throw new TypeError(`${JSON.stringify(text)} is no address to listen on: 127.0.0.1:9909, [::1]:9909`);
  return { address, port };
}

/** Whether only this machine can reach it: 127.0.0.0/8 and ::1. */
export function isLoopback(address: string): boolean {
  return address === "::1" || address.startsWith("127.");
}

/** An address as it stands in a URL. */
export function urlHost(address: string): string {
  return isIP(address) === 6 ? `[${address}]` : address;
}

/** Without the zone of an interface, and one of IPv4 as such: a socket for both has them as `::ffff:192.0.2.1`. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/, "").replace(/%.*$/, "");
}
