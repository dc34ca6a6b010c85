import { BlockList, isIP } from "node:net";
import type { Services } from "./parser.ts";

/** An address, a range of them or any, and a port if one was given. */
export interface Host {
  readonly range: BlockList | undefined;
  readonly port: number | undefined;
}

/** Reads `10.0.0.0/8`, `192.0.2.1:443`, `[2001:db8::1]:443`, `::1`, `*:22`, `:22`; a text says what is wrong with it. */
export function hostOf(text: string, services: Services): Host | string {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text);
  if (bracketed) return hostAndPort(bracketed[1]!, bracketed[2], services);
  if (isIP(text.split("/", 1)[0]!) === 6) return hostAndPort(text, undefined, services);
  const colon = text.lastIndexOf(":");
  if (colon < 0) return hostAndPort(text, undefined, services);
  return hostAndPort(text.slice(0, colon), text.slice(colon + 1), services);
}

function hostAndPort(address: string, service: string | undefined, services: Services): Host | string {
  const port = service === undefined || service === "*" ? undefined : portOf(service, services);
  if (typeof port === "string") return port;
  if (address === "" || address === "*") return { range: undefined, port };
  const range = rangeOf(address);
  return typeof range === "string" ? range : { range, port };
}

function rangeOf(text: string): BlockList | string {
  const [address = "", length, ...rest] = text.split("/");
  if (address.includes("%") && isIP(address) === 6) {
    return `"${text}": procfs does not tell the interface of an address, so leave out the % and what follows`;
  }
  const family = isIP(address);
  if (family === 0 || rest.length > 0) {
    return `"${text}" is no address: write it like 192.0.2.1, 10.0.0.0/8 or [2001:db8::1]:443; names are not looked up`;
  }
  const bits = family === 4 ? 32 : 128;
  if (length !== undefined && (!/^\d{1,3}$/.test(length) || Number(length) > bits)) {
    return `"/${length}" is no length of a prefix: 0 to ${bits}`;
  }
  const list = new BlockList();
  const type = family === 4 ? "ipv4" : "ipv6";
  if (length === undefined) list.addAddress(address, type);
  else list.addSubnet(address, Number(length), type);
  return list;
}

/** A number up to 65535, or the name of a service; a text says what is wrong with it. */
export function portOf(text: string, services: Services): number | string {
  if (/^\d+$/.test(text)) {
    return Number(text) <= 0xffff ? Number(text) : `a port is 0 to 65535, not ${text}`;
  }
  return services.portOfService(text) ?? `"${text}" is no port, and no service of /etc/services`;
}
