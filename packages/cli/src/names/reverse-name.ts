/*
 * The name under which the domain name system keeps the name of an address (RFC 1035 section 3.5, RFC 3596 section 2.5).
 */

/**
 * `1.2.0.192.in-addr.arpa`. For IPv6 addresses that hold one of IPv4 the C library asks for that: mapped ones, and those whose
 * first twelve bytes are zero, but for `::1` (_nss_dns_gethostbyaddr2_r of glibc).
 */
export function reverseName(address: string): string {
  if (!address.includes(":")) return `${address.split(".").reverse().join(".")}.in-addr.arpa`;
  const groups = groupsOf(address);
  const [a, b, c, d, e, f, high, low] = groups as [number, number, number, number, number, number, number, number];
  const start = a | b | c | d | e;
  const isTunnelled = f === 0 && !(high === 0 && low === 1);
  if (start === 0 && (f === 0xffff || isTunnelled)) {
    return `${[low & 255, low >> 8, high & 255, high >> 8].join(".")}.in-addr.arpa`;
  }
  const digits = groups.map((group) => group.toString(16).padStart(4, "0")).join("");
  return `${[...digits].reverse().join(".")}.ip6.arpa`;
}

/** The eight groups of an IPv6 address in any of its spellings. */
function groupsOf(address: string): number[] {
  const [head = "", tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
  const parse = (part: string): number[] =>
    part
      .split(":")
      .filter(Boolean)
      .map((group) => Number.parseInt(group, 16));
  const [first, last] = [parse(head), parse(tail ?? "")];
  return [...first, ...Array<number>(8 - first.length - last.length).fill(0), ...last];
}

/** Whether it can be the name of a host: the C library takes no answer with other characters (res_hnok). */
export function isHostName(name: string): boolean {
  return /^[A-Za-z0-9_.][A-Za-z0-9_.-]*$/.test(name);
}
