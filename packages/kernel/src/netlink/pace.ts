/** A datagram that took longer may be followed by others like it, milliseconds: tables are hashed, so that each takes about the same. */
const LONG = 1;

/** Which calls are made here, and which on another thread, which takes some tens of microseconds each. */
export class Pace {
  /** Whether the next one is for another thread. */
  isApart: boolean;
  private readonly walk: "short" | "sparse" | undefined;

  constructor(walk: "short" | "sparse" | undefined) {
    this.walk = walk;
    this.isApart = walk !== "short";
  }

  /** How long the last one took, wherever it was made. */
  took(milliseconds: number): void {
    if (this.walk !== "sparse") this.isApart = milliseconds > LONG;
  }
}
