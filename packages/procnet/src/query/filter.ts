import type { AddressRange } from "../codes/address-range.ts";
import type { Pattern } from "./pattern.ts";
import type { StateSet } from "./state-set.ts";

/** A filter: conditions joined by and, or, not. */
export type Filter =
  // A list, not pairs: thousands of conditions side by side are no deeper than one.
  | { readonly kind: "and" | "or"; readonly filters: readonly Filter[] }
  | { readonly kind: "not"; readonly filter: Filter }
  | Condition;

/** How a value is compared: `~` matches a pattern. */
export type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=" | "~";

/** A side of a connection, or whichever. */
export type Side = "local" | "remote" | "either";

/** One test of one socket. */
export type Condition =
  | { readonly kind: "state"; readonly states: StateSet }
  | {
      readonly kind: "port";
      readonly side: Side;
      readonly comparison: Comparison;
      /** Absent for any port. */
      readonly port: number | undefined;
    }
  | {
      readonly kind: "address";
      readonly side: Side;
      readonly negated: boolean;
      /** Sockets of one family only: what `inet:` and `inet6:` ask for. */
      readonly family: 4 | 6 | undefined;
      /** Absent for any address. */
      readonly ranges: readonly AddressRange[] | undefined;
      readonly port: number | undefined;
    }
  | { readonly kind: "path"; readonly negated: boolean; readonly pattern: Pattern }
  | { readonly kind: "number"; readonly field: NumberField; readonly comparison: Comparison; readonly value: number }
  | { readonly kind: "text"; readonly field: TextField; readonly negated: boolean; readonly pattern: Pattern };

/** Words whose values are numbers. */
export type NumberField = "pid" | "uid" | "inode" | "recvq" | "sendq" | "netns";
/** Words whose values are texts. */
export type TextField = "process" | "comm" | "container" | "unit" | "proto";
