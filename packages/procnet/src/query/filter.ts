import type { AddressRange } from "../codes/address-range.ts";
import type { Socket } from "../sockets/types.ts";
import type { KernelNumber } from "../view/kernel-values.ts";
import type { Pattern } from "./pattern.ts";
import type { StateSet } from "./state-set.ts";

/** A filter: conditions joined by and, or, not. */
export type Filter =
  // A list, not pairs: thousands of conditions side by side are no deeper than one.
  | {
      /** Whether all have to pass, or one. */
      readonly kind: "and" | "or";
      /** The filters that are joined. */
      readonly filters: readonly Filter[];
    }
  | {
      readonly kind: "not";
      /** The filter that must not pass. */
      readonly filter: Filter;
    }
  | Condition;

/** How a value is compared: `~` matches a pattern. */
export type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=" | "~";

/** A side of a connection, or whichever. */
export type Side = "local" | "remote" | "either";

/** One test of one socket. */
export type Condition =
  | {
      readonly kind: "state";
      /** States that pass. */
      readonly states: StateSet;
    }
  | {
      readonly kind: "port";
      /** Whose port it is. */
      readonly side: Side;
      /** How the port is compared. */
      readonly comparison: Comparison;
      /** Absent for any port. */
      readonly port: number | undefined;
    }
  | {
      readonly kind: "address";
      /** Whose address it is. */
      readonly side: Side;
      /** Whether all others pass. */
      readonly negated: boolean;
      /** Sockets of one family only: what `inet:` and `inet6:` ask for, and a mapped address, `::ffff:192.0.2.1`. */
      readonly family: 4 | 6 | undefined;
      /** Present where no family was named, and the address says it. */
      readonly isImplied?: true;
      /** Absent for any address. */
      readonly ranges: readonly AddressRange[] | undefined;
      /** Absent for any port. */
      readonly port: number | undefined;
    }
  | {
      readonly kind: "path";
      /** Whether all others pass. */
      readonly negated: boolean;
      /** What the path of a unix socket is compared with. */
      readonly pattern: Pattern;
    }
  | {
      readonly kind: "number";
      /** What is compared. */
      readonly field: NumberField;
      /** How it is compared. */
      readonly comparison: Comparison;
      /** What it is compared with. */
      readonly value: number;
    }
  | {
      readonly kind: "text";
      /** What is compared. */
      readonly field: TextField;
      /** Whether all others pass. */
      readonly negated: boolean;
      /** What it is compared with. */
      readonly pattern: Pattern;
    }
  | {
      readonly kind: "further";
      /** Whether all others pass. */
      readonly negated: boolean;
      /** What is asked of a socket: a word of the caller's. */
      readonly test: FurtherTest;
    };

/** What a word asks that the language does not have: see `words` of {@link FilterReading}. */
export interface FurtherTest {
  /** Whether a socket passes. */
  readonly passes: (socket: Socket) => boolean;
}

/** Words whose values are numbers. */
export type NumberField = "pid" | "uid" | "inode" | "recvq" | "sendq" | "netns" | KernelNumber;
/** Words whose values are texts. */
export type TextField = "process" | "comm" | "container" | "unit" | "proto" | "congestion";
