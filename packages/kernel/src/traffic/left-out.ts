import { type KernelBytes, u64 } from "../netlink/bytes.ts";

/** Where a message of sock_diag has the cookie. */
const COOKIE = 44;

/**
 * Connections that answers with figures leave out. They are asked for without figures before: what was there then may have closed since, but
 * what is missing in two looks is there.
 */
export class LeftOut {
  private there = new Set<number>();
  private missing: ReadonlySet<number> = new Set();

  /** A look begins. */
  begin(): void {
    this.there = new Set();
  }

  /** A connection is there. */
  add(of: KernelBytes, from: number): void {
    this.there.add(u64(of, from + COOKIE));
  }

  /** Its figures were told. */
  told(of: KernelBytes, from: number): void {
    this.there.delete(u64(of, from + COOKIE));
  }

  /** A look is over; of how many connections the figures were not told, nor by the look before. */
  end(): number {
    const before = this.missing;
    this.missing = this.there;
    let count = 0;
    for (const cookie of this.missing) if (before.has(cookie)) count++;
    return count;
  }
}
