/** How many a second are answered as usual. */
const ALLOWED = 10;
const WINDOW = 1000;
/** Addresses that are remembered at most. */
const MOST = 1024;

/** Who failed how often in the last second, by address. */
export class Failures {
  private readonly now: () => number;
  private readonly counts = new Map<string, { since: number; count: number }>();

  constructor(now: () => number = () => performance.now()) {
    this.now = now;
  }

  /** Counts one; false when it is one too many. */
  add(address: string): boolean {
    const key = networkOf(address);
    const now = this.now();
    const known = this.counts.get(key);
    if (known !== undefined && now - known.since < WINDOW) {
      known.count++;
      return known.count <= ALLOWED;
    }
    // The one that began longest ago stands first.
    this.counts.delete(key);
    this.counts.set(key, { since: now, count: 1 });
    if (this.counts.size > MOST) {
      const [oldest] = this.counts.keys();
      if (oldest !== undefined) this.counts.delete(oldest);
    }
    return true;
  }

  /** How many addresses are remembered. */
  get size(): number {
    return this.counts.size;
  }
}

/** Of IPv6 the first 64 bits: a host can take any address of its network. */
function networkOf(address: string): string {
  if (!address.includes(":") || address.startsWith("::ffff:")) return address;
  const [head = "", tail] = address.replace(/%.*$/, "").split("::");
  const groups = head === "" ? [] : head.split(":");
  if (tail !== undefined) {
    const after = tail === "" ? [] : tail.split(":");
    while (groups.length + after.length < 8) groups.push("0");
    groups.push(...after);
  }
  return groups.slice(0, 4).join(":");
}
