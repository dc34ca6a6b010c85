import { type AddressRange, isMappedRange, parseAddressRange } from "../codes/address-range.ts";

/** What names in a filter mean on some machine. */
export interface FilterNames {
  /** The port of a service: 443 for `https`; `undefined` where there is none of that name. */
  readonly portOfService?: (name: string) => number | undefined;
  /** The addresses of a host, of both families. */
  readonly addressesOf?: (name: string) => readonly string[];
}

/** Addresses or any, of a family or both, and a port if one was given. */
export interface Host {
  readonly family: 4 | 6 | undefined;
  readonly isImplied?: true;
  readonly ranges: readonly AddressRange[] | undefined;
  readonly port: number | undefined;
}

/** A text that says what is wrong. */
type Problem = string;

const FAMILIES = { inet: 4, inet6: 6 } as const;
/** Words of ss(8) for any address. */
const ANY = ["", "*", "any", "all", "default"];

/** Reads `10/8`, `192.0.2.1:443`, `[2001:db8::1]:443`, `::1`, `*:22`, `:22`, `inet6:[::1]`, `localhost:http`. */
export function hostOf(text: string, names: FilterNames): Host | Problem {
  const [, name = "", rest = text] = /^(inet6?|link|netlink|vsock):(.*)$/.exec(text) ?? [];
  if (name !== "" && !Object.hasOwn(FAMILIES, name)) {
    return `"${name}:" is no family whose addresses procfs tells: there are inet:, inet6: and unix:`;
  }
  const family = name === "" ? undefined : FAMILIES[name as keyof typeof FAMILIES];
  const parts = partsOf(rest);
  if (parts === undefined) return `"${text}" is no address: a bracket is not closed`;
  const port = parts.port === undefined ? undefined : portOf(parts.port, names);
  if (typeof port === "string") return port;
  if (ANY.includes(parts.address)) return { family, ranges: undefined, port };
  const ranges = rangesOf(parts.address, family, names);
  if (typeof ranges === "string") return ranges;
  // Written as one of IPv6, a mapped address is none of IPv4: inet2_addr_match of ss(8).
  const isMapped = parts.address.includes(":") && ranges.every(isMappedRange);
  return isMapped && family === undefined ? { family: 6, isImplied: true, ranges, port } : { family, ranges, port };
}

function partsOf(text: string): { readonly address: string; readonly port: string | undefined } | undefined {
  if (text.startsWith("[")) {
    const [, address, length = "", port] = /^\[([^\]]*)\](\/[^:]*)?(?::(.*))?$/.exec(text) ?? [];
    return address === undefined ? undefined : { address: address + length, port };
  }
  if (isZonedIpv6(text.split("/", 1)[0]!)) return { address: text, port: undefined };
  const colon = text.lastIndexOf(":");
  return colon < 0
    ? { address: text, port: undefined }
    : { address: text.slice(0, colon), port: text.slice(colon + 1) };
}

function rangesOf(text: string, family: Host["family"], names: FilterNames): readonly AddressRange[] | Problem {
  const [address = "", length, ...rest] = text.split("/");
  if (address.includes("%") && isZonedIpv6(address)) {
    return `"${text}": procfs does not tell the interface of an address, so leave out the % and what follows`;
  }
  const whole = wholeAddress(address, length !== undefined);
  const kind = familyOf(whole);
  if (rest.length > 0 || (kind === undefined && length !== undefined)) return noAddress(text, names);
  if (kind === undefined) return hostRanges(text, family, names);
  if (family !== undefined && kind !== family) return `"${text}" is no address of IPv${family}`;
  if (length === undefined) return [parseAddressRange(whole)!];
  const bits = kind === 4 && length.includes(".") ? bitsOfMask(length) : length;
  const range = parseAddressRange(`${whole}/${bits}`);
  return range === undefined ? `"/${length}" is no length of a prefix: 0 to ${kind === 4 ? 32 : 128}` : [range];
}

/** The family of an address in text; `undefined` for what is none, also with a zone. */
function familyOf(text: string): 4 | 6 | undefined {
  if (text.includes("/") || parseAddressRange(text) === undefined) return undefined;
  return text.includes(":") ? 6 : 4;
}

/** Whether it is an address of IPv6, also of an interface: `fe80::1%eth0`. */
function isZonedIpv6(text: string): boolean {
  return familyOf(text.replace(/%.+$/, "")) === 6;
}

/** `10/8` is 10.0.0.0/8, as ss and ip read it. Without a length it may be anything. */
function wholeAddress(address: string, hasLength: boolean): string {
  if (!hasLength || !/^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){0,2}$/.test(address)) return address;
  return address + ".0".repeat(4 - address.split(".").length);
}

/** The length that a mask stands for, `255.255.0.0`; as it was where it is none. */
function bitsOfMask(mask: string): string {
  if (familyOf(mask) !== 4) return mask;
  const bits = mask
    .split(".")
    .map((part) => Number(part).toString(2).padStart(8, "0"))
    .join("");
  return /^1*0*$/.test(bits) ? String(bits.lastIndexOf("1") + 1) : mask;
}

/** A name means its addresses of IPv4, or those of IPv6 where it has no others: as ss looks names up. */
function hostRanges(name: string, family: Host["family"], names: FilterNames): readonly AddressRange[] | Problem {
  if (/^[\d.]*$/.test(name) || !/^[\w.-]+$/.test(name)) return noAddress(name, names);
  const all = (names.addressesOf?.(name) ?? []).filter(
    (address) => family === undefined || familyOf(address) === family,
  );
  const four = all.filter((address) => familyOf(address) === 4);
  const ranges = (four.length > 0 ? four : all).flatMap((address) => parseAddressRange(address) ?? []);
  return ranges.length > 0 ? ranges : noAddress(name, names);
}

function noAddress(text: string, names: FilterNames): Problem {
  const [first] = /^\d+(\.\d+){0,2}$/.exec(text) ?? [];
  const where =
    names.addressesOf === undefined ? "hosts are not known by name here" : "names are looked up in /etc/hosts only";
  const help =
    first === undefined
      ? `write it like 192.0.2.1, 10.0.0.0/8 or [2001:db8::1]:443; ${where}`
      : `write it whole, or as a range: ${first}/${8 * first.split(".").length}`;
  return `"${text}" is no address: ${help}`;
}

/** A number up to 65535, the name of a service, or nothing for any. */
export function portOf(text: string, names: FilterNames): number | undefined | Problem {
  if (text === "*" || text === "") return undefined;
  if (/^\d+$/.test(text)) {
    return Number(text) <= 0xffff ? Number(text) : `a port is 0 to 65535, not ${text}`;
  }
  const port = names.portOfService?.(text);
  if (port !== undefined) return port;
  const where =
    names.portOfService === undefined ? "; services are not known by name here" : ", and no service of /etc/services";
  return `"${text}" is no port${where}`;
}
