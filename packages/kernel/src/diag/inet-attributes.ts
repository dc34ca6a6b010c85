import type { KernelBytes } from "../netlink/bytes.ts";
import { hex } from "../netlink/bytes.ts";

/** Flags of a type: that attributes are in it, that its number is in the order of the network. */
const TYPE = 0x3fff;

/** What is known here up to this number, of enum INET_DIAG_*; what follows is kept as it came. */
const KNOWN = 22;

/**
 * Where the attributes of a socket lie; 0 for those that it has not. One such thing serves all rows of a dump: to make one for each, or to
 * hand each attribute to a function, takes as long as to read them. Keys of TCP-MD5 (18), which the kernel tells with the rest, are
 * looked at by nobody.
 */
export class InetAttributes {
  info = 0;
  infoEnd = 0;
  vegas = 0;
  congestion = 0;
  congestionEnd = 0;
  tos = 0;
  tclass = 0;
  memory = 0;
  memoryEnd = 0;
  shutdown = 0;
  dctcp = 0;
  v6only = 0;
  mark = 0;
  bbr = 0;
  classId = 0;
  ulp = 0;
  ulpEnd = 0;
  cgroup = 0;
  options = 0;
  unknown: Record<number, string> | undefined;
  /** Whether there is more than what each socket has: figures, shutdown, mark, control group, options. */
  isMore = false;

  /** One that ends too early, or too late, ends them all. One that is shorter than what it should hold is none. */
  read(of: KernelBytes, from: number, to: number): void {
    this.forget();
    const { view, littleEndian } = of;
    let at = from;
    while (at + 4 <= to) {
      const length = view.getUint16(at, littleEndian);
      if (length < 4 || at + length > to) return;
      this.one(of, view.getUint16(at + 2, littleEndian) & TYPE, at + 4, at + length);
      at += (length + 3) & ~3;
    }
  }

  private one(of: KernelBytes, type: number, from: number, to: number): void {
    const length = to - from;
    switch (type) {
      case 2:
        this.info = from;
        this.infoEnd = to;
        return;
      case 3:
        this.isMore = true;
        if (length >= 16) this.vegas = from;
        return;
      case 4:
        this.isMore = true;
        this.congestion = from;
        this.congestionEnd = to;
        return;
      case 5:
        this.isMore = true;
        if (length >= 1) this.tos = from;
        return;
      case 6:
        this.isMore = true;
        if (length >= 1) this.tclass = from;
        return;
      case 7:
        this.isMore = true;
        if (length >= 32) this.memory = from;
        this.memoryEnd = to;
        return;
      case 8:
        if (length >= 1) this.shutdown = from;
        return;
      case 9:
        this.isMore = true;
        if (length >= 16) this.dctcp = from;
        return;
      case 11:
        this.isMore = true;
        if (length >= 1) this.v6only = from;
        return;
      default:
        this.later(of, type, from, to);
    }
  }

  private later(of: KernelBytes, type: number, from: number, to: number): void {
    const length = to - from;
    switch (type) {
      case 15:
        if (length >= 4) this.mark = from;
        return;
      case 16:
        this.isMore = true;
        if (length >= 20) this.bbr = from;
        return;
      case 17:
        this.isMore = true;
        if (length >= 4) this.classId = from;
        return;
      case 19:
        this.isMore = true;
        this.ulp = from;
        this.ulpEnd = to;
        return;
      case 21:
        if (length >= 8) this.cgroup = from;
        return;
      case 22:
        if (length >= 2) this.options = from;
        return;
      default:
        if (type <= KNOWN) return;
        this.isMore = true;
        this.unknown ??= {};
        this.unknown[type] = hex(of, from, to);
    }
  }

  private forget(): void {
    this.info = 0;
    this.vegas = 0;
    this.congestion = 0;
    this.tos = 0;
    this.tclass = 0;
    this.memory = 0;
    this.shutdown = 0;
    this.dctcp = 0;
    this.v6only = 0;
    this.mark = 0;
    this.bbr = 0;
    this.classId = 0;
    this.ulp = 0;
    this.cgroup = 0;
    this.options = 0;
    this.unknown = undefined;
    this.isMore = false;
  }
}
