import type { DeviceStatus } from "procnet/parse";
import type { Link } from "./interface-links.ts";

/** An interface, or another name that an address gave to it: `eth0:1`, which has no counters. */
export interface Interface {
  readonly name: string;
  readonly status: DeviceStatus<bigint> | undefined;
  /** `undefined` when no sysfs shows this namespace. */
  readonly link: Link | undefined;
}
