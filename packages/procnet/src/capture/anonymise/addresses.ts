/*
 * Addresses that stand for others, the same for the same, so that a capture can be shown to strangers.
 *
 * IPv4: 192.0.2.0/24, 198.51.100.0/24 and 203.0.113.0/24 (RFC 5737) for the first three networks of the machine, 198.18.0.0/16
 * (RFC 2544) for 256 more, 198.19.0.0/16 for single addresses, and 240.0.0.0/4 (reserved) for what does not fit there.
 * IPv6: 2001:db8::/32 (RFC 3849), 3fff::/20 (RFC 9637) beyond 65,536 sites. Groups: 233.252.0.0/14 and ff00::db8:0:0/96
 * (RFC 6676). Hardware: 02:00:00:00:00:00 and up.
 */

/** Eight groups of sixteen bits. */
export type Groups = readonly number[];

/** The upper 24 bits of the networks for documentation. */
const TEST_NETS = [0xc00002, 0xc63364, 0xcb0071] as const;
const BENCHMARK_NETS = 0xc61200;
const BENCHMARK_HOSTS = 0xc6130000;
const RESERVED = 0xf0000000;

/** Numbers by hand, such as ::1 and ::ff, say nothing. */
const BY_HAND = 0xff;

/** Gives out numbers from `first` on, the same for the same key. */
export class Numbers<Key> {
  private readonly given = new Map<Key, number>();
  private readonly first: number;

  constructor(first = 0) {
    this.first = first;
  }

  has(key: Key): boolean {
    return this.given.has(key);
  }

  of(key: Key): number {
    let number = this.given.get(key);
    if (number === undefined) {
      number = this.first + this.given.size;
      this.given.set(key, number);
    }
    return number;
  }
}

/** Maps addresses to others of their kind: unspecified, loopback and broadcast stay, groups and link-local remain such. */
export class AddressMap {
  private readonly networks = new Numbers<number>();
  private readonly hosts = new Numbers<number>(1);
  private readonly linkLocals = new Numbers<number>(0x101);
  private readonly groups4 = new Numbers<number>(1);
  private readonly groups6 = new Numbers<string>(1);
  private readonly sites = new Numbers<string>();
  private readonly low = new Numbers<number>(BY_HAND + 1);
  private readonly high = new Numbers<string>(1);
  private readonly macs = new Numbers<string>(1);

  /** IPv4 as a number, most significant byte first. */
  ipv4(word: number): number {
    const special = this.special4(word);
    if (special !== undefined) return special;
    if (this.networks.has(word >>> 8)) return this.inNetwork(word);
    return hostAddress(this.hosts.of(word));
  }

  /** An address of a network nearby: the whole /24 moves together, so that routes still hold their neighbours. */
  nearby4(word: number): number {
    const special = this.special4(word);
    if (special !== undefined) return special;
    if (this.hosts.has(word)) return hostAddress(this.hosts.of(word));
    return this.inNetwork(word);
  }

  private special4(word: number): number | undefined {
    const top = word >>> 24;
    if (word === 0 || word === 0xffffffff || top === 127) return word;
    if (word >>> 16 === 0xa9fe) return this.linkLocal4(word);
    if (top < 224 || top > 239) return undefined;
    return word >>> 8 === 0xe00000 ? word : 0xe9fc0000 + (this.groups4.of(word) & 0x3ffff);
  }

  private linkLocal4(word: number): number {
    const host = word & 0xffff;
    return host === 0 || host === 0xffff ? word : 0xa9fe0000 + (this.linkLocals.of(host) & 0xffff);
  }

  private inNetwork(word: number): number {
    const number = this.networks.of(word >>> 8);
    const net = TEST_NETS[number] ?? BENCHMARK_NETS + number - TEST_NETS.length;
    if (net > BENCHMARK_NETS + 0xff && number >= TEST_NETS.length) return hostAddress(this.hosts.of(word));
    return ((net << 8) | (word & 0xff)) >>> 0;
  }

  /** IPv6; mapped addresses of IPv4 stay such. */
  ipv6(groups: Groups): Groups {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = groups;
    if (groups.slice(0, 7).every((group) => group === 0) && h <= 1) return groups;
    if (a === 0 && b === 0 && c === 0 && d === 0 && e === 0 && f === 0xffff) {
      const word = this.ipv4(((g << 16) | h) >>> 0);
      return [0, 0, 0, 0, 0, 0xffff, word >>> 16, word & 0xffff];
    }
    if (a >>> 8 === 0xff) return this.group6(groups);
    const end = this.interfaceId([e, f, g, h]);
    if ((a & 0xffc0) === 0xfe80) return [a, 0, 0, 0, ...end];
    const site = this.sites.of(`${a}:${b}:${c}`);
    // The number of the network within its site stays: routes of 48 to 64 bits still hold their addresses.
    return site <= 0xffff
      ? [0x2001, 0xdb8, site, d, ...end]
      : [0x3fff, (site >>> 16) & 0xfff, site & 0xffff, d, ...end];
  }

  private group6(groups: Groups): Groups {
    const [a = 0, ...rest] = groups;
    const [b, c, d, e, f = 0, g = 0, h = 0] = rest;
    const isShort = b === 0 && c === 0 && d === 0 && e === 0;
    if (isShort && (f === 0 || (f === 1 && g === 0)) && g <= 1) return groups; // ff02::1, ff02::fb, ff02::1:2
    const isSolicited = isShort && (f === 1 || f === 2) && g >>> 8 === 0xff;
    if (isSolicited) {
      // The last 24 bits of the address that is asked for: RFC 4291 section 2.7.1.
      const low = this.low24(((g & 0xff) << 16) | h);
      return [a, 0, 0, 0, 0, f, 0xff00 | (low >>> 16), low & 0xffff];
    }
    const number = this.groups6.of(groups.join());
    return [a, 0, 0, 0, 0, 0xdb8, number >>> 16, number & 0xffff];
  }

  private interfaceId([e = 0, f = 0, g = 0, h = 0]: Groups): Groups {
    const low = this.low24(((g & 0xff) << 16) | h);
    const isPlain = e === 0 && f === 0 && g >>> 8 === 0;
    const high = isPlain ? 0 : this.high.of(`${e}:${f}:${g >>> 8}`);
    return [0, high >>> 8, ((high & 0xff) << 8) | (low >>> 16), low & 0xffff];
  }

  private low24(bits: number): number {
    return bits <= BY_HAND ? bits : this.low.of(bits) & 0xffffff;
  }

  /** A hardware address of any length. Zero and broadcast stay. */
  mac(bytes: readonly number[]): readonly number[] {
    if (bytes.every((byte) => byte === 0) || bytes.every((byte) => byte === 0xff)) return bytes;
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = bytes;
    const isGroup = bytes.length === 6 && (a & 1) === 1;
    if (isGroup && a === 0x33 && b === 0x33) return this.mac6(bytes);
    if (isGroup && a === 1 && ((b === 0 && c === 0x5e && d === 0) || (b === 0x80 && c === 0xc2))) {
      if ((d === 0 && e === 0) || (b === 0x80 && f <= 0x2f)) return bytes; // 224.0.0.0/24 and bridges: the same everywhere
    }
    const number = this.macs.of(bytes.join());
    const tail = [number >>> 16, number >>> 8, number].map((byte) => byte & 0xff);
    return [isGroup ? 3 : 2, ...new Array(Math.max(bytes.length - 4, 0)).fill(0), ...tail].slice(-bytes.length);
  }

  /** A group of IPv6: its last 32 bits (RFC 2464 section 7). */
  private mac6([, , c = 0, d = 0, e = 0, f = 0]: readonly number[]): readonly number[] {
    if (c === 0xff) {
      const low = this.low24((d << 16) | (e << 8) | f);
      return [0x33, 0x33, 0xff, low >>> 16, (low >>> 8) & 0xff, low & 0xff];
    }
    if (c === 0 && d <= 1 && e <= 1) return [0x33, 0x33, c, d, e, f];
    const number = this.macs.of(`${c},${d},${e},${f}`);
    return [0x33, 0x33, 0x0d, (number >>> 16) & 0xff, (number >>> 8) & 0xff, number & 0xff];
  }
}

function hostAddress(number: number): number {
  return number <= 0xffff ? BENCHMARK_HOSTS + number : RESERVED + ((number - 0x10000) & 0xfffffff);
}
